package org.hsi4j.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A program that does some of the tasks in a process of its own. */
interface Peer {

    /** The head of its column. */
    String name();

    /** What it can do. */
    Set<Task> tasks();

    /** Those of its tasks that can use more than one thread. */
    Set<Task> threadedTasks();

    /** Why it cannot run here and how to change that, if so. */
    Optional<String> missing();

    /**
     * Does the work.
     *
     * @param folder where {@link PeerScene} wrote
     * @param out an empty folder, which gets the answers
     */
    Answers run(PeerScene scene, Path folder, Path out, int threads, List<Task> tasks) throws IOException;
}
