package org.hsi4j.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;

/**
 * HDF5 files of the first version of the format, as MATLAB and PRISMA's processor write them: a superblock of version 0, a
 * group of symbols in a tree and a heap, object headers of version 1. Nothing in them has a checksum, so that any number may be
 * wrong. Datasets of float64, at most eight.
 */
final class OldHdfFixture {
    private static final int USER_BLOCK = 512;
    private static final int DATASPACE = 1;
    private static final int DATATYPE = 3;
    private static final int LAYOUT = 8;
    private static final int FILTERS = 11;
    private static final int ATTRIBUTE = 12;
    private static final int GROUP = 17;
    private static final long NOWHERE = -1;

    private final TreeMap<String, Array> arrays = new TreeMap<>();
    private final ByteBuffer out = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

    /** A dataset; without chunks where their dimensions are none. */
    private record Array(double[] values, int[] dimensions, int[] chunk) {}

    private record Message(int type, byte[] data) {}

    OldHdfFixture add(String name, int[] dimensions, double... values) {
        return addChunk(name, dimensions, new int[0], values);
    }

    /** A dataset with all of its numbers in one deflated chunk; what is said about the size of chunks need not be so. */
    OldHdfFixture addChunk(String name, int[] dimensions, int[] chunk, double... values) {
        arrays.put(name, new Array(values, dimensions, chunk));
        return this;
    }

    Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }

    /** With the 512 bytes that MATLAB puts in front. */
    byte[] matBytes() throws IOException {
        byte[] plain = bytes();
        ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN).putLong(24, USER_BLOCK);
        return HdfFixture.withUserBlock(plain);
    }

    /** The file. */
    byte[] bytes() throws IOException {
        out.clear().position(96);
        List<String> names = List.copyOf(arrays.keySet());
        List<Integer> headers = new ArrayList<>();
        for (Array array : arrays.values()) {
            headers.add(dataset(array));
        }

        int heapData = out.position();
        List<Integer> nameOffsets = new ArrayList<>();
        out.putLong(0);
        for (String name : names) {
            nameOffsets.add(out.position() - heapData);
            out.put(padded(name.getBytes(StandardCharsets.US_ASCII), 1));
        }
        int heapLength = out.position() - heapData;
        int heap = out.position();
        text("HEAP").putInt(0).putLong(heapLength).putLong(1).putLong(heapData);

        int symbols = out.position();
        text("SNOD").put((byte) 1).put((byte) 0).putShort((short) names.size());
        for (int i = 0; i < names.size(); i++) {
            out.putLong(nameOffsets.get(i)).putLong(headers.get(i)).put(new byte[24]);
        }
        out.position(symbols + 8 + 8 * 40);

        int tree = out.position();
        text("TREE")
                .put((byte) 0)
                .put((byte) 0)
                .putShort((short) 1)
                .putLong(NOWHERE)
                .putLong(NOWHERE);
        out.putLong(0).putLong(symbols).putLong(nameOffsets.get(names.size() - 1));
        out.position(tree + 24 + 5 * 8);

        int root =
                header(new Message(GROUP, little(16).putLong(tree).putLong(heap).array()));
        superblock(root, tree, heap);
        return Arrays.copyOf(out.array(), out.position());
    }

    private void superblock(int root, int tree, int heap) {
        ByteBuffer block = out.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(0);
        block.put(new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'});
        block.put(new byte[] {0, 0, 0, 0, 0, 8, 8, 0});
        block.putShort((short) 4).putShort((short) 1).putInt(0); // at most 8 symbols a node, two nodes a tree
        block.putLong(0).putLong(NOWHERE).putLong(out.position()).putLong(NOWHERE);
        block.putLong(0).putLong(root).putInt(1).putInt(0).putLong(tree).putLong(heap);
    }

    /** Writes the numbers, then the header of a dataset; gives the place of the header. */
    private int dataset(Array array) throws IOException {
        ByteBuffer numbers = little(8 * array.values.length);
        Arrays.stream(array.values).forEach(numbers::putDouble);
        ByteBuffer space = little(8 + 8 * array.dimensions.length);
        space.put((byte) 1).put((byte) array.dimensions.length).position(8);
        Arrays.stream(array.dimensions).forEach(space::putLong);
        List<Message> messages = new ArrayList<>(List.of(
                new Message(DATASPACE, space.array()), new Message(DATATYPE, float64()), matlabClass("double")));
        if (array.chunk.length == 0) {
            int at = data(numbers.array());
            messages.add(new Message(
                    LAYOUT,
                    little(24)
                            .put((byte) 3)
                            .put((byte) 1)
                            .putLong(at)
                            .putLong(numbers.capacity())
                            .array()));
        } else {
            int tree = chunkTree(deflated(numbers.array()), array.chunk);
            ByteBuffer layout = little(16 + 4 * array.chunk.length + 4);
            layout.put((byte) 3)
                    .put((byte) 2)
                    .put((byte) (array.chunk.length + 1))
                    .putLong(tree);
            Arrays.stream(array.chunk).forEach(layout::putInt);
            messages.add(new Message(LAYOUT, layout.putInt(8).array()));
            messages.add(new Message(FILTERS, new byte[] {
                1, 1, 0, 0, 0, 0, 0, 0, // version, number of filters
                1, 0, 0, 0, 1, 0, 1, 0, // deflate, no name, may be left out, one number
                6, 0, 0, 0, 0, 0, 0, 0
            }));
        }
        return header(messages.toArray(Message[]::new));
    }

    private int chunkTree(byte[] stored, int[] chunk) {
        int at = data(stored);
        int tree = out.position();
        text("TREE")
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) 1)
                .putLong(NOWHERE)
                .putLong(NOWHERE);
        out.putInt(stored.length)
                .putInt(0)
                .put(new byte[8 * (chunk.length + 1)])
                .putLong(at);
        out.putInt(0).putInt(0);
        Arrays.stream(chunk).forEach(out::putLong);
        out.putLong(0);
        out.position(out.position() + 63 * 8 * (chunk.length + 3)); // a node has room for 64 chunks
        return tree;
    }

    private int data(byte[] bytes) {
        int at = out.position();
        out.put(padded(bytes, 0));
        return at;
    }

    private int header(Message... messages) {
        int at = out.position();
        int length = 0;
        for (Message message : messages) {
            length += 8 + padded(message.data, 0).length;
        }
        out.putShort((short) 1)
                .putShort((short) messages.length)
                .putInt(1)
                .putInt(length)
                .putInt(0);
        for (Message message : messages) {
            byte[] data = padded(message.data, 0);
            out.putShort((short) message.type)
                    .putShort((short) data.length)
                    .putInt(0)
                    .put(data);
        }
        return at;
    }

    private static byte[] float64() {
        return little(24)
                .put(new byte[] {0x11, 0x20, 0x3f, 0})
                .putInt(8)
                .putShort((short) 0)
                .putShort((short) 64)
                .put(new byte[] {52, 11, 0, 52})
                .putInt(1023)
                .array();
    }

    private static Message matlabClass(String type) {
        ByteBuffer attribute = little(8 + 16 + 8 + 8 + 8);
        attribute.put(new byte[] {1, 0, 13, 0, 8, 0, 8, 0});
        attribute.put("MATLAB_class".getBytes(StandardCharsets.US_ASCII)).position(24);
        attribute.put(new byte[] {0x13, 0, 0, 0}).putInt(type.length());
        attribute.put(new byte[] {1, 0, 0, 0, 0, 0, 0, 0});
        return new Message(
                ATTRIBUTE,
                attribute.put(type.getBytes(StandardCharsets.US_ASCII)).array());
    }

    private static byte[] deflated(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            deflater.write(bytes);
        }
        return packed.toByteArray();
    }

    private ByteBuffer text(String signature) {
        return out.put(signature.getBytes(StandardCharsets.US_ASCII));
    }

    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Zeros behind, some at least, up to a multiple of eight. */
    private static byte[] padded(byte[] bytes, int atLeast) {
        return Arrays.copyOf(bytes, (bytes.length + atLeast + 7) / 8 * 8);
    }
}
