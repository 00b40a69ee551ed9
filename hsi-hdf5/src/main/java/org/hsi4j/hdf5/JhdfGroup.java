package org.hsi4j.hdf5;

import io.jhdf.api.Group;
import java.util.List;
import java.util.Optional;
import org.hsi4j.io.hdf.HdfGroup;
import org.hsi4j.io.hdf.HdfNode;

final class JhdfGroup extends JhdfNode implements HdfGroup {
    private final Group group;

    JhdfGroup(Group group) {
        super(group);
        this.group = group;
    }

    @Override
    public List<HdfNode> children() {
        return group.getChildren().values().stream().map(JhdfNode::of).toList();
    }

    @Override
    public Optional<HdfNode> child(String name) {
        return Optional.ofNullable(group.getChild(name)).map(JhdfNode::of);
    }
}
