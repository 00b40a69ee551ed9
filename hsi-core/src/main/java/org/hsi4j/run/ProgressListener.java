package org.hsi4j.run;

/** Hears how far a computation is. Called by one thread at a time, in rising order of {@code done} within a stage. */
@FunctionalInterface
public interface ProgressListener {

    /**
     * Called at the start of a stage, at most about a hundred times during it, and at its end.
     *
     * @param stage what is being done, for people
     * @param done units of work finished
     * @param total units of work in the stage, at least one
     */
    void progress(String stage, long done, long total);
}
