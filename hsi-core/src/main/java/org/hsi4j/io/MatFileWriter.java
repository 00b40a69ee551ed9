package org.hsi4j.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.hsi4j.Wavelengths;
import org.hsi4j.internal.Replacement;
import org.hsi4j.run.RunContext;

/**
 * Writes results into a MAT-file of version 5 (without compression), which MATLAB, Octave, SciPy and {@link MatFile} read.
 *
 * <p>Arrays are as MATLAB has them: column by column, images as rows x columns (x bands), spectra as the columns of a matrix.
 * Names of bands and endmembers, and where an image lies on the map, are not kept. Not thread-safe.
 *
 * <pre>{@code
 * new MatFileWriter()
 *         .cube("cube", scene)
 *         .endmembers("E", result.endmembers())
 *         .abundances("A", result.abundances())
 *         .write(Path.of("result.mat"), RunContext.defaults());
 * }</pre>
 */
public final class MatFileWriter {
    /** MATLAB's own limit of a variable in this version. */
    private static final long LARGEST = Integer.MAX_VALUE;

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,62}");
    private static final int LOGICAL = 0x0200;

    private final Map<String, Variable> variables = new LinkedHashMap<>();

    /**
     * One variable.
     *
     * @param dimensions its dimensions
     * @param type how a number is stored
     * @param flags flags of its class
     * @param noData what NaN becomes, or NaN
     * @param page the numbers of one rows x columns page, column by column
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and seen by nobody else
    private record Variable(int[] dimensions, SampleType type, int flags, double noData, IntFunction<double[]> page) {

        int pages() {
            return dimensions.length < 3 ? 1 : dimensions[2];
        }

        long bytes() {
            long count = 1;
            for (int d : dimensions) {
                count *= d;
            }
            return count * type.bytes(); // within 2 GiB, which add() has tested
        }
    }

    /** A file without variables. */
    public MatFileWriter() {}

    /**
     * A scene of rows x columns x bands, as single or double after its precision.
     *
     * @param name name of the variable
     * @param cube the scene, read when the file is written
     * @return this
     * @throws IllegalArgumentException if the name is none that MATLAB allows, is there already, or the variable would take
     *     more than 2 GiB
     */
    public MatFileWriter cube(String name, Cube cube) {
        return cube(name, cube, WriteOptions.defaults());
    }

    /**
     * A scene of rows x columns x bands.
     *
     * @param name name of the variable
     * @param cube the scene, read when the file is written
     * @param options the sample type and the no-data value; floating point keeps NaN without one
     * @return this
     * @throws IllegalArgumentException if the name is none that MATLAB allows, is there already, the variable would take more
     *     than 2 GiB, or the type cannot hold the no-data value
     */
    public MatFileWriter cube(String name, Cube cube, WriteOptions options) {
        SampleType type = EnviWriter.sampleType(cube, options);
        double noData = options.noDataValue()
                .orElse(type.isInteger() ? cube.noDataValue().orElse(Double.NaN) : Double.NaN);
        int[] dimensions = {cube.rows(), cube.columns(), cube.bands()};
        return add(
                name,
                new Variable(
                        dimensions,
                        type,
                        0,
                        noData,
                        band -> columnMajor(cube.plane(band), cube.rows(), cube.columns())));
    }

    /**
     * Abundances as rows x columns x endmembers, double.
     *
     * @param name name of the variable
     * @param maps the abundances; NaN where there are none
     * @return this
     * @throws IllegalArgumentException as for a cube
     */
    public MatFileWriter abundances(String name, AbundanceMaps maps) {
        int[] dimensions = {maps.rows(), maps.columns(), maps.count()};
        return add(
                name,
                new Variable(
                        dimensions,
                        SampleType.FLOAT64,
                        0,
                        Double.NaN,
                        k -> columnMajor(maps.map(k).toArray(), maps.rows(), maps.columns())));
    }

    /**
     * Endmembers as bands x count, double.
     *
     * @param name name of the variable
     * @param endmembers the spectra
     * @return this
     * @throws IllegalArgumentException as for a cube
     */
    public MatFileWriter endmembers(String name, Endmembers endmembers) {
        int bands = endmembers.bands();
        double[] values = new double[bands * endmembers.count()];
        Arrays.setAll(values, i -> endmembers.value(i % bands, i / bands));
        int[] dimensions = {bands, endmembers.count()};
        return add(name, new Variable(dimensions, SampleType.FLOAT64, 0, Double.NaN, page -> values));
    }

    /**
     * A map as rows x columns, double.
     *
     * @param name name of the variable
     * @param map the map; NaN where there is no value
     * @return this
     * @throws IllegalArgumentException as for a cube
     */
    public MatFileWriter map(String name, ScoreMap map) {
        int[] dimensions = {map.rows(), map.columns()};
        return add(
                name,
                new Variable(
                        dimensions,
                        SampleType.FLOAT64,
                        0,
                        Double.NaN,
                        page -> columnMajor(map.toArray(), map.rows(), map.columns())));
    }

    /**
     * A mask as rows x columns, logical.
     *
     * @param name name of the variable
     * @param mask the pixels
     * @return this
     * @throws IllegalArgumentException as for a cube
     */
    public MatFileWriter mask(String name, Mask mask) {
        int[] dimensions = {mask.rows(), mask.columns()};
        return add(name, new Variable(dimensions, SampleType.UINT8, LOGICAL, Double.NaN, page -> {
            double[] values = new double[mask.rows() * mask.columns()];
            Arrays.setAll(values, i -> mask.get(i % mask.rows(), i / mask.rows()) ? 1 : 0);
            return values;
        }));
    }

    /**
     * Wavelengths in nanometres as bands x 1, double; {@link MatFile#cube} finds them under the name {@code wavelengths}.
     *
     * @param name name of the variable
     * @param wavelengths the wavelengths
     * @return this
     * @throws IllegalArgumentException as for a cube
     */
    public MatFileWriter wavelengths(String name, Wavelengths wavelengths) {
        int[] dimensions = {wavelengths.size(), 1};
        double[] values = wavelengths.toArray();
        return add(name, new Variable(dimensions, SampleType.FLOAT64, 0, Double.NaN, page -> values));
    }

    /**
     * Writes the file beside its target, and moves it into place when it is complete.
     *
     * @param path the file, replaced if it exists
     * @param context progress and cancellation
     * @throws IllegalArgumentException if a sample cannot be kept in the type of its variable
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     * @throws IOException if the file cannot be written
     */
    public void write(Path path, RunContext context) throws IOException {
        context.checkCancelled();
        Replacement.write(path, out -> {
            out.write(header());
            for (Map.Entry<String, Variable> entry : variables.entrySet()) {
                write(entry.getKey(), entry.getValue(), out, context);
            }
        });
    }

    private MatFileWriter add(String name, Variable variable) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "MATLAB allows letters, digits and underscores in a name, after a letter and" + " up to 63, not '"
                            + name + "'");
        }
        if (variables.containsKey(name)) {
            throw new IllegalArgumentException("there is a variable '" + name + "' already");
        }
        double bytes = variable.type().bytes();
        for (int d : variable.dimensions()) {
            bytes *= d;
        }
        if (bytes > LARGEST - 1024) {
            throw new IllegalArgumentException("variable '" + name + "' takes " + (long) bytes
                    + " bytes; MAT-files of version 5 hold up to 2 GiB");
        }
        variables.put(name, variable);
        return this;
    }

    private static byte[] header() {
        ByteBuffer header = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.fill(header.array(), 0, 116, (byte) ' ');
        header.put("MATLAB 5.0 MAT-file, written by hsi4j".getBytes(StandardCharsets.US_ASCII));
        return header.putShort(124, (short) 0x0100)
                .putShort(126, (short) 0x4d49)
                .array();
    }

    private static void write(String name, Variable v, OutputStream out, RunContext context) throws IOException {
        byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
        int dimensions = v.dimensions().length;
        int start = 16 + 8 + padded(4 * dimensions) + 8 + padded(ascii.length) + 8;
        long bytes = v.bytes();
        ByteBuffer head = ByteBuffer.allocate(8 + start).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(14).putInt((int) (start + (bytes + 7) / 8 * 8));
        head.putInt(6).putInt(8).putInt(v.flags() | classOf(v.type())).putInt(0);
        head.putInt(5).putInt(4 * dimensions);
        for (int d : v.dimensions()) {
            head.putInt(d);
        }
        head.position(8 + 16 + 8 + padded(4 * dimensions));
        head.putInt(1).putInt(ascii.length).put(ascii);
        head.position(8 + start - 8);
        head.putInt(storageOf(v.type())).putInt((int) bytes);
        out.write(head.array());
        SampleEncoder encoder = new SampleEncoder(v.type(), v.noData());
        ByteBuffer block = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int p = 0; p < v.pages(); p++) {
            context.checkCancelled();
            double[] page = v.page().apply(p);
            int perBlock = block.capacity() / v.type().bytes();
            for (int done = 0; done < page.length; done += perBlock) {
                block.clear();
                int bad = encoder.put(page, done, Math.min(perBlock, page.length - done), block);
                if (bad >= 0) {
                    int rows = v.dimensions()[0];
                    throw new IllegalArgumentException("variable '" + name + "': sample at row " + bad % rows
                            + ", column " + bad / rows + ", band " + p + " " + encoder.reason(page[bad]));
                }
                out.write(block.array(), 0, block.position());
            }
            context.progress("write " + name, p + 1L, v.pages());
        }
        out.write(new byte[(int) ((8 - bytes % 8) % 8)]);
    }

    private static int padded(int bytes) {
        return (bytes + 7) / 8 * 8;
    }

    /** MATLAB's number of the class of an array. */
    private static int classOf(SampleType type) {
        return switch (type) {
            case FLOAT64 -> 6;
            case FLOAT32 -> 7;
            case UINT8 -> 9;
            case INT16 -> 10;
            case UINT16 -> 11;
            case INT32 -> 12;
            case UINT32 -> 13;
            case INT64 -> 14;
            case UINT64 -> 15;
        };
    }

    /** MATLAB's number of the type of stored numbers. */
    private static int storageOf(SampleType type) {
        return switch (type) {
            case UINT8 -> 2;
            case INT16 -> 3;
            case UINT16 -> 4;
            case INT32 -> 5;
            case UINT32 -> 6;
            case FLOAT32 -> 7;
            case FLOAT64 -> 9;
            case INT64 -> 12;
            case UINT64 -> 13;
        };
    }

    private static double[] columnMajor(double[] plane, int rows, int columns) {
        double[] turned = new double[plane.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                turned[c * rows + r] = plane[r * columns + c];
            }
        }
        return turned;
    }
}
