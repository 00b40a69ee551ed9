package org.hsi4j.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** An ENVI image made by the definition of the format, sample by sample, to test readers and writers against. */
final class EnviFixture {
    final Map<String, String> fields = new LinkedHashMap<>();
    private final SampleType type;
    private final ByteOrder order;
    byte[] binary;

    private EnviFixture(SampleType type, ByteOrder order) {
        this.type = type;
        this.order = order;
    }

    /** Planes are {@code [band][row * columns + column]}. */
    static EnviFixture of(
            int rows,
            int columns,
            double[][] planes,
            SampleType type,
            Interleave interleave,
            ByteOrder order,
            int offset) {
        EnviFixture f = new EnviFixture(type, order);
        f.fields.put("samples", "" + columns);
        f.fields.put("lines", "" + rows);
        f.fields.put("bands", "" + planes.length);
        f.fields.put("header offset", "" + offset);
        f.fields.put("file type", "ENVI Standard");
        f.fields.put("data type", "" + type.enviCode());
        f.fields.put("interleave", interleave.name().toLowerCase(java.util.Locale.ROOT));
        f.fields.put("byte order", order == ByteOrder.LITTLE_ENDIAN ? "0" : "1");
        f.binary = new byte[offset + rows * columns * planes.length * type.bytes()];
        for (int b = 0; b < planes.length; b++) {
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    int at = offset + type.bytes() * position(interleave, r, c, b, rows, columns, planes.length);
                    f.put(at, planes[b][r * columns + c]);
                }
            }
        }
        return f;
    }

    /** A plain image: 2 rows, 3 columns, 4 bands of int16. */
    static EnviFixture small() {
        double[][] planes = new double[4][6];
        for (int b = 0; b < 4; b++) {
            for (int i = 0; i < 6; i++) {
                planes[b][i] = 100 * b + i;
            }
        }
        return of(2, 3, planes, SampleType.INT16, Interleave.BSQ, ByteOrder.LITTLE_ENDIAN, 0);
    }

    static int position(Interleave interleave, int r, int c, int b, int rows, int columns, int bands) {
        return switch (interleave) {
            case BSQ -> (b * rows + r) * columns + c;
            case BIL -> (r * bands + b) * columns + c;
            case BIP -> (r * columns + c) * bands + b;
        };
    }

    private void put(int at, double value) {
        ByteBuffer bytes = ByteBuffer.wrap(binary).order(order);
        switch (type) {
            case UINT8 -> bytes.put(at, (byte) (int) value);
            case INT16, UINT16 -> bytes.putShort(at, (short) (int) value);
            case INT32 -> bytes.putInt(at, (int) value);
            case UINT32 -> bytes.putInt(at, (int) (long) value);
            case INT64 -> bytes.putLong(at, (long) value);
            case UINT64 ->
                bytes.putLong(at, new java.math.BigDecimal(value).toBigInteger().longValue());
            case FLOAT32 -> bytes.putFloat(at, (float) value);
            case FLOAT64 -> bytes.putDouble(at, value);
        }
    }

    EnviFixture with(String key, String value) {
        fields.put(key, value);
        return this;
    }

    EnviFixture without(String key) {
        fields.remove(key);
        return this;
    }

    String header() {
        StringBuilder text = new StringBuilder("ENVI\n");
        fields.forEach(
                (key, value) -> text.append(key).append(" = ").append(value).append('\n'));
        return text.toString();
    }

    /** Writes scene.hdr and scene.img, and returns the header. */
    Path write(Path folder) throws IOException {
        Files.write(folder.resolve("scene.img"), binary);
        return Files.write(folder.resolve("scene.hdr"), header().getBytes(StandardCharsets.UTF_8));
    }
}
