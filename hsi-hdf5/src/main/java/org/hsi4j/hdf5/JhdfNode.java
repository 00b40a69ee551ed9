package org.hsi4j.hdf5;

import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.util.Optional;
import org.hsi4j.io.hdf.HdfAttribute;
import org.hsi4j.io.hdf.HdfNode;

/** What any node has. Everything is asked of jHDF when it is wanted, because a damaged file throws then. */
class JhdfNode implements HdfNode {
    private final Node node;

    JhdfNode(Node node) {
        this.node = node;
    }

    static HdfNode of(Node node) {
        if (node.isLink()) {
            return new JhdfNode(node); // which one it leads to is looked up no earlier than it is asked for
        }
        return node instanceof Group group
                ? new JhdfGroup(group)
                : node instanceof Dataset dataset ? new JhdfDataset(dataset) : new JhdfNode(node);
    }

    @Override
    public final String name() {
        return node.getName();
    }

    @Override
    public final boolean isLink() {
        return node.isLink();
    }

    @Override
    public final long address() {
        return node.getAddress();
    }

    @Override
    public final Optional<HdfAttribute> attribute(String name) {
        return Optional.ofNullable(node.getAttribute(name)).map(JhdfAttribute::new);
    }
}
