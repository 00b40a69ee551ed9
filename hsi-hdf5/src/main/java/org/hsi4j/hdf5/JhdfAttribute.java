package org.hsi4j.hdf5;

import io.jhdf.api.Attribute;
import org.hsi4j.io.hdf.HdfAttribute;

record JhdfAttribute(Attribute attribute) implements HdfAttribute {

    @Override
    public String name() {
        return attribute.getName();
    }

    @Override
    public boolean isEmpty() {
        return attribute.isEmpty();
    }

    @Override
    public long bytes() {
        long bytes = attribute.getDataType().getSize();
        for (int length : attribute.getDimensions()) {
            bytes = Math.multiplyExact(bytes, (long) length);
        }
        return bytes;
    }

    @Override
    public Object value() {
        return attribute.getData();
    }
}
