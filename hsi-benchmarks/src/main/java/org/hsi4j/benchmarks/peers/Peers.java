package org.hsi4j.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.hsi4j.Cube;
import org.hsi4j.io.Cubes;

/** The programs that are compared. */
final class Peers {

    private Peers() {}

    /** Ours, in a JVM of its own, with the kernels of one kind. */
    static Peer here(String kernels) {
        return new Here(kernels);
    }

    /** All others. */
    static List<Peer> others() {
        return List.of(new SpectralScipy(), new Octave(), new Orfeo());
    }

    private record Here(String kernels) implements Peer {

        @Override
        public String name() {
            return "hsi4j " + kernels;
        }

        @Override
        public Set<Task> tasks() {
            return EnumSet.allOf(Task.class);
        }

        @Override
        public Set<Task> threadedTasks() {
            return tasks();
        }

        @Override
        public Optional<String> missing() {
            return Optional.empty();
        }

        @Override
        public Answers run(PeerScene scene, Path folder, Path out, int threads, List<Task> tasks) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            if (kernels.equals("plain")) {
                command.add("-Dorg.hsi4j.kernels=plain");
            } else {
                command.add("--add-modules=jdk.incubator.vector");
            }
            command.addAll(
                    List.of("-cp", absolute(System.getProperty("java.class.path")), HereProgram.class.getName()));
            command.addAll(List.of(folder.toString(), out.toString(), Integer.toString(threads)));
            tasks.forEach(task -> command.add(task.word()));
            Commands.run(folder, threads, command);
            return Answers.read(out);
        }

        /** The process has another working directory. */
        private static String absolute(String classPath) {
            List<String> entries = new ArrayList<>();
            for (String entry : classPath.split(Pattern.quote(java.io.File.pathSeparator), -1)) {
                entries.add(Path.of(entry).toAbsolutePath().toString());
            }
            return String.join(java.io.File.pathSeparator, entries);
        }
    }

    private record SpectralScipy() implements Peer {
        /** Debian's; the first on the path may be another one. */
        private static final String PYTHON = "/usr/bin/python3";

        @Override
        public String name() {
            return "Spectral Python, SciPy";
        }

        @Override
        public Set<Task> tasks() {
            return EnumSet.allOf(Task.class);
        }

        @Override
        public Set<Task> threadedTasks() {
            return EnumSet.of(Task.COVARIANCE, Task.PCA, Task.RX, Task.MATCHED_FILTER, Task.ACE, Task.UCLS, Task.VCA);
        }

        @Override
        public Optional<String> missing() {
            return Commands.works(PYTHON, "-c", "import spectral, scipy.optimize")
                    ? Optional.empty()
                    : Optional.of("apt-get install python3-spectral python3-scipy libopenblas0-pthread");
        }

        @Override
        public Answers run(PeerScene scene, Path folder, Path out, int threads, List<Task> tasks) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    PYTHON,
                    Commands.script("spectral_scipy.py", folder).toString(),
                    folder.toString(),
                    out.toString()));
            tasks.forEach(task -> command.add(task.word()));
            Commands.run(folder, threads, command);
            return Answers.read(out);
        }
    }

    private record Octave() implements Peer {

        @Override
        public String name() {
            return "Octave";
        }

        @Override
        public Set<Task> tasks() {
            return EnumSet.of(Task.COVARIANCE, Task.UCLS, Task.NNLS, Task.FCLS);
        }

        @Override
        public Set<Task> threadedTasks() {
            return EnumSet.of(Task.COVARIANCE, Task.UCLS);
        }

        @Override
        public Optional<String> missing() {
            return Commands.works("octave-cli", "--version")
                    ? Optional.empty()
                    : Optional.of("apt-get install octave libopenblas0-pthread");
        }

        @Override
        public Answers run(PeerScene scene, Path folder, Path out, int threads, List<Task> tasks) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    "octave-cli",
                    "--no-init-file",
                    Commands.script("combinatorial.m", folder).toString(),
                    folder.toString(),
                    out.toString(),
                    Integer.toString(scene.bands()),
                    Integer.toString(scene.count())));
            tasks.forEach(task -> command.add(task.word()));
            Commands.run(folder, threads, command);
            return Answers.read(out);
        }
    }

    /**
     * Orfeo Toolbox; it tells no times of its own, so its start and its files count. Its local RX is left out: answers differ
     * by 7 % of the largest score, for a reason not yet found.
     */
    private record Orfeo() implements Peer {
        private static final int RUNS = 3;

        @Override
        public String name() {
            return "Orfeo Toolbox, with start and files";
        }

        @Override
        public Set<Task> tasks() {
            return EnumSet.of(Task.SAM, Task.UCLS, Task.VCA);
        }

        @Override
        public Set<Task> threadedTasks() {
            return tasks();
        }

        @Override
        public Optional<String> missing() {
            return Commands.onPath("otbcli_HyperspectralUnmixing")
                    ? Optional.empty()
                    : Optional.of("apt-get install otb-bin");
        }

        @Override
        public Answers run(PeerScene scene, Path folder, Path out, int threads, List<Task> tasks) throws IOException {
            Map<Task, Answers.Time> times = new EnumMap<>(Task.class);
            for (Task task : tasks) {
                Path image = out.resolve(task.word() + ".tif");
                double[] seconds = new double[RUNS];
                for (int run = 0; run < RUNS; run++) {
                    Files.deleteIfExists(image);
                    long start = System.nanoTime();
                    Commands.run(folder, threads, command(task, scene, image));
                    seconds[run] = (System.nanoTime() - start) / 1e9;
                }
                times.put(task, Answers.Time.of(scene.rows() * scene.columns(), seconds));
                Numbers.write(out.resolve(task.word() + ".f64"), numbers(Cubes.read(image)));
            }
            return new Answers("Orfeo Toolbox", times, out);
        }

        private static List<String> command(Task task, PeerScene scene, Path image) {
            String out = image.toString();
            return switch (task) {
                case SAM ->
                    List.of(
                            "otbcli_SpectralAngleClassification",
                            "-in",
                            "scene.img",
                            "-ie",
                            "endmembers.img",
                            "-mode",
                            "sam",
                            "-measure",
                            out,
                            "double");
                case UCLS ->
                    List.of(
                            "otbcli_HyperspectralUnmixing",
                            "-in",
                            "scene.img",
                            "-ie",
                            "endmembers.img",
                            "-ua",
                            "ucls",
                            "-out",
                            out,
                            "double");
                case VCA ->
                    List.of(
                            "otbcli_VertexComponentAnalysis",
                            "-in",
                            "scene.img",
                            "-ne",
                            Integer.toString(scene.count()),
                            "-rand",
                            "1",
                            "-outendm",
                            out,
                            "double");
                default -> throw new IllegalArgumentException("no " + task);
            };
        }

        private static double[] numbers(Cube image) {
            double[] numbers = new double[(int) image.samples()];
            for (int b = 0; b < image.bands(); b++) {
                double[] plane = image.plane(b);
                for (int i = 0; i < plane.length; i++) {
                    numbers[i * image.bands() + b] = plane[i];
                }
            }
            return numbers;
        }
    }
}
