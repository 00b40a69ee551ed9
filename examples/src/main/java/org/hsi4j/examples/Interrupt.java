package org.hsi4j.examples;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C: the computation is cancelled, and its unfinished files are taken away before the process ends. */
final class Interrupt extends Thread {
    private static final long PATIENCE_SECONDS = 3;

    private final Session session;
    private final CountDownLatch done = new CountDownLatch(1);

    private Interrupt(Session session) {
        super("hsi-interrupt");
        this.session = session;
    }

    static Interrupt install(Session session) {
        Interrupt interrupt = new Interrupt(session);
        Runtime.getRuntime().addShutdownHook(interrupt);
        return interrupt;
    }

    @Override
    public void run() {
        session.cancel();
        try {
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                session.tidy();
                session.message(session.interruption());
            }
        } catch (InterruptedException e) {
            currentThread().interrupt();
        }
    }

    /** The run is over. True when the process may be ended now, false when it is ending already. */
    boolean finished() {
        done.countDown();
        try {
            return Runtime.getRuntime().removeShutdownHook(this);
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
