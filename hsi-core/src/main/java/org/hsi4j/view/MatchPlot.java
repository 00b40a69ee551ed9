package org.hsi4j.view;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hsi4j.Endmembers;
import org.hsi4j.SpectralLibrary;
import org.hsi4j.Spectrum;

/**
 * Endmembers beside the spectra of a library that resemble them most: one small plot each, with the name of the match and the
 * angle between the two in its title.
 *
 * <p>What counts as a match says {@link LibraryMatch}. The match is resampled to the bands of the endmember and
 * scaled to it, because the angle is blind to brightness. Of more than 24 endmembers the first 24 are drawn. The library is
 * searched when the plot is made. Immutable and thread-safe.
 *
 * <pre>{@code
 * MatchPlot.of(endmembers, minerals).writePng(Path.of("matches.png"));
 * }</pre>
 */
public final class MatchPlot implements Picture {
    private static final int MOST = 24;
    private static final int WIDTH = 620;
    private static final int HEIGHT = 340;

    private final Endmembers endmembers;
    private final List<Optional<LibraryMatch>> matches;
    private final String valueLabel;

    private MatchPlot(Endmembers endmembers, List<Optional<LibraryMatch>> matches, String valueLabel) {
        this.endmembers = endmembers;
        this.matches = matches;
        this.valueLabel = valueLabel;
    }

    /**
     * A plot of endmembers and their best matches.
     *
     * @param endmembers the spectra
     * @param library where to look them up
     * @return the plot, not drawn yet
     * @throws IllegalArgumentException if one of the two has no wavelengths and the numbers of bands differ
     */
    public static MatchPlot of(Endmembers endmembers, SpectralLibrary library) {
        List<Optional<LibraryMatch>> matches = endmembers.spectra().stream()
                .map(e -> LibraryMatch.best(e, library))
                .toList();
        return new MatchPlot(endmembers, matches, "value");
    }

    /**
     * What the values are.
     *
     * @param label written along the upright axes; {@code value} by default
     * @return new plot
     */
    public MatchPlot withValueLabel(String label) {
        return new MatchPlot(endmembers, matches, Objects.requireNonNull(label, "label"));
    }

    /**
     * The matches, one an endmember.
     *
     * @return empty where no spectrum of the library can be compared
     */
    public List<Optional<LibraryMatch>> matches() {
        return matches;
    }

    @Override
    public String description() {
        return "Endmembers and the library spectra that resemble them most: "
                + IntStream.range(0, shown()).mapToObj(this::title).collect(Collectors.joining("; "));
    }

    private int shown() {
        return Math.min(MOST, endmembers.count());
    }

    private String title(int k) {
        return LineChart.shorten(endmembers.get(k).name(), 24) + ": "
                + matches.get(k)
                        .map(m -> LineChart.shorten(m.name().strip(), 40) + ", " + Numbers.text(m.degrees(), 0.1) + "°")
                        .orElse("no match");
    }

    @Override
    public BufferedImage image() {
        return draw(Lettering.available());
    }

    BufferedImage draw(boolean letters) {
        int count = shown();
        int columns = Math.min(2, count);
        BufferedImage sheet = Drawing.blank(columns * WIDTH, (count + columns - 1) / columns * HEIGHT);
        Graphics2D g = Drawing.graphics(sheet);
        for (int k = 0; k < count; k++) {
            g.drawImage(chart(k, letters), k % columns * WIDTH, k / columns * HEIGHT, null);
        }
        g.dispose();
        return sheet;
    }

    private BufferedImage chart(int k, boolean letters) {
        Spectrum endmember = endmembers.get(k);
        boolean overWavelength = endmember.wavelengths().isPresent();
        List<Curve> lines = new ArrayList<>();
        lines.add(Curve.of("endmember", endmember, overWavelength, 0));
        matches.get(k)
                .ifPresent(m -> lines.add(Curve.of(
                        "library",
                        overWavelength
                                ? m.spectrum()
                                        .withWavelengths(endmember.wavelengths().orElseThrow())
                                : m.spectrum(),
                        overWavelength,
                        1)));
        String axis = overWavelength ? "wavelength (nm)" : "band";
        return LineChart.of(title(k), axis, valueLabel, WIDTH, HEIGHT)
                .withLegendBelow()
                .draw(lines, letters);
    }

    @Override
    public String toString() {
        return description();
    }
}
