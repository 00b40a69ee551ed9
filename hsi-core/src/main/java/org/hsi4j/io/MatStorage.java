package org.hsi4j.io;

import org.hsi4j.Precision;

/** How the numbers of an array are stored in a MAT-file. */
enum MatStorage {
    INT8(1, 1),
    UINT8(2, 1),
    INT16(3, 2),
    UINT16(4, 2),
    INT32(5, 4),
    UINT32(6, 4),
    SINGLE(7, 4),
    DOUBLE(9, 8),
    INT64(12, 8),
    UINT64(13, 8),
    /** Not a number, or not supported. */
    NONE(0, 1);

    private final int id;
    private final int bytes;

    MatStorage(int id, int bytes) {
        this.id = id;
        this.bytes = bytes;
    }

    static MatStorage of(int id) {
        for (MatStorage storage : values()) {
            if (storage.id == id) {
                return storage;
            }
        }
        return NONE;
    }

    /** How whole numbers of a size are stored. */
    static MatStorage integers(int bytes, boolean signed) {
        return switch (bytes) {
            case 1 -> signed ? INT8 : UINT8;
            case 2 -> signed ? INT16 : UINT16;
            case 4 -> signed ? INT32 : UINT32;
            case 8 -> signed ? INT64 : UINT64;
            default -> NONE;
        };
    }

    int bytes() {
        return bytes;
    }

    /** The smallest precision that keeps every number. */
    Precision precision() {
        return bytes < 4 || this == SINGLE ? Precision.FLOAT : Precision.DOUBLE;
    }
}
