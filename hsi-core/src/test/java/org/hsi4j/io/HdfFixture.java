package org.hsi4j.io;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.checksum.JenkinsLookup3HashLittle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/** Writes small HDF5 files. */
final class HdfFixture {
    private static final int USER_BLOCK = 512;
    /** Where a superblock of version 2 keeps the address of its own start, and its checksum. */
    private static final int BASE_ADDRESS = 12;

    private static final int CHECKSUM = 44;

    private HdfFixture() {}

    static Path write(Path file, Consumer<WritableHdfFile> contents) {
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            contents.accept(hdf);
        }
        return file;
    }

    /** With the 512 bytes that MATLAB puts in front. */
    static Path writeMat(Path file, Consumer<WritableHdfFile> contents) throws IOException {
        write(file, contents);
        byte[] plain = Files.readAllBytes(file);
        byte[] whole = withUserBlock(plain);
        ByteBuffer superblock =
                ByteBuffer.wrap(whole, USER_BLOCK, CHECKSUM + 4).slice().order(ByteOrder.LITTLE_ENDIAN);
        superblock.putLong(BASE_ADDRESS, USER_BLOCK);
        ByteBuffer summed = superblock.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        superblock.putInt(CHECKSUM, JenkinsLookup3HashLittle.hash(summed.limit(CHECKSUM)));
        return Files.write(file, whole);
    }

    /** The 512 bytes of MATLAB and a file. */
    static byte[] withUserBlock(byte[] plain) {
        byte[] whole = new byte[USER_BLOCK + plain.length];
        Arrays.fill(whole, 0, 116, (byte) ' ');
        byte[] text = "MATLAB 7.3 MAT-file".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, whole, 0, text.length);
        System.arraycopy(new byte[] {0, 2, 'I', 'M'}, 0, whole, 124, 4);
        System.arraycopy(plain, 0, whole, USER_BLOCK, plain.length);
        return whole;
    }
}
