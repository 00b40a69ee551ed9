package org.hsi4j.restoration;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Buffers that the threads of one parallel loop take and the next loop takes again, so that iterations allocate nothing. Thread-safe
 * within a loop; {@link #anew} belongs between loops.
 */
final class Reused<W> implements Supplier<W> {
    private final Supplier<W> maker;
    private final List<W> made = new ArrayList<>();
    private int taken;

    Reused(Supplier<W> maker) {
        this.maker = maker;
    }

    /** All are free again, as no loop runs. */
    synchronized Reused<W> anew() {
        taken = 0;
        return this;
    }

    @Override
    public synchronized W get() {
        if (taken == made.size()) {
            made.add(maker.get());
        }
        return made.get(taken++);
    }
}
