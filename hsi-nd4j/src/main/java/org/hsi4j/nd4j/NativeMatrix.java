package org.hsi4j.nd4j;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.hsi4j.Precision;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A matrix in native memory, column after column ("f-order"): a plane of a tile or a map of a result is one column,
 * copied as it is, and a product writes its result where it belongs; into the c-order that ND4J prefers it would
 * transpose it first.
 */
final class NativeMatrix implements AutoCloseable {
    private final int rows;
    private final int columns;
    private final Precision precision;
    private final INDArray array;
    private final float[] narrow;

    NativeMatrix(int rows, int columns, Precision precision) {
        boolean isFloat = precision == Precision.FLOAT;
        this.rows = rows;
        this.columns = columns;
        this.precision = precision;
        this.array = Nd4j.create(isFloat ? DataType.FLOAT : DataType.DOUBLE, new long[] {rows, columns}, 'f');
        this.narrow = new float[isFloat ? rows : 0];
    }

    /** Fills each column from an array, and with zeros after its first {@code count} values. */
    void set(double[][] from, int count) {
        if (precision == Precision.FLOAT) {
            FloatBuffer buffer = array.data().asNioFloat();
            for (int c = 0; c < columns; c++) {
                for (int r = 0; r < rows; r++) {
                    narrow[r] = r < count ? (float) from[c][r] : 0f;
                }
                buffer.put(c * rows, narrow);
            }
        } else {
            DoubleBuffer buffer = array.data().asNioDouble();
            for (int c = 0; c < columns; c++) {
                buffer.put(c * rows, from[c], 0, count);
                for (int r = count; r < rows; r++) {
                    buffer.put(c * rows + r, 0.0);
                }
            }
        }
    }

    /** Copies the first {@code count} values of each column into an array. */
    void get(double[][] to, int count) {
        if (precision == Precision.FLOAT) {
            FloatBuffer buffer = array.data().asNioFloat();
            for (int c = 0; c < columns; c++) {
                buffer.get(c * rows, narrow, 0, count);
                for (int r = 0; r < count; r++) {
                    to[c][r] = narrow[r];
                }
            }
        } else {
            DoubleBuffer buffer = array.data().asNioDouble();
            for (int c = 0; c < columns; c++) {
                buffer.get(c * rows, to[c], 0, count);
            }
        }
    }

    /** Makes this the product of two others, the first of them transposed or not. */
    void product(NativeMatrix first, boolean transposed, NativeMatrix second) {
        Nd4j.gemm(first.array, second.array, array, transposed, false, 1.0, 0.0);
    }

    @Override
    public void close() {
        array.close();
    }
}
