package org.hsi4j.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decoded pieces of a file, the ones used last kept up to a number of bytes. Any number of threads may ask at once: a piece is
 * read by the first that wants it, while others that want it wait. A piece that cannot be read is not kept.
 *
 * <p>The limit is of what is kept; a piece that was dropped lives on as long as a thread uses it.
 *
 * @param <B> a piece
 */
final class BlockCache<B> {
    private final long limit;
    private final Map<Long, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long held;

    /** Reads a piece. */
    interface Loader<B> {
        B load() throws IOException;
    }

    /**
     * An empty cache.
     *
     * @param limit most bytes that are kept; one piece is kept however large it is
     */
    BlockCache(long limit) {
        this.limit = limit;
    }

    /**
     * A piece, read if it is not there.
     *
     * @param key its number
     * @param bytes what it takes on the heap
     * @param loader reads it
     * @throws UncheckedIOException if it cannot be read
     */
    B get(long key, long bytes, Loader<B> loader) {
        Entry entry;
        synchronized (entries) {
            Entry known = entries.get(key);
            if (known == null) {
                known = new Entry(bytes);
                entries.put(key, known);
                held += bytes;
                while (held > limit && entries.size() > 1) {
                    remove(entries.keySet().iterator().next());
                }
            }
            entry = known;
        }
        try {
            return entry.load(loader);
        } catch (IOException e) {
            forget(key, entry);
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            forget(key, entry);
            throw e;
        }
    }

    /** Bytes that are kept. */
    long held() {
        synchronized (entries) {
            return held;
        }
    }

    private void forget(long key, Entry failed) {
        synchronized (entries) {
            if (entries.get(key) == failed) {
                remove(key);
            }
        }
    }

    private void remove(Long key) {
        held -= Objects.requireNonNull(entries.remove(key)).bytes;
    }

    private final class Entry {
        private final long bytes;
        private @Nullable B block;

        Entry(long bytes) {
            this.bytes = bytes;
        }

        synchronized B load(Loader<B> loader) throws IOException {
            B loaded = block;
            if (loaded == null) {
                loaded = loader.load();
                block = loaded;
            }
            return loaded;
        }
    }
}
