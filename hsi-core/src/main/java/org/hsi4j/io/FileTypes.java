package org.hsi4j.io;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Names of file types by their first bytes. */
final class FileTypes {
    private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

    private FileTypes() {}

    /** Whether the bytes are those of an HDF5 file, with or without the 512 bytes that MATLAB puts in front. */
    static boolean isHdf5(byte[] head) {
        return startsWith(head, 0, HDF5) || startsWith(head, 512, HDF5);
    }

    /** Whether the bytes are those of an HDF5 file behind the 512 bytes that MATLAB puts in front. */
    static boolean isMatHdf5(byte[] head) {
        return startsWith(head, 512, HDF5);
    }

    /** Whether the bytes are those of a compressed file of some kind. */
    static boolean isCompressed(byte[] head) {
        return describe(head).endsWith("compressed file");
    }

    /** What a file is, in words. */
    static String describe(byte[] head) {
        if (head.length == 0) {
            return "an empty file";
        }
        if (isHdf5(head)) {
            return startsWith(head, 0, HDF5) ? "an HDF5 file" : "an HDF5 file (MAT-file version 7.3)";
        }
        if (startsWith(head, 0, 0x1f, 0x8b)) {
            return "a gzip compressed file";
        }
        if (startsWith(head, 0, 'P', 'K', 3, 4)) {
            return "a zip compressed file";
        }
        if (startsWith(head, 0, 'B', 'Z', 'h')) {
            return "a bzip2 compressed file";
        }
        if (startsWith(head, 0, 0xfd, '7', 'z', 'X', 'Z')) {
            return "an xz compressed file";
        }
        if (startsWith(head, 0, 'C', 'D', 'F', 1) || startsWith(head, 0, 'C', 'D', 'F', 2)) {
            return "a NetCDF-3 file (NetCDF-4 is read: convert it with 'nccopy -k nc4')";
        }
        if (startsWith(head, 0, 'I', 'I', 42, 0) || startsWith(head, 0, 'M', 'M', 0, 42)) {
            return "a TIFF file";
        }
        if (startsWith(head, 4, 'j', 'P', ' ', ' ')) {
            return "a JPEG 2000 file (GeoTIFF is read: convert it with 'gdal_translate')";
        }
        String start = new String(head, 0, Math.min(16, head.length), StandardCharsets.ISO_8859_1);
        return "a file that starts with " + MalformedFileException.quote(start);
    }

    private static boolean startsWith(byte[] head, int at, int... bytes) {
        byte[] wanted = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            wanted[i] = (byte) bytes[i];
        }
        return startsWith(head, at, wanted);
    }

    private static boolean startsWith(byte[] head, int at, byte[] wanted) {
        return head.length >= at + wanted.length
                && Arrays.equals(head, at, at + wanted.length, wanted, 0, wanted.length);
    }
}
