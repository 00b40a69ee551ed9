package org.hsi4j.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;

/** Takes objects through Java serialisation, as a cluster does that ships a fitted model to its workers. */
public final class Serial {

    private Serial() {}

    /**
     * Writes an object and reads it back.
     *
     * @param <T> its type
     * @param object what to write
     * @return what was read
     */
    public static <T> T copy(T object) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(object);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                @SuppressWarnings("unchecked") // the class that was written is the class that is read
                T copy = (T) in.readObject();
                return copy;
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError("cannot be serialised: " + object, e);
        }
    }
}
