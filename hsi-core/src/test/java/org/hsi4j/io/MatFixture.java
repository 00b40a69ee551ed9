package org.hsi4j.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.DeflaterOutputStream;

/** A MAT-file of version 5 made by the definition of the format, to test the reader against; it can also lie. */
final class MatFixture {
    static final int CELL = 1;
    static final int CHAR = 4;
    static final int SPARSE = 5;
    static final int DOUBLE = 6;
    static final int SINGLE = 7;
    static final int UINT8 = 9;
    static final int OPAQUE = 17;
    static final int COMPLEX = 0x08;
    static final int LOGICAL = 0x02;

    private final ByteOrder order;
    private final boolean compressed;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    MatFixture(ByteOrder order, boolean compressed) {
        this.order = order;
        this.compressed = compressed;
        byte[] header = new byte[128];
        byte[] text = "MATLAB 5.0 MAT-file, made by a test".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, header, 0, text.length);
        ByteBuffer buffer = ByteBuffer.wrap(header).order(order);
        buffer.putShort(124, (short) 0x0100);
        buffer.putShort(126, (short) 0x4d49);
        out.writeBytes(header);
    }

    static MatFixture plain() {
        return new MatFixture(ByteOrder.LITTLE_ENDIAN, false);
    }

    static MatFixture compressed() {
        return new MatFixture(ByteOrder.LITTLE_ENDIAN, true);
    }

    /** A double array. */
    MatFixture add(String name, int[] dimensions, double... values) {
        return add(name, DOUBLE, 0, dimensions, MatStorage.DOUBLE, values);
    }

    /** A numeric array. */
    MatFixture add(String name, int classId, int flags, int[] dimensions, MatStorage storage, double... values) {
        return addMatrix(head(name, classId, flags, dimensions), element(id(storage), encode(storage, values)));
    }

    /** An array whose numbers are whatever bytes are given. */
    MatFixture addMatrix(byte[] head, byte[] rest) {
        byte[] content = concat(head, rest);
        return addElement(14, content);
    }

    /** An element of any type at the top level. */
    MatFixture addElement(int type, byte[] content) {
        byte[] element = concat(tag(type, content.length), content);
        if (compressed) {
            byte[] small = deflate(element);
            element = concat(tag(15, small.length), small);
        }
        out.writeBytes(element);
        return this;
    }

    /** Any bytes at all. */
    MatFixture addBytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** Flags, dimensions and name of an array. */
    byte[] head(String name, int classId, int flags, int... dimensions) {
        ByteBuffer f = buffer(8);
        f.putInt(flags << 8 | classId).putInt(0);
        ByteBuffer d = buffer(4 * dimensions.length);
        for (int size : dimensions) {
            d.putInt(size);
        }
        byte[] n = name.getBytes(StandardCharsets.ISO_8859_1);
        byte[] start = concat(element(6, f.array()), classId == OPAQUE ? new byte[0] : element(5, d.array()));
        return concat(start, n.length > 0 && n.length <= 4 ? smallElement(1, n) : element(1, n));
    }

    byte[] tag(int type, int length) {
        return buffer(8).putInt(type).putInt(length).array();
    }

    byte[] element(int type, byte[] content) {
        int padding = (8 - content.length % 8) % 8;
        return concat(concat(tag(type, content.length), content), new byte[padding]);
    }

    private byte[] smallElement(int type, byte[] content) {
        ByteBuffer b = buffer(8).putInt(content.length << 16 | type);
        b.put(content);
        return b.array();
    }

    byte[] encode(MatStorage storage, double... values) {
        ByteBuffer b = buffer(storage.bytes() * values.length);
        for (double v : values) {
            switch (storage) {
                case INT8, UINT8 -> b.put((byte) (int) v);
                case INT16, UINT16 -> b.putShort((short) (int) v);
                case INT32 -> b.putInt((int) v);
                case UINT32 -> b.putInt((int) (long) v);
                case INT64, UINT64 -> b.putLong((long) v);
                case SINGLE -> b.putFloat((float) v);
                case DOUBLE -> b.putDouble(v);
                case NONE -> throw new IllegalArgumentException();
            }
        }
        return b.array();
    }

    static int id(MatStorage storage) {
        for (int id = 1; id < 20; id++) {
            if (MatStorage.of(id) == storage) {
                return id;
            }
        }
        return 0;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    Path write(Path folder) throws IOException {
        return Files.write(folder.resolve("scene.mat"), bytes());
    }

    private ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(order);
    }

    static byte[] concat(byte[] a, byte[] b) {
        byte[] both = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    static byte[] deflate(byte[] bytes) {
        ByteArrayOutputStream small = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(small)) {
            deflater.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return small.toByteArray();
    }
}
