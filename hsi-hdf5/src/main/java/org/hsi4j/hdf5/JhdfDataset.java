package org.hsi4j.hdf5;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.OrderedDataType;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.hsi4j.io.hdf.HdfDataset;
import org.hsi4j.io.hdf.HdfType;
import org.hsi4j.io.hdf.HdfType.Kind;

final class JhdfDataset extends JhdfNode implements HdfDataset {
    private final Dataset dataset;

    JhdfDataset(Dataset dataset) {
        super(dataset);
        this.dataset = dataset;
    }

    @Override
    public String path() {
        return dataset.getPath();
    }

    @Override
    public int[] dimensions() {
        return dataset.isScalar() ? new int[0] : dataset.getDimensions();
    }

    @Override
    public HdfType type() {
        DataType type = dataset.getDataType();
        return new HdfType(kind(type), type.getSize());
    }

    private Kind kind(DataType type) {
        if (type instanceof FixedPoint whole) {
            boolean padded = whole.getBitPrecision() != 8 * whole.getSize() || whole.getBitOffset() != 0;
            return padded ? Kind.OTHER : whole.isSigned() ? Kind.SIGNED : Kind.UNSIGNED;
        }
        if (type instanceof FloatingPoint) {
            return Kind.FLOATING;
        }
        return dataset.isCompound() ? Kind.COMPOUND : Kind.OTHER;
    }

    @Override
    public Optional<int[]> chunk() {
        return dataset instanceof ChunkedDataset chunked ? Optional.of(chunked.getChunkDimensions()) : Optional.empty();
    }

    @Override
    public ByteBuffer all() {
        return inFileOrder(((DatasetBase) dataset).getDataBuffer());
    }

    @Override
    public ByteBuffer box(long[] from, int[] shape) {
        return inFileOrder(((DatasetBase) dataset).getSliceDataBuffer(from, shape));
    }

    private ByteBuffer inFileOrder(ByteBuffer buffer) {
        return dataset.getDataType() instanceof OrderedDataType ordered ? buffer.order(ordered.getByteOrder()) : buffer;
    }
}
