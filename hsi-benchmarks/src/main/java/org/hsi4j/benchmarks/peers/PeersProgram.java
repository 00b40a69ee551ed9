package org.hsi4j.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Does the same work in hsi4j and in programs outside the JVM, on the same generated scene, checks that the answers agree, and
 * prints times and ratios as Markdown.
 *
 * <p>Each program runs in a process of its own and times itself, so that neither its start nor the reading of files counts
 * (Orfeo Toolbox excepted, whose times include its start and its files). First all work on one thread; then, on two, that which the peer does
 * on several threads. A peer that is not installed is left out, and the output says how to install it.
 *
 * <pre>{@code
 * java -cp hsi-benchmarks/target/benchmarks.jar org.hsi4j.benchmarks.peers.PeersProgram [--full] [--endmembers 12]
 * }</pre>
 */
public final class PeersProgram {
    private final PeerScene scene;
    private final Path folder;
    private final Set<Task> tasks;
    private final List<Peer> ours = List.of(Peers.here("plain"), Peers.here("vector"));
    private final Consumer<String> lines;

    PeersProgram(PeerScene scene, Path folder, Set<Task> tasks, Consumer<String> lines) {
        this.scene = scene;
        this.folder = folder;
        this.tasks = tasks;
        this.lines = lines;
    }

    /**
     * Runs.
     *
     * @param args {@code --full} for 512 x 512 pixels instead of 256 x 256; {@code --tiny} for a check of seconds;
     *     {@code --endmembers N}, 5 by default; {@code --tasks a,b} for some of them
     * @throws IOException if a file cannot be written or a program fails
     */
    public static void main(String[] args) throws IOException {
        List<String> words = List.of(args);
        int count = words.contains("--endmembers") ? Integer.parseInt(after(words, "--endmembers")) : 5;
        Set<Task> tasks = EnumSet.allOf(Task.class);
        if (words.contains("--tasks")) {
            tasks = EnumSet.noneOf(Task.class);
            for (String word : after(words, "--tasks").split(",", -1)) {
                tasks.add(Task.valueOf(word.toUpperCase(Locale.ROOT)));
            }
        }
        PeerScene scene = new PeerScene(256, 256, 200, count, 50, 100);
        if (words.contains("--full")) {
            scene = new PeerScene(512, 512, 200, count, 100, 100);
        } else if (words.contains("--tiny")) {
            scene = new PeerScene(60, 50, 40, count, 25, 20);
        }
        Path folder = Files.createTempDirectory("peers-");
        try {
            new PeersProgram(scene, folder, tasks, System.out::println).run();
        } finally {
            delete(folder);
        }
    }

    private static String after(List<String> words, String option) {
        return words.get(words.indexOf(option) + 1);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Hands over the lines of the tables, those of a number of threads as soon as it is done. */
    void run() throws IOException {
        scene.write(folder);
        say(String.format(
                Locale.ROOT,
                "%d x %d pixels, %d bands, float32, %d endmembers; local RX on %d x %d pixels, %d bands. Microseconds a pixel,"
                        + " median (least to most).",
                scene.rows(),
                scene.columns(),
                scene.bands(),
                scene.count(),
                scene.windowSide(),
                scene.windowSide(),
                scene.windowBands()));
        List<Peer> present = new ArrayList<>();
        for (Peer peer : Peers.others()) {
            peer.missing()
                    .ifPresentOrElse(
                            how -> say("", "Skipped: " + peer.name() + ". To install it: " + how),
                            () -> present.add(peer));
        }
        for (int threads = 1; threads <= 2; threads++) {
            compare(present, threads);
        }
    }

    private void compare(List<Peer> present, int threads) throws IOException {
        Set<Task> needed = EnumSet.noneOf(Task.class);
        Map<Peer, Answers> theirs = new LinkedHashMap<>();
        for (Peer peer : present) {
            Set<Task> own = EnumSet.copyOf(threads == 1 ? peer.tasks() : peer.threadedTasks());
            own.retainAll(tasks);
            if (!own.isEmpty()) {
                needed.addAll(own);
                theirs.put(peer, run(peer, threads, own));
            }
        }
        if (present.isEmpty()) {
            needed.addAll(tasks);
        }
        if (needed.isEmpty()) {
            return;
        }
        Answers plain = run(ours.get(0), threads, needed);
        Answers vector = run(ours.get(1), threads, needed);
        say("", threads == 1 ? "One thread:" : threads + " threads:", "");
        say("| work | hsi4j plain | hsi4j vector | peer | its time | plain is faster by | vector is faster by"
                + " | largest difference | allowed |");
        say("|---|---|---|---|---|---|---|---|---|");
        for (Task task : needed) {
            for (Map.Entry<Peer, Answers> peer : theirs.entrySet()) {
                if (peer.getValue().times().containsKey(task)) {
                    say(row(task, plain, vector, peer.getKey().name(), peer.getValue()));
                }
            }
            if (theirs.isEmpty()) {
                say("| " + task.title() + " | " + text(plain, task) + " | " + text(vector, task) + " | | | | | | |");
            }
        }
        say("", plain.version() + "; " + vector.version() + ".");
        theirs.values().forEach(answers -> say(answers.version() + "."));
    }

    private Answers run(Peer peer, int threads, Set<Task> own) throws IOException {
        Path out = Files.createDirectory(folder.resolve("answers" + threads + "-" + slug(peer.name())));
        return peer.run(scene, folder, out, threads, List.copyOf(own));
    }

    private void say(String... some) {
        List.of(some).forEach(lines);
    }

    private static String slug(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    private String row(Task task, Answers plain, Answers vector, String name, Answers peer) throws IOException {
        double difference = task.difference(plain.numbers(task), peer.numbers(task), scene.count());
        double theirs = time(peer, task).aPixel();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %.3g | %.3g | %.1e %s%s | %.0e |",
                task.title(),
                text(plain, task),
                text(vector, task),
                name,
                text(peer, task),
                theirs / time(plain, task).aPixel(),
                theirs / time(vector, task).aPixel(),
                difference,
                task.measureText(),
                difference <= task.tolerance() ? "" : " **differs**",
                task.tolerance());
    }

    private static Answers.Time time(Answers answers, Task task) {
        return java.util.Objects.requireNonNull(answers.times().get(task), "time");
    }

    private static String text(Answers answers, Task task) {
        Answers.Time time = time(answers, task);
        double scale = 1e6 / time.pixels();
        return String.format(
                Locale.ROOT, "%.3g (%.3g to %.3g)", time.aPixel(), scale * time.least(), scale * time.most());
    }
}
