package org.hsi4j.benchmarks.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a program measured and answered.
 *
 * @param version its name and version
 * @param times by task
 * @param folder where the answers are, one file of numbers a task
 */
record Answers(String version, Map<Task, Time> times, Path folder) {

    /**
     * The times of one task.
     *
     * @param pixels pixels it worked on
     * @param median seconds
     * @param least seconds
     * @param most seconds
     */
    record Time(int pixels, double median, double least, double most) {

        static Time of(int pixels, double... seconds) {
            double[] sorted = seconds.clone();
            Arrays.sort(sorted);
            int n = sorted.length;
            return new Time(pixels, (sorted[(n - 1) / 2] + sorted[n / 2]) / 2, sorted[0], sorted[n - 1]);
        }

        /** Microseconds a pixel. */
        double aPixel() {
            return 1e6 * median / pixels;
        }
    }

    /** Reads times.txt: a line {@code version TEXT} and lines {@code time TASK PIXELS SECONDS...}. */
    static Answers read(Path folder) throws IOException {
        String version = "";
        Map<Task, Time> times = new EnumMap<>(Task.class);
        for (String line : Files.readAllLines(folder.resolve("times.txt"), StandardCharsets.UTF_8)) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("version")) {
                version = line.substring("version ".length());
            } else {
                double[] seconds = Arrays.stream(words)
                        .skip(3)
                        .mapToDouble(Double::parseDouble)
                        .toArray();
                times.put(
                        Task.valueOf(words[1].toUpperCase(Locale.ROOT)), Time.of(Integer.parseInt(words[2]), seconds));
            }
        }
        return new Answers(version, times, folder);
    }

    double[] numbers(Task task) throws IOException {
        return Numbers.read(folder.resolve(task.word() + ".f64"));
    }
}
