package org.hsi4j.view;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hsi4j.Cube;
import org.hsi4j.GeoReference;
import org.hsi4j.Wavelengths;
import org.hsi4j.internal.Replacement;
import org.hsi4j.method.Method;
import org.hsi4j.method.Options;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.stats.NoiseCovariance;
import org.hsi4j.stats.SnrReport;
import org.hsi4j.transform.ComponentTransform;
import org.hsi4j.transform.Mnf;
import org.jspecify.annotations.Nullable;

/**
 * A report of one HTML file that needs nothing beside it: pictures are inside it, and it has neither scripts nor links.
 *
 * <p>Parts appear in the order in which they are added. All text is escaped, so names from files may hold anything. Numbers
 * in tables have four significant digits. The page follows the reader's light or dark mode, prints well, and every figure has a
 * description for those who cannot see it. Immutable and thread-safe: every method that adds returns a new report.
 *
 * <pre>{@code
 * HtmlReport.titled("Jasper Ridge")
 *         .scene(cube)
 *         .section("Unmixing")
 *         .figure("Abundances by FCLS", AbundancePanel.of(abundances))
 *         .table("Endmembers", List.of("name", "mean"), rows)
 *         .write(Path.of("report.html"));
 * }</pre>
 */
public final class HtmlReport {
    private static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1c1f23; --paper: #ffffff; --soft: #5b6470; --line: #d9dee4; --band: #f4f6f8; }
            @media (prefers-color-scheme: dark) {
              :root { --ink: #e6e9ed; --paper: #15181c; --soft: #a3adb9; --line: #363d46; --band: #1e2329; }
            }
            * { box-sizing: border-box; }
            body { margin: 0 auto; max-width: 68rem; padding: 2rem 1.25rem 4rem; color: var(--ink); background: var(--paper);
                   font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
            h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 1.5rem; }
            h2 { font-size: 1.35rem; line-height: 1.3; margin: 2.5rem 0 1rem; padding-bottom: .3rem; border-bottom: 2px solid var(--line); }
            p, li { max-width: 46rem; overflow-wrap: anywhere; }
            .scroll { overflow-x: auto; margin: 1rem 0 1.5rem; }
            table { border-collapse: collapse; font-size: .95rem; }
            caption { text-align: left; color: var(--soft); padding-bottom: .4rem; }
            th, td { padding: .35rem .8rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
            thead th { border-bottom: 2px solid var(--line); }
            tbody tr:nth-child(even) { background: var(--band); }
            tbody th { font-weight: 600; white-space: nowrap; }
            .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
            figure { margin: 1.5rem 0; }
            figure img { display: block; max-width: 100%; height: auto; background: #ffffff; border: 1px solid var(--line); border-radius: 4px; }
            figcaption { color: var(--soft); font-size: .95rem; margin-top: .5rem; max-width: 46rem; }
            pre { padding: .8rem 1rem; overflow-x: auto; background: var(--band); border: 1px solid var(--line); border-radius: 4px; font-size: .9rem; }
            @media print {
              :root { --ink: #000000; --paper: #ffffff; --soft: #444444; --line: #bbbbbb; --band: #ffffff; color-scheme: light; }
              body { max-width: none; padding: 0; }
              .scroll { overflow: visible; }
              pre { white-space: pre-wrap; }
              figure, tr { break-inside: avoid; }
              figure img { width: auto; max-height: 23cm; }
              h2 { break-after: avoid; }
            }
            """;

    private final String title;
    private final List<String> parts;

    private HtmlReport(String title, List<String> parts) {
        this.title = title;
        this.parts = parts;
    }

    /**
     * An empty report.
     *
     * @param title title of the page and its first heading
     * @return the report
     */
    public static HtmlReport titled(String title) {
        return new HtmlReport(Objects.requireNonNull(title, "title"), List.of());
    }

    private HtmlReport plus(String part) {
        List<String> more = new ArrayList<>(parts);
        more.add(part);
        return new HtmlReport(title, List.copyOf(more));
    }

    /**
     * Adds a heading.
     *
     * @param heading what the parts after it are about
     * @return new report
     */
    public HtmlReport section(String heading) {
        return plus("<h2>" + escape(heading) + "</h2>\n");
    }

    /**
     * Adds a paragraph.
     *
     * @param text plain text
     * @return new report
     */
    public HtmlReport paragraph(String text) {
        return plus("<p>" + escape(text) + "</p>\n");
    }

    /**
     * Adds lines that keep their spaces and breaks: a command, a log.
     *
     * @param text plain text
     * @return new report
     */
    public HtmlReport preformatted(String text) {
        return plus("<pre>" + escape(text) + "</pre>\n");
    }

    /**
     * Adds a table of names and values.
     *
     * @param caption what the table is about, may be empty
     * @param facts in the order of the map, so better a {@link LinkedHashMap} than {@link Map#of}; numbers are rounded to four
     *     significant digits
     * @return new report
     */
    public HtmlReport facts(String caption, Map<String, ?> facts) {
        StringBuilder html = openTable(caption).append("<tbody>\n");
        facts.forEach((name, value) -> html.append("<tr><th scope=\"row\">")
                .append(escape(name))
                .append("</th><td>")
                .append(cell(value))
                .append("</td></tr>\n"));
        return plus(html.append("</tbody></table></div>\n").toString());
    }

    /**
     * Adds a table.
     *
     * @param caption what the table is about, may be empty
     * @param header one name a column
     * @param rows one value a column; numbers are set to the right, floating-point ones rounded to four significant digits
     * @return new report
     * @throws IllegalArgumentException if a row has another number of values than the header
     */
    public HtmlReport table(String caption, List<String> header, List<? extends List<?>> rows) {
        StringBuilder html = openTable(caption).append("<thead><tr>");
        for (int c = 0; c < header.size(); c++) {
            html.append("<th scope=\"col\"").append(alignment(rows, c)).append('>');
            html.append(escape(header.get(c))).append("</th>");
        }
        html.append("</tr></thead>\n<tbody>\n");
        for (List<?> row : rows) {
            if (row.size() != header.size()) {
                throw new IllegalArgumentException("a row of the table has " + row.size()
                        + " values but the header has " + header.size() + " columns");
            }
            html.append("<tr>");
            for (int c = 0; c < row.size(); c++) {
                html.append("<td")
                        .append(alignment(rows, c))
                        .append('>')
                        .append(cell(row.get(c)))
                        .append("</td>");
            }
            html.append("</tr>\n");
        }
        return plus(html.append("</tbody></table></div>\n").toString());
    }

    private static String alignment(List<? extends List<?>> rows, int column) {
        boolean numbers = !rows.isEmpty()
                && rows.stream().allMatch(row -> column < row.size() && row.get(column) instanceof Number);
        return numbers ? " class=\"number\"" : "";
    }

    private static StringBuilder openTable(String caption) {
        return new StringBuilder("<div class=\"scroll\"><table>\n")
                .append(caption.isEmpty() ? "" : "<caption>" + escape(caption) + "</caption>\n");
    }

    private static String cell(@Nullable Object value) {
        if (value instanceof Double || value instanceof Float) {
            return escape(Numbers.text(((Number) value).doubleValue()));
        }
        return value == null ? "" : escape(value.toString()).replace("\n", "<br>");
    }

    /**
     * Adds a table of what is known about a scene: shape, wavelengths, quantity, precision, valid pixels, georeference and
     * provenance. Counting the valid pixels passes over the whole cube unless that was done before.
     *
     * @param cube the scene
     * @return new report
     */
    public HtmlReport scene(Cube cube) {
        Map<String, Object> facts = new LinkedHashMap<>();
        if (!cube.name().isEmpty()) {
            facts.put("Name", cube.name());
        }
        facts.put("Rows", cube.rows());
        facts.put("Columns", cube.columns());
        facts.put("Bands", bands(cube));
        facts.put("Wavelengths", cube.wavelengths().map(HtmlReport::grid).orElse("unknown"));
        facts.put("Samples", cube.samples());
        facts.put("Quantity", words(cube.quantity()));
        facts.put("Precision", words(cube.precision()));
        int valid = cube.validMask().count();
        facts.put("Valid pixels", valid + " of " + cube.pixels() + " (" + percent(valid, cube.pixels()) + ")");
        facts.put("Masked pixels", cube.pixels() - valid);
        cube.noDataValue().ifPresent(v -> facts.put("No-data value", v));
        facts.put("Georeference", cube.geoReference().map(HtmlReport::place).orElse("none"));
        if (!cube.provenance().isEmpty()) {
            facts.put("Provenance", String.join("\n", cube.provenance()));
        }
        return facts("Scene", facts);
    }

    /**
     * Adds what there is to know about a scene before anything is done with it: the table of {@link #scene}, a quick-look, the
     * minimum noise fractions in false colour, the signal-to-noise ratio of each band, and how the spectra scatter. What
     * cannot be drawn (no valid pixel, no neighbours to tell the noise from, a memory limit) is left out with a sentence that
     * says why. Costs 4 B<sup>2</sup> flops a pixel.
     *
     * @param cube the scene
     * @param context threads, progress, cancellation and memory limit
     * @return new report
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public HtmlReport overview(Cube cube, RunContext context) {
        HtmlReport report = scene(cube).figure("The scene.", QuickLook.of(cube.masked(cube.validMask())));
        try {
            MeanScatter statistics = MeanScatter.of(cube, context);
            NoiseCovariance noise = NoiseCovariance.shiftDifference(cube, context);
            ComponentTransform mnf =
                    Mnf.withDefaults().withComponents(Math.min(3, cube.bands())).fit(statistics, noise);
            QuickLook look = QuickLook.ofComponents(cube, mnf, "MNF false colour", context);
            return report.figure(
                            "The three components with the largest ratio of signal to noise, as red, green and blue.",
                            look)
                    .figure(
                            "Signal-to-noise ratio of each band; the noise is half the variance of the differences of"
                                    + " neighbouring pixels.",
                            SpectraPlot.of(SnrReport.of(statistics, noise.deviation()), cube.wavelengths()))
                    .figure("The spectra of the scene.", SpreadPlot.of(cube).withQuantiles(0.05, 0.95));
        } catch (IllegalArgumentException e) {
            return report.paragraph("Noise and components are left out: " + e.getMessage() + ".");
        }
    }

    /**
     * Adds a method with the value of each of its options.
     *
     * @param method the method
     * @return new report
     */
    public HtmlReport method(Method method) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("Method", method.name());
        facts.put("Summary", method.summary());
        facts.put("Reference", method.reference());
        for (Options.Option option : Options.of(method)) {
            facts.put("Option " + option.name(), option.value());
        }
        return facts("Method: " + method.role().replace('-', ' '), facts);
    }

    /**
     * Adds where a report comes from: the version of this library, the Java runtime, the system, threads and seed of the run,
     * the time, and each input with its path, size and time of change.
     *
     * @param context how the computation ran
     * @param inputs files that were read; one that has gone is listed without size and time
     * @return new report
     */
    public HtmlReport provenance(RunContext context, List<Path> inputs) {
        Map<String, Object> facts = new LinkedHashMap<>();
        String version = HtmlReport.class.getPackage().getImplementationVersion();
        facts.put("hsi4j", version == null ? "(unpackaged)" : version);
        facts.put("Java", System.getProperty("java.vm.name", "") + " " + Runtime.version());
        facts.put("System", System.getProperty("os.name", "") + " " + System.getProperty("os.arch", ""));
        facts.put("Threads", context.parallelism());
        facts.put("Seed", context.seed());
        facts.put("Written", Instant.now().truncatedTo(ChronoUnit.SECONDS));
        for (int i = 0; i < inputs.size(); i++) {
            facts.put(inputs.size() == 1 ? "Input" : "Input " + (i + 1), input(inputs.get(i)));
        }
        return facts("Provenance", facts);
    }

    private static String input(Path file) {
        try {
            return file + "\n" + Files.size(file) + " bytes, changed "
                    + Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.SECONDS);
        } catch (IOException e) {
            return file.toString();
        }
    }

    private static String bands(Cube cube) {
        long bad = java.util.stream.IntStream.range(0, cube.bands())
                .filter(b -> !cube.isGoodBand(b))
                .count();
        return cube.bands() + (bad == 0 ? "" : ", of which " + bad + " are marked bad");
    }

    private static String percent(int part, int whole) {
        return part == whole ? "100 %" : Numbers.text(Math.min(99.99, 100.0 * part / whole)) + " %";
    }

    private static String grid(Wavelengths w) {
        return Numbers.text(w.min()) + " to " + Numbers.text(w.max()) + " nm" + (w.hasFwhm() ? ", FWHM known" : "");
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }

    private static String place(GeoReference g) {
        return g.projection()
                + (g.zone() == 0 ? "" : " zone " + g.zone() + (g.north() ? " N" : " S"))
                + (g.datum().isEmpty() ? "" : ", " + g.datum())
                + ", upper left corner at " + g.x() + ", " + g.y()
                + ", pixels of " + g.pixelWidth() + " x " + g.pixelHeight()
                + (g.units().isEmpty() ? "" : " " + g.units())
                + (g.rotation() == 0 ? "" : ", rotated by " + g.rotation() + " degrees");
    }

    /**
     * Adds a table of how a computation went.
     *
     * @param caption which computation
     * @param diagnostics its diagnostics
     * @return new report
     */
    public HtmlReport diagnostics(String caption, Diagnostics diagnostics) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("Converged", diagnostics.converged() ? "yes" : "no");
        facts.put("Iterations", diagnostics.iterations());
        facts.put("Time", Numbers.text(diagnostics.elapsed().toNanos() / 1e9) + " s");
        facts.putAll(diagnostics.figures());
        if (!diagnostics.notes().isEmpty()) {
            facts.put("Notes", String.join("\n", diagnostics.notes()));
        }
        return facts(caption, facts);
    }

    /**
     * Draws a picture and adds it; its description stands in for it where it cannot be seen.
     *
     * @param caption written below the picture
     * @param picture the picture
     * @return new report
     */
    public HtmlReport figure(String caption, Picture picture) {
        return figure(caption, picture.description(), picture.image());
    }

    /**
     * Draws the pictures of a result and adds them.
     *
     * @param result the result
     * @return new report
     */
    public HtmlReport figures(Illustrated result) {
        HtmlReport report = this;
        for (Figure figure : result.figures()) {
            report = report.figure(figure.caption(), figure.picture());
        }
        return report;
    }

    /**
     * Adds an image.
     *
     * @param caption written below the image
     * @param description what is to be seen, for those who cannot see it
     * @param image the image, which is encoded at once
     * @return new report
     */
    public HtmlReport figure(String caption, String description, BufferedImage image) {
        return plus("<figure><img width=\"" + image.getWidth() + "\" height=\"" + image.getHeight() + "\" alt=\""
                + escape(description) + "\" src=\"data:image/png;base64," + base64(image) + "\"><figcaption>"
                + escape(caption) + "</figcaption></figure>\n");
    }

    private static String base64(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            Png.encode(image, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** Makes any text safe between tags and in quoted attributes. */
    private static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(isCharacter(c) ? c : 0xFFFD);
            }
        });
        return safe.toString();
    }

    /** HTML has no place for control characters, and UTF-8 none for half a surrogate pair. */
    private static boolean isCharacter(int c) {
        return c == '\n' || c == '\t' || (!Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE);
    }

    /**
     * The page.
     *
     * @return the whole file as text
     */
    public String html() {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" + escape(title)
                + "</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n<main>\n<h1>" + escape(title) + "</h1>\n"
                + String.join("", parts) + "</main>\n</body>\n</html>\n";
    }

    /**
     * The page in a frame of its own, for a page that shows more than this report: a notebook. Neither page changes how the
     * other looks.
     *
     * <pre>{@code
     * display("text/html", report.frame(600)); // in a notebook; the order of the two depends on its kernel
     * }</pre>
     *
     * @param height height of the frame in pixels, at least one; the report scrolls in it, and is as wide as there is room
     * @return an {@code iframe} element with the whole page in it
     * @throws IllegalArgumentException if the height is smaller than one
     */
    public String frame(int height) {
        if (height < 1) {
            throw new IllegalArgumentException("a frame is at least one pixel high, not " + height);
        }
        return "<iframe title=\"" + escape(title) + "\" style=\"width: 100%; height: " + height
                + "px; border: 1px solid #d9dee4; border-radius: 4px\" srcdoc=\"" + escape(html()) + "\"></iframe>\n";
    }

    /**
     * Writes the page as UTF-8. The file is written beside its target and moved into place.
     *
     * @param file the target, replaced when it exists; its folder must exist
     * @throws IOException if the file cannot be written; a file that was there before is then unchanged
     */
    public void write(Path file) throws IOException {
        byte[] bytes = html().getBytes(StandardCharsets.UTF_8);
        Replacement.write(file, out -> out.write(bytes));
    }

    @Override
    public String toString() {
        return "report '" + title + "' of " + parts.size() + " parts";
    }
}
