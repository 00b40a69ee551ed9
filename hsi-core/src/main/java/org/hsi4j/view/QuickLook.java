package org.hsi4j.view;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Region;
import org.hsi4j.Wavelengths;
import org.hsi4j.run.RunContext;
import org.hsi4j.transform.ComponentTransform;
import org.hsi4j.transform.Mnf;
import org.jspecify.annotations.Nullable;

/**
 * What a scene looks like: three bands as red, green and blue.
 *
 * <p><b>Bands.</b> By default true colour: the good bands nearest to 640, 550 and 460 nm, when there is one within 40 nm of
 * each. Otherwise (a sensor without visible bands, or no wavelengths) false colour: of the good bands, ordered by wavelength or by number,
 * those at five sixths, the middle and one sixth. {@link #withColorInfrared()} and {@link #withBands} choose others;
 * {@link #bands()} says which they are. {@link #mnf} shows components in place of bands.
 *
 * <p><b>Stretch.</b> In each band the 2nd percentile of the valid pixels becomes 0 and the 98th becomes 255, linearly between
 * and clipped beyond; a constant band becomes medium grey.
 *
 * <p><b>Invalid pixels</b> are hatched in light grey. Only the three bands are read, so a pixel is drawn as invalid when the cube's mask
 * excludes it or one of the three samples is missing; {@code QuickLook.of(cube.masked(cube.validMask()))} reads all bands
 * and shows all of them.
 *
 * <p><b>Size.</b> A scene whose longer side has more than 2000 pixels is thinned out: of every n x n pixels the middle one is
 * read, drawn and counted in the stretch; rows in between are not read. A small scene is enlarged by a whole factor until its
 * longer side has at least 400 pixels. Memory: 16 bytes a pixel of the picture. Immutable and thread-safe.
 *
 * <pre>{@code
 * QuickLook.of(scene).withMarks(detected, Color.MAGENTA).writePng(Path.of("scene.png"));
 * }</pre>
 */
public final class QuickLook implements Picture {
    private static final double[] TRUE_COLOR = {640, 550, 460};
    private static final double[] COLOR_INFRARED = {860, 650, 550};
    private static final double REACH = 40;

    private final Cube cube;
    private final @Nullable Cube stretched;
    private final String part;
    private final int[] bands;
    private final String kind;
    private final double lowPercent;
    private final double highPercent;
    private final int minimumSide;
    private final int maximumSide;
    private final List<Drawing.Mark> marks;

    private QuickLook(
            Cube cube,
            @Nullable Cube stretched,
            String part,
            int[] bands,
            String kind,
            double lowPercent,
            double highPercent,
            int minimumSide,
            int maximumSide,
            List<Drawing.Mark> marks) {
        this.cube = cube;
        this.stretched = stretched;
        this.part = part;
        this.bands = bands;
        this.kind = kind;
        this.lowPercent = lowPercent;
        this.highPercent = highPercent;
        this.minimumSide = minimumSide;
        this.maximumSide = maximumSide;
        this.marks = marks;
    }

    /**
     * A quick-look in true colour, or in false colour where the scene has no visible bands.
     *
     * @param cube the scene
     * @return the picture, not drawn yet
     */
    public static QuickLook of(Cube cube) {
        int[] visible = byWavelength(cube, TRUE_COLOR);
        return visible.length > 0
                ? new QuickLook(cube, null, "band", visible, "true colour", 2, 98, 400, 2000, List.of())
                : new QuickLook(cube, null, "band", spread(cube), "false colour", 2, 98, 400, 2000, List.of());
    }

    /**
     * False colour by minimum noise fraction: the three components with the largest ratio of signal to noise as red, green and
     * blue, which shows what differs in the scene whatever its brightness. The noise is that of the shift difference.
     *
     * @param cube the scene
     * @param context threads, progress and cancellation
     * @return the picture, whose components are computed but which is not drawn yet; 24 bytes a pixel
     * @throws IllegalArgumentException if the scene has no valid pixels, or too few neighbours to tell the noise from
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static QuickLook mnf(Cube cube, RunContext context) {
        Mnf mnf = Mnf.withDefaults().withComponents(Math.min(3, cube.bands()));
        return ofComponents(cube, mnf.fit(cube, context), "MNF false colour", context);
    }

    /**
     * False colour by the first three components of a transform; one with fewer repeats its last.
     *
     * @param cube the scene
     * @param transform the components, of principal components for example
     * @param kind what the picture is called
     * @param context threads, progress and cancellation
     * @return the picture, whose components are computed but which is not drawn yet
     * @throws IllegalArgumentException if the transform is of another number of bands
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static QuickLook ofComponents(Cube cube, ComponentTransform transform, String kind, RunContext context) {
        Cube components = transform.apply(cube, context);
        int last = components.bands() - 1;
        int[] first = {0, Math.min(1, last), Math.min(2, last)};
        return new QuickLook(components, null, "component", first, kind, 2, 98, 400, 2000, List.of());
    }

    /** The good bands nearest to some wavelengths; none when one of them is out of reach. */
    private static int[] byWavelength(Cube cube, double[] wanted) {
        return cube.wavelengths()
                .map(grid -> Arrays.stream(wanted)
                        .mapToObj(nm -> nearestGood(cube, grid, nm))
                        .flatMapToInt(OptionalInt::stream)
                        .toArray())
                .filter(found -> found.length == wanted.length)
                .orElse(new int[0]);
    }

    private static OptionalInt nearestGood(Cube cube, Wavelengths grid, double nanometres) {
        return goodBands(cube)
                .filter(b -> Math.abs(grid.at(b) - nanometres) <= REACH)
                .boxed()
                .min(Comparator.comparingDouble(b -> Math.abs(grid.at(b) - nanometres)))
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    private static IntStream goodBands(Cube cube) {
        return IntStream.range(0, cube.bands()).filter(cube::isGoodBand);
    }

    private static int[] spread(Cube cube) {
        List<Integer> good = goodBands(cube).boxed().toList();
        List<Integer> order =
                good.isEmpty() ? IntStream.range(0, cube.bands()).boxed().toList() : good;
        if (cube.wavelengths().isPresent()) {
            Wavelengths grid = cube.wavelengths().get();
            order = order.stream().sorted(Comparator.comparingDouble(grid::at)).toList();
        }
        int n = order.size();
        return new int[] {order.get(5 * n / 6), order.get(n / 2), order.get(n / 6)};
    }

    /**
     * Three bands of the caller's choice, bad ones included.
     *
     * @param red the band shown in red, from zero
     * @param green the band shown in green
     * @param blue the band shown in blue; three times the same band gives a grey picture
     * @return new quick-look
     * @throws IndexOutOfBoundsException if there is no such band
     */
    public QuickLook withBands(int red, int green, int blue) {
        int[] chosen = {red, green, blue};
        for (int b : chosen) {
            Objects.checkIndex(b, cube.bands());
        }
        return new QuickLook(
                cube,
                stretched,
                part,
                chosen,
                "chosen bands",
                lowPercent,
                highPercent,
                minimumSide,
                maximumSide,
                marks);
    }

    /**
     * Colour infrared, in which plants are red: the good bands nearest to 860, 650 and 550 nm.
     *
     * @return new quick-look
     * @throws IllegalArgumentException if the scene has no good band within 40 nm of one of them
     */
    public QuickLook withColorInfrared() {
        int[] found = byWavelength(cube, COLOR_INFRARED);
        if (found.length == 0) {
            throw new IllegalArgumentException(
                    "colour infrared needs good bands within 40 nm of 860, 650 and 550 nm; the scene is a " + cube);
        }
        return new QuickLook(
                cube,
                stretched,
                part,
                found,
                "colour infrared",
                lowPercent,
                highPercent,
                minimumSide,
                maximumSide,
                marks);
    }

    /**
     * Other percentiles of the stretch.
     *
     * @param low percentile that becomes 0, from 0; 2 by default
     * @param high percentile that becomes 255, to 100; 98 by default
     * @return new quick-look
     * @throws IllegalArgumentException if they do not rise or lie outside 0 to 100
     */
    public QuickLook withStretch(double low, double high) {
        ValueRange.checkPercentiles(low, high);
        return new QuickLook(cube, stretched, part, bands, kind, low, high, minimumSide, maximumSide, marks);
    }

    /**
     * The stretch of another scene, which makes the two comparable: one before a change, for example.
     *
     * @param other a scene with as many bands; its own percentiles count
     * @return new quick-look
     * @throws IllegalArgumentException if the number of bands differs
     */
    public QuickLook withStretchOf(Cube other) {
        if (other.bands() != cube.bands()) {
            throw new IllegalArgumentException("the scene to take the stretch from has " + other.bands()
                    + " bands but the scene shown has " + cube.bands());
        }
        return new QuickLook(cube, other, part, bands, kind, lowPercent, highPercent, minimumSide, maximumSide, marks);
    }

    /**
     * Other limits of the size.
     *
     * @param minimum a smaller picture is enlarged until its longer side is at least this long; 400 pixels by default, 1 to
     *     enlarge none. A whole factor that would exceed the maximum is reduced
     * @param maximum a larger scene is thinned out until its longer side is at most this long; 2000 pixels by default
     * @return new quick-look
     * @throws IllegalArgumentException if the minimum is smaller than one or greater than the maximum
     */
    public QuickLook withSide(int minimum, int maximum) {
        Scaling.check(minimum, maximum);
        return new QuickLook(cube, stretched, part, bands, kind, lowPercent, highPercent, minimum, maximum, marks);
    }

    /**
     * Outlines pixels: detections, the truth. A picture may have several marks.
     *
     * @param pixels the pixels; none is lost when the scene is thinned out
     * @param color of the line
     * @return new quick-look
     * @throws IllegalArgumentException if the mask has another shape than the scene
     */
    public QuickLook withMarks(Mask pixels, Color color) {
        List<Drawing.Mark> more = Drawing.marked(marks, pixels, color, cube.rows(), cube.columns());
        return new QuickLook(
                cube, stretched, part, bands, kind, lowPercent, highPercent, minimumSide, maximumSide, more);
    }

    /**
     * The bands that are shown.
     *
     * @return red, green and blue, counted from zero
     */
    public List<Integer> bands() {
        return Arrays.stream(bands).boxed().toList();
    }

    /**
     * How the bands were chosen.
     *
     * @return {@code true colour}, {@code false colour}, {@code colour infrared}, {@code MNF false colour}, what
     *     {@link #ofComponents} was told, or {@code chosen bands}
     */
    public String kind() {
        return kind;
    }

    @Override
    public String description() {
        String[] colors = {"red", "green", "blue"};
        String shown = IntStream.range(0, 3)
                .mapToObj(i -> colors[i] + " " + part + " " + bands[i]
                        + cube.wavelengths()
                                .map(w -> " (" + Numbers.text(w.at(bands[i])) + " nm)")
                                .orElse(""))
                .collect(Collectors.joining(", "));
        String note = scaling().note();
        return (cube.name().isEmpty() ? "Scene" : cube.name()) + " in " + kind + ": " + shown
                + (note.isEmpty() ? "" : "; " + note);
    }

    private Scaling scaling() {
        return Scaling.fit(cube.rows(), cube.columns(), minimumSide, maximumSide);
    }

    @Override
    public BufferedImage image() {
        Scaling scaling = scaling();
        float[][] channels = read(cube, scaling);
        Cube other = stretched;
        float[][] reference = other == null
                ? channels
                : read(other, Scaling.fit(other.rows(), other.columns(), minimumSide, maximumSide));
        int[] pixels = new int[channels[0].length];
        for (int k = 0; k < 3; k++) {
            float[] channel = channels[k];
            ValueRange range = ValueRange.ofPercentiles(finite(reference[k]), lowPercent, highPercent);
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = pixels[i] << 8 | (int) Math.round(255 * range.position(channel[i]));
            }
        }
        BufferedImage image = new BufferedImage(scaling.width(), scaling.height(), BufferedImage.TYPE_INT_RGB);
        int width = scaling.sampledColumns();
        for (int i = 0; i < pixels.length; i++) {
            Drawing.fill(image, scaling.zoom(), i / width, i % width, !Float.isNaN(channels[0][i]), pixels[i]);
        }
        Drawing.outline(image, scaling, marks);
        return image;
    }

    /** The sampled pixels of the three bands, an invalid one being NaN in all of them. */
    private float[][] read(Cube scene, Scaling scaling) {
        Cube shown = scene.selectBands(bands);
        int width = scaling.sampledColumns();
        float[][] channels = new float[3][scaling.sampledRows() * width];
        double[][] row = new double[3][scene.columns()];
        for (int i = 0; i < scaling.sampledRows(); i++) {
            shown.read(new Region(scaling.sourceRow(i), 0, 1, scene.columns()), row);
            for (int j = 0; j < width; j++) {
                int c = scaling.sourceColumn(j);
                boolean valid = !Double.isNaN(row[0][c] + row[1][c] + row[2][c]);
                for (int k = 0; k < 3; k++) {
                    channels[k][i * width + j] = valid ? (float) row[k][c] : Float.NaN;
                }
            }
        }
        return channels;
    }

    private static double[] finite(float[] channel) {
        return IntStream.range(0, channel.length)
                .filter(i -> Float.isFinite(channel[i]))
                .mapToDouble(i -> channel[i])
                .toArray();
    }

    @Override
    public String toString() {
        return description();
    }
}
