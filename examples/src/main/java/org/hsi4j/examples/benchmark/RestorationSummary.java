package org.hsi4j.examples.benchmark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/** What a reader of the survey of restoration wants to know first: who is best at what, where `auto` stands, and everyone on a page. */
final class RestorationSummary {
    private static final String INPUT = "input";
    private static final String AUTO = "auto";

    /** Methods from which on a task has a table of its own here. */
    private static final int MANY = 4;

    /** How the tasks of fusion begin, which have scenes of their own. */
    private static final String FUSION = "fusion";

    private final List<Entry> entries;

    private RestorationSummary(List<Entry> entries) {
        this.entries = entries;
    }

    static List<Study> of(List<Entry> entries) {
        RestorationSummary summary = new RestorationSummary(entries.stream()
                .filter(entry -> entry.score(RestorationScore.PSNR).isPresent()
                        && !entry.method().equals(INPUT))
                .toList());
        List<Study> studies = new ArrayList<>(List.of(summary.best(), summary.auto()));
        summary.tasks().stream()
                .filter(task -> summary.methods(task).size() >= MANY)
                .forEach(task -> studies.add(summary.everyone(task)));
        return studies.stream().filter(study -> !study.rows().isEmpty()).toList();
    }

    private Study best() {
        return perTask(
                "The best of each task",
                "MPSNR in dB of the best method of each task on each scene, of equal ones the quickest, and its seconds.",
                tasks().stream().filter(task -> !task.startsWith(FUSION)).toList(),
                (task, scene) -> ranked(task, scene).stream()
                        .findFirst()
                        .map(best -> best.method() + " " + decibels(psnr(best)) + ", "
                                + best.seconds().map(s -> seconds(s.mean())).orElse("") + " s"));
    }

    private Study auto() {
        List<String> tasks = tasks().stream()
                .filter(task -> entries.stream().anyMatch(e -> e.method().equals(AUTO) && task(e).equals(task)))
                .toList();
        return perTask(
                "Where auto stands",
                "Place of `auto`, which is told nothing, among all methods of the task, those that are told what it must find out included, and its decibels less those of the best other"
                        + " one.",
                tasks,
                (task, scene) -> {
                    List<Entry> ranked = ranked(task, scene);
                    Optional<Entry> other = ranked.stream()
                            .filter(e -> !e.method().equals(AUTO))
                            .findFirst();
                    return ranked.stream()
                            .filter(e -> e.method().equals(AUTO) && other.isPresent())
                            .findFirst()
                            .map(auto -> String.format(
                                    Locale.ROOT,
                                    "%d of %d, %+.2f",
                                    1
                                            + ranked.stream()
                                                    .filter(e -> shown(e) > shown(auto))
                                                    .count(),
                                    ranked.size(),
                                    shown(auto) - shown(other.orElseThrow())));
                });
    }

    /** All methods of a task, the best mean first. */
    private Study everyone(String task) {
        List<String> scenes = scenes(List.of(task));
        List<String> header = new ArrayList<>(List.of("method"));
        header.addAll(scenes);
        header.addAll(List.of("mean", "mean seconds"));
        List<String> methods = methods(task).stream()
                .sorted(Comparator.comparingDouble((String method) -> -mean(of(task, method))))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        for (String method : methods) {
            List<Entry> own = of(task, method);
            List<String> row = new ArrayList<>(List.of(method));
            for (String scene : scenes) {
                row.add(own.stream()
                        .filter(e -> scene(e).equals(scene))
                        .findFirst()
                        .map(e -> decibels(psnr(e)))
                        .orElse(""));
            }
            boolean whole = own.size() == scenes.size();
            row.add(whole ? decibels(mean(own)) : "");
            row.add(
                    whole
                            ? seconds(own.stream()
                                    .flatMap(e -> e.seconds().stream())
                                    .mapToDouble(Spread::mean)
                                    .average()
                                    .orElse(Double.NaN))
                            : "");
            rows.add(row);
        }
        return new Study("All on one page: " + task, "MPSNR in dB, the best mean first.", header, rows);
    }

    private static Study perTask(
            String title,
            String about,
            List<String> tasks,
            List<String> scenes,
            BiFunction<String, String, Optional<String>> cell) {
        List<String> header = new ArrayList<>(List.of("task"));
        header.addAll(scenes);
        List<List<String>> rows = new ArrayList<>();
        for (String task : tasks) {
            List<String> row = new ArrayList<>(List.of(task));
            scenes.forEach(scene -> row.add(cell.apply(task, scene).orElse("")));
            rows.add(row);
        }
        return new Study(title, about, header, rows);
    }

    private Study perTask(
            String title, String about, List<String> tasks, BiFunction<String, String, Optional<String>> cell) {
        return perTask(title, about, tasks, scenes(tasks), cell);
    }

    private List<String> tasks() {
        return entries.stream().map(RestorationSummary::task).distinct().toList();
    }

    private List<String> scenes(List<String> tasks) {
        return entries.stream()
                .filter(e -> tasks.contains(task(e)))
                .map(RestorationSummary::scene)
                .distinct()
                .toList();
    }

    private List<String> methods(String task) {
        return entries.stream()
                .filter(e -> task(e).equals(task))
                .map(Entry::method)
                .distinct()
                .toList();
    }

    private List<Entry> of(String task, String method) {
        return entries.stream()
                .filter(e -> task(e).equals(task) && e.method().equals(method))
                .toList();
    }

    private List<Entry> ranked(String task, String scene) {
        return entries.stream()
                .filter(e -> task(e).equals(task) && scene(e).equals(scene))
                .sorted(Comparator.comparingDouble((Entry e) -> -shown(e))
                        .thenComparingDouble(e -> e.seconds().map(Spread::mean).orElse(0.0)))
                .toList();
    }

    /** Decibels as far as they are shown: who is equally good is as good. */
    private static double shown(Entry entry) {
        return Math.rint(100 * psnr(entry)) / 100;
    }

    /** Those who did not do all scenes have the mean of those they did, less a lot: they come last. */
    private double mean(List<Entry> own) {
        int scenes = scenes(List.of(task(own.get(0)))).size();
        double mean =
                own.stream().mapToDouble(RestorationSummary::psnr).average().orElse(0);
        return own.size() == scenes ? mean : mean - 1000;
    }

    private static double psnr(Entry entry) {
        return entry.score(RestorationScore.PSNR).orElseThrow().mean();
    }

    private static String scene(Entry entry) {
        return entry.scene().split(": ", 2)[0];
    }

    private static String task(Entry entry) {
        String[] parts = entry.scene().split(": ", 2);
        return parts[parts.length - 1];
    }

    private static String decibels(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, value < 1 ? "%.2f" : "%.1f", value);
    }
}
