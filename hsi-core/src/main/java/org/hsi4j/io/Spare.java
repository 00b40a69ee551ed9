package org.hsi4j.io;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Room for a moment's work, kept for the next: a read of a tile takes nothing from the heap but the first time. Threads rarely
 * meet at one place; when they do, one of them makes room of its own. Thread-safe.
 *
 * @param <A> the type of array
 */
final class Spare<A> {
    private static final int PLACES = 16;

    private final Supplier<A> maker;
    private final AtomicReferenceArray<A> places = new AtomicReferenceArray<>(PLACES);

    Spare(Supplier<A> maker) {
        this.maker = maker;
    }

    private static int place() {
        return (int) (Thread.currentThread().getId() % PLACES);
    }

    /** Takes what is there, or new room. */
    A take() {
        A kept = places.getAndSet(place(), null);
        return kept == null ? maker.get() : kept;
    }

    /** Gives it back. */
    void give(A room) {
        places.set(place(), room);
    }
}
