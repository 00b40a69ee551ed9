package org.hsi4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A hyperspectral scene: rows x columns pixels of the same bands, with what is known about them.
 *
 * <p>A cube is immutable and thread-safe. {@link #crop}, {@link #selectBands}, {@link #dropBadBands}, {@link #scaled},
 * {@link #masked} and {@link #withMissingSamples} give views that share the samples and keep all metadata right. Whether the samples lie on the heap or in
 * a mapped file cannot be told from outside, and a scene larger than the heap works in every method that goes through it
 * tile by tile ({@link #read(int, int, PixelTile)}).
 *
 * <p><b>Invalid pixels.</b> A pixel is invalid when the mask excludes it, or when its sample in any band of this cube is
 * NaN, infinite or equal to the no-data value. An invalid pixel never enters a statistic and is NaN in every result.
 *
 * <pre>{@code
 * Cube scene = Cubes.read(Path.of("jasper.hdr")).dropBadBands();
 * Cube corner = scene.crop(new Region(0, 0, 50, 40));
 * Spectrum pixel = corner.spectrum(10, 20);
 * }</pre>
 */
public final class Cube {
    private final SampleSource source;
    private final Region window;
    private final int[] sourceBands;
    private final Info info;
    private volatile @Nullable Mask valid;

    /** All that is known about the samples, in terms of this cube's own bands and pixels. */
    @SuppressWarnings("ArrayRecordComponent") // private, never handed out and never compared
    private record Info(
            String name,
            Quantity quantity,
            @Nullable Wavelengths wavelengths,
            @Nullable List<String> bandNames,
            boolean @Nullable [] goodBands,
            double @Nullable [] gain,
            double @Nullable [] offset,
            double noData,
            @Nullable Mask mask,
            @Nullable GeoReference geoReference,
            List<String> provenance) {}

    private Cube(SampleSource source, Region window, int[] sourceBands, Info info) {
        this.source = source;
        this.window = window;
        this.sourceBands = sourceBands;
        this.info = info;
    }

    /**
     * A builder for a cube on the heap; samples not set are zero.
     *
     * @param rows rows of the image
     * @param columns columns of the image
     * @param bands number of bands
     * @param precision how the samples are kept
     * @return the builder
     * @throws IllegalArgumentException if a count is smaller than one or there are more than 2<sup>31</sup>-1 pixels
     */
    public static Builder builder(int rows, int columns, int bands, Precision precision) {
        int n = Mask.pixels(rows, columns);
        if (bands < 1) {
            throw new IllegalArgumentException("a cube has at least one band, not " + bands);
        }
        return precision == Precision.FLOAT
                ? new Builder(new FloatPlanes(rows, columns, new float[bands][n]))
                : new Builder(new DoublePlanes(rows, columns, new double[bands][n]));
    }

    /**
     * A builder for a cube whose samples are read from elsewhere when they are needed.
     *
     * @param source where the samples come from
     * @return the builder
     * @throws IllegalArgumentException if the source has no sample or more than 2<sup>31</sup>-1 pixels
     */
    public static Builder builder(SampleSource source) {
        Mask.pixels(source.rows(), source.columns());
        if (source.bands() < 1) {
            throw new IllegalArgumentException("a cube has at least one band, not " + source.bands());
        }
        return new Builder(source);
    }

    /**
     * A builder for a cube on the heap with the shape, precision and metadata of another: where the result of a restoration
     * goes. The mask and the no-data value are not taken over; pixels that are never put are NaN.
     *
     * @param like the other cube
     * @return the builder
     */
    public static Builder builderLike(Cube like) {
        Builder b = builder(like.rows(), like.columns(), like.bands(), like.precision());
        b.fillWithNaN();
        return like.describe(b);
    }

    /**
     * A builder for a cube whose samples are read from elsewhere, with the metadata of another of the same shape: for a
     * result that is computed when it is read. The mask and the no-data value are not taken over.
     *
     * @param like the other cube
     * @param source where the samples come from, in physical units; NaN means no data
     * @return the builder
     * @throws IllegalArgumentException if the source has another shape
     */
    public static Builder builderLike(Cube like, SampleSource source) {
        if (source.rows() != like.rows() || source.columns() != like.columns() || source.bands() != like.bands()) {
            throw new IllegalArgumentException("the source is " + source.rows() + "x" + source.columns() + "x"
                    + source.bands() + " but the cube is " + like.rows() + "x" + like.columns() + "x" + like.bands());
        }
        return like.describe(builder(source));
    }

    /**
     * A builder for a cube on the heap with the rows and columns of another, but bands of its own: where components,
     * resampled or derived bands go. Name, georeference and provenance are taken over; pixels never put are NaN.
     *
     * @param like the other cube
     * @param bands number of bands
     * @param precision how the samples are kept
     * @return the builder
     * @throws IllegalArgumentException if the number of bands is smaller than one
     */
    public static Builder builderLike(Cube like, int bands, Precision precision) {
        Builder b = builder(like.rows(), like.columns(), bands, precision).name(like.name());
        b.fillWithNaN();
        like.geoReference().ifPresent(b::geoReference);
        like.provenance().forEach(b::provenance);
        return b;
    }

    /**
     * A cube on the heap from band planes, without metadata; the values are copied.
     *
     * @param rows rows of the image
     * @param columns columns of the image
     * @param planes {@code planes[band][row * columns + column]}
     * @return the cube, in float64
     * @throws IllegalArgumentException if there is no band or a plane is not rows times columns long
     */
    public static Cube of(int rows, int columns, double[][] planes) {
        Builder b = builder(rows, columns, planes.length, Precision.DOUBLE);
        for (int band = 0; band < planes.length; band++) {
            b.plane(band, planes[band]);
        }
        return b.build();
    }

    /**
     * Number of rows.
     *
     * @return at least one
     */
    public int rows() {
        return window.rows();
    }

    /**
     * Number of columns.
     *
     * @return at least one
     */
    public int columns() {
        return window.columns();
    }

    /**
     * Number of bands.
     *
     * @return at least one
     */
    public int bands() {
        return sourceBands.length;
    }

    /**
     * Number of pixels, valid or not.
     *
     * @return rows times columns
     */
    public int pixels() {
        return rows() * columns();
    }

    /**
     * Number of samples.
     *
     * @return pixels times bands
     */
    public long samples() {
        return (long) pixels() * bands();
    }

    /**
     * Name of the scene.
     *
     * @return the name, empty when there is none
     */
    public String name() {
        return info.name;
    }

    /**
     * What the samples measure.
     *
     * @return the quantity
     */
    public Quantity quantity() {
        return info.quantity;
    }

    /**
     * The precision that keeps every raw sample, before scale and offset, exactly.
     *
     * @return float or double
     */
    public Precision precision() {
        return source.precision();
    }

    /**
     * Centre wavelengths of the bands.
     *
     * @return empty when unknown
     */
    public Optional<Wavelengths> wavelengths() {
        return Optional.ofNullable(info.wavelengths);
    }

    /**
     * Names of the bands.
     *
     * @return empty when unknown
     */
    public Optional<List<String>> bandNames() {
        return Optional.ofNullable(info.bandNames);
    }

    /**
     * Whether a band is good; every band is where nothing is known.
     *
     * @param band the band
     * @return false when the bad-band list excludes it
     * @throws IndexOutOfBoundsException if there is no such band
     */
    public boolean isGoodBand(int band) {
        Objects.checkIndex(band, bands());
        return info.goodBands == null || info.goodBands[band];
    }

    /**
     * The value that stands for "no data" in the raw samples, before scale and offset.
     *
     * @return empty when there is none
     */
    public OptionalDouble noDataValue() {
        return Double.isNaN(info.noData) ? OptionalDouble.empty() : OptionalDouble.of(info.noData);
    }

    /**
     * Where the scene lies.
     *
     * @return empty when unknown
     */
    public Optional<GeoReference> geoReference() {
        return Optional.ofNullable(info.geoReference);
    }

    /**
     * Where the cube comes from and what was done to it, a line a step; guesses a reader made are among them.
     *
     * @return the lines, oldest first
     */
    public List<String> provenance() {
        return info.provenance;
    }

    /**
     * The pixels that the mask admits. Some of them may be invalid all the same, for want of a sample: {@link #validMask} tells.
     *
     * @return empty when there is no mask, and all pixels are admitted
     */
    public Optional<Mask> mask() {
        return Optional.ofNullable(info.mask);
    }

    /**
     * The source of the samples, where this cube shows all of it as it is: not cropped, selected, scaled or masked. What reads
     * the source in place of the cube sees the no-data value and infinities as they are stored.
     *
     * @return empty when the samples are not those of a source
     */
    public Optional<SampleSource> plainSource() {
        boolean whole = rows() == source.rows() && columns() == source.columns() && bands() == source.bands();
        boolean inOrder = Arrays.equals(sourceBands, allBands());
        boolean asTheyAre = info.gain == null && info.offset == null && info.mask == null;
        return whole && inOrder && asTheyAre ? Optional.of(source) : Optional.empty();
    }

    /**
     * One sample in physical units.
     *
     * @param row the pixel's row
     * @param column the pixel's column
     * @param band the band
     * @return the sample; NaN when the mask excludes the pixel or this sample is no data
     * @throws IndexOutOfBoundsException if there is no such sample
     */
    public double value(int row, int column, int band) {
        Objects.checkIndex(row, rows());
        Objects.checkIndex(column, columns());
        Objects.checkIndex(band, bands());
        double[][] one = new double[1][1];
        readWithNaN(row * columns() + column, 1, new int[] {band}, one, 0);
        return one[0][0];
    }

    /**
     * The spectrum of one pixel in physical units.
     *
     * @param row the pixel's row
     * @param column the pixel's column
     * @return the spectrum, named {@code (row, column)}; NaN in bands without data, and in all of them when the mask excludes
     *     the pixel
     * @throws IndexOutOfBoundsException if there is no such pixel
     */
    public Spectrum spectrum(int row, int column) {
        Objects.checkIndex(row, rows());
        Objects.checkIndex(column, columns());
        double[][] planes = new double[bands()][1];
        read(new Region(row, column, 1, 1), planes);
        double[] values = new double[bands()];
        for (int b = 0; b < values.length; b++) {
            values[b] = planes[b][0];
        }
        Spectrum s = Spectrum.of(values).named("(" + row + ", " + column + ")");
        return info.wavelengths == null ? s : s.withWavelengths(info.wavelengths);
    }

    /**
     * A copy of one band in physical units.
     *
     * @param band the band
     * @return rows x columns values, row by row; NaN where the mask excludes the pixel or the sample is no data
     * @throws IndexOutOfBoundsException if there is no such band
     */
    public double[] plane(int band) {
        double[][] planes = new double[1][pixels()];
        int[] one = {Objects.checkIndex(band, bands())};
        readWithNaN(0, pixels(), one, planes, 0);
        return planes[0];
    }

    /**
     * Reads a rectangle of all bands in physical units; what methods use that look at neighbours.
     *
     * @param region lies inside the cube
     * @param planes one array a band, at least as long as the region has pixels; filled row by row. NaN where the mask
     *     excludes the pixel or the sample is no data
     * @throws IllegalArgumentException if the region reaches beyond the cube or the arrays do not fit
     */
    public void read(Region region, double[][] planes) {
        checkInside(region);
        if (planes.length != bands()) {
            throw new IllegalArgumentException(planes.length + " arrays given for " + bands() + " bands");
        }
        for (double[] plane : planes) {
            if (plane.length < region.pixels()) {
                throw new IllegalArgumentException(
                        "an array of " + plane.length + " cannot hold a region of " + region.pixels() + " pixels");
            }
        }
        int[] all = allBands();
        for (int r = 0; r < region.rows(); r++) {
            int first = (region.row() + r) * columns() + region.column();
            readWithNaN(first, region.columns(), all, planes, r * region.columns());
        }
    }

    /**
     * Reads the valid ones of a run of pixels in physical units; what methods use that look at pixels one by one.
     *
     * @param first number of the first pixel, {@code row * columns + column}
     * @param count number of pixels, which may run over several rows
     * @param tile receives them; as many bands as this cube, capacity of at least {@code count}
     * @throws IllegalArgumentException if the tile has another number of bands or is too small
     * @throws IndexOutOfBoundsException if the run reaches beyond the cube
     */
    public void read(int first, int count, PixelTile tile) {
        Objects.checkFromIndexSize(first, count, pixels());
        if (tile.bands() != bands() || tile.capacity() < count) {
            throw new IllegalArgumentException("a tile of " + tile.bands() + " bands and " + tile.capacity()
                    + " pixels cannot hold " + count + " pixels of " + bands() + " bands");
        }
        if (info.gain == null && info.offset == null && holdNarrow(first, count, tile)) {
            return;
        }
        double[][] planes = tile.toFill();
        readSource(first, count, sourceBands, planes, 0);
        for (int b = 0; b < sourceBands.length; b++) {
            toPhysical(planes[b], 0, count, b);
        }
        tile.holdWide(first, count, info.mask);
    }

    /** Gives a tile the samples in float32, where the source has them so. */
    private boolean holdNarrow(int first, int count, PixelTile tile) {
        if (!(source instanceof FloatPlanes heap) || !isWholeRows()) {
            return false;
        }
        int start = window.row() * columns() + first;
        tile.holdNarrow(first, count, heap.planes, sourceBands, start, info.mask, noDataAsFloat());
        return true;
    }

    /** The no-data value as a sample in float32 can have it; NaN when none can. */
    private float noDataAsFloat() {
        // A decimal like -1.23e34 is not a float: samples kept as float32 hold its nearest float.
        float nearest = (float) info.noData;
        return nearest == 0 && info.noData != 0 ? Float.NaN : nearest;
    }

    private boolean isWholeRows() {
        return window.column() == 0 && columns() == source.columns();
    }

    /**
     * The valid pixels. The first call passes over the whole cube; the answer is kept.
     *
     * @return the mask of valid pixels
     */
    public Mask validMask() {
        Mask known = valid;
        if (known == null) {
            BitSet bits = new BitSet(pixels());
            PixelTile tile = new PixelTile(bands(), PixelTile.capacityFor(bands()));
            for (long first = 0; first < pixels(); first += tile.capacity()) {
                read((int) first, (int) Math.min(tile.capacity(), pixels() - first), tile);
                for (int i = 0; i < tile.size(); i++) {
                    bits.set(tile.pixel(i));
                }
            }
            known = Mask.trusted(rows(), columns(), bits);
            valid = known;
        }
        return known;
    }

    /**
     * The tiles of this cube for methods that look at neighbours.
     *
     * @param side side of a tile's core in pixels
     * @param halo pixels added on each side
     * @return the tiles, row by row
     * @throws IllegalArgumentException if the side is smaller than one or the halo is negative
     */
    public List<Region.HaloTile> tiles(int side, int halo) {
        return Region.tiles(rows(), columns(), side, halo);
    }

    /**
     * A view of a part of the scene; mask and georeference follow.
     *
     * @param region lies inside the cube
     * @return the view
     * @throws IllegalArgumentException if the region reaches beyond the cube
     */
    public Cube crop(Region region) {
        checkInside(region);
        Info i = new Info(
                info.name,
                info.quantity,
                info.wavelengths,
                info.bandNames,
                info.goodBands,
                info.gain,
                info.offset,
                info.noData,
                info.mask == null ? null : info.mask.crop(region),
                info.geoReference == null ? null : info.geoReference.crop(region),
                step("cropped to " + region.rows() + "x" + region.columns() + " at row " + region.row() + ", column "
                        + region.column()));
        Region moved = new Region(
                window.row() + region.row(), window.column() + region.column(), region.rows(), region.columns());
        return new Cube(source, moved, sourceBands, i);
    }

    /**
     * A view of some bands, in the order given.
     *
     * @param bands indices of bands, at least one
     * @return the view
     * @throws IllegalArgumentException if no band is given
     * @throws IndexOutOfBoundsException if there is no such band
     */
    public Cube selectBands(int... bands) {
        return select(bands, "selected " + bands.length + " of " + bands() + " bands");
    }

    /**
     * A view without the bands that the bad-band list excludes.
     *
     * @return the view; this cube when it has no bad band
     * @throws IllegalArgumentException if every band is bad
     */
    public Cube dropBadBands() {
        int[] good = IntStream.range(0, bands()).filter(this::isGoodBand).toArray();
        if (good.length == bands()) {
            return this;
        }
        if (good.length == 0) {
            throw new IllegalArgumentException("every band of the cube is marked bad");
        }
        return select(good, "dropped " + (bands() - good.length) + " bad bands of " + bands());
    }

    private Cube select(int[] bands, String what) {
        if (bands.length == 0) {
            throw new IllegalArgumentException("at least one band must be selected");
        }
        int n = bands.length;
        int[] from = new int[n];
        boolean[] good = info.goodBands == null ? null : new boolean[n];
        double[] gain = info.gain == null ? null : new double[n];
        double[] offset = info.offset == null ? null : new double[n];
        List<String> names = info.bandNames == null ? null : new ArrayList<>(n);
        for (int k = 0; k < n; k++) {
            int b = Objects.checkIndex(bands[k], bands());
            from[k] = sourceBands[b];
            if (good != null && info.goodBands != null) {
                good[k] = info.goodBands[b];
            }
            if (gain != null && info.gain != null) {
                gain[k] = info.gain[b];
            }
            if (offset != null && info.offset != null) {
                offset[k] = info.offset[b];
            }
            if (names != null && info.bandNames != null) {
                names.add(info.bandNames.get(b));
            }
        }
        Info i = new Info(
                info.name,
                info.quantity,
                info.wavelengths == null ? null : info.wavelengths.select(bands),
                names == null ? null : List.copyOf(names),
                good,
                gain,
                offset,
                info.noData,
                info.mask,
                info.geoReference,
                step(what));
        return new Cube(source, window, from, i);
    }

    /**
     * A view with every sample times a gain plus an offset; the no-data value keeps its meaning.
     *
     * @param gain a finite number other than zero
     * @param offset a finite number
     * @return the view
     * @throws IllegalArgumentException if a number is not as described, or is not any more together with the scale the cube
     *     has already
     */
    public Cube scaled(double gain, double offset) {
        if (!Double.isFinite(gain) || gain == 0 || !Double.isFinite(offset)) {
            throw new IllegalArgumentException("cannot scale a cube by " + gain + " and add " + offset);
        }
        double[] g = new double[bands()];
        double[] o = new double[bands()];
        for (int b = 0; b < g.length; b++) {
            g[b] = gain * (info.gain == null ? 1.0 : info.gain[b]);
            o[b] = gain * (info.offset == null ? 0.0 : info.offset[b]) + offset;
            checkScale(b, g[b], o[b]);
        }
        Info i = new Info(
                info.name,
                info.quantity,
                info.wavelengths,
                info.bandNames,
                info.goodBands,
                g,
                o,
                info.noData,
                info.mask,
                info.geoReference,
                step("scaled by " + gain + (offset == 0 ? "" : " plus " + offset)));
        return new Cube(source, window, sourceBands, i);
    }

    /**
     * A view in which only the pixels of a mask may be valid.
     *
     * @param keep the pixels to keep, in addition to the mask that is there
     * @return the view
     * @throws IllegalArgumentException if the mask has another shape
     */
    public Cube masked(Mask keep) {
        checkShape(keep, rows(), columns());
        Info i = new Info(
                info.name,
                info.quantity,
                info.wavelengths,
                info.bandNames,
                info.goodBands,
                info.gain,
                info.offset,
                info.noData,
                info.mask == null ? keep : info.mask.and(keep),
                info.geoReference,
                step("masked to " + keep.count() + " pixels"));
        return new Cube(source, window, sourceBands, i);
    }

    /**
     * A view in which some samples are missing, as NaN: what inpainting methods then fill. The pixels they belong to become invalid;
     * the mask stays as it is.
     *
     * @param missing the samples that are missing, one mask a band
     * @return the view; its samples are in physical units
     * @throws IllegalArgumentException if there are more or fewer masks than bands, or one has another shape
     */
    public Cube withMissingSamples(List<Mask> missing) {
        if (missing.size() != bands()) {
            throw new IllegalArgumentException(missing.size() + " masks given for " + bands() + " bands");
        }
        missing.forEach(gaps -> checkShape(gaps, rows(), columns()));
        long count = missing.stream().mapToLong(Mask::count).sum();
        Info i = new Info(
                info.name,
                info.quantity,
                info.wavelengths,
                info.bandNames,
                info.goodBands,
                null,
                null,
                Double.NaN,
                info.mask,
                info.geoReference,
                step(count + " samples marked as missing"));
        return new Cube(
                new GappedSource(this, List.copyOf(missing)), new Region(0, 0, rows(), columns()), allBands(), i);
    }

    /**
     * A copy on the heap: what is worth doing when a small part of a large file is used often.
     *
     * @param precision how the samples are kept
     * @return a cube with the same values in physical units; samples without data are NaN in it
     */
    public Cube toHeap(Precision precision) {
        Builder b = describe(builder(rows(), columns(), bands(), precision));
        int[] all = allBands();
        double[][] buffer = new double[bands()][PixelTile.capacityFor(bands())];
        for (long first = 0; first < pixels(); first += buffer[0].length) {
            int n = (int) Math.min(buffer[0].length, pixels() - first);
            readWithNaN((int) first, n, all, buffer, 0);
            b.run((int) first, n, buffer);
        }
        return b.build();
    }

    private int[] allBands() {
        return IntStream.range(0, bands()).toArray();
    }

    private Builder describe(Builder b) {
        b.name = info.name;
        b.quantity = info.quantity;
        b.wavelengths = info.wavelengths;
        b.bandNames = info.bandNames;
        b.goodBands = info.goodBands;
        b.geoReference = info.geoReference;
        b.provenance.addAll(info.provenance);
        return b;
    }

    private void checkInside(Region region) {
        if (region.endRow() > rows() || region.endColumn() > columns()) {
            throw new IllegalArgumentException(
                    region + " reaches beyond the cube of " + rows() + "x" + columns() + " pixels");
        }
    }

    private static void checkShape(Mask mask, int rows, int columns) {
        if (mask.rows() != rows || mask.columns() != columns) {
            throw new IllegalArgumentException(
                    "mask is " + mask.rows() + "x" + mask.columns() + " but the cube is " + rows + "x" + columns);
        }
    }

    private static void checkScale(int band, double gain, double offset) {
        if (!Double.isFinite(gain) || gain == 0 || !Double.isFinite(offset)) {
            throw new IllegalArgumentException(
                    "the scale of band " + band + " would be gain " + gain + " and offset " + offset);
        }
    }

    private List<String> step(String line) {
        List<String> lines = new ArrayList<>(info.provenance);
        lines.add(line);
        return List.copyOf(lines);
    }

    /** Samples of some bands in physical units, NaN where there is no data or the mask excludes the pixel. */
    void readWithNaN(int first, int count, int[] bands, double[][] target, int at) {
        int[] from = new int[bands.length];
        for (int k = 0; k < from.length; k++) {
            from[k] = sourceBands[bands[k]];
        }
        readSource(first, count, from, target, at);
        for (int k = 0; k < bands.length; k++) {
            double[] plane = target[k];
            toPhysical(plane, at, count, bands[k]);
            for (int i = 0; i < count; i++) {
                if (Double.isInfinite(plane[at + i]) || (info.mask != null && !info.mask.get(first + i))) {
                    plane[at + i] = Double.NaN;
                }
            }
        }
    }

    private void readSource(int first, int count, int[] from, double[][] target, int at) {
        int width = columns();
        if (isWholeRows()) {
            source.read((long) window.row() * width + first, count, from, target, at);
            return;
        }
        int done = 0;
        while (done < count) {
            int row = (first + done) / width;
            int column = (first + done) % width;
            int n = Math.min(count - done, width - column);
            long pixel = (long) (window.row() + row) * source.columns() + window.column() + column;
            source.read(pixel, n, from, target, at + done);
            done += n;
        }
    }

    /** Turns raw samples of one band into physical ones, and those that have the no-data value into NaN. */
    private void toPhysical(double[] plane, int at, int count, int band) {
        double noData = info.noData;
        if (!Double.isNaN(noData)) {
            float nearest = noDataAsFloat();
            for (int i = at; i < at + count; i++) {
                if (plane[i] == noData || plane[i] == nearest) {
                    plane[i] = Double.NaN;
                }
            }
        }
        if (info.gain != null && info.offset != null) {
            double gain = info.gain[band];
            double offset = info.offset[band];
            for (int i = at; i < at + count; i++) {
                plane[i] = plane[i] * gain + offset;
            }
        }
    }

    /**
     * Whether another cube says the same: shape, values in physical units, invalid samples, wavelengths, band names, good
     * bands, quantity and georeference. Name, provenance, precision and storage do not count. Passes over both cubes.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof Cube that)
                || rows() != that.rows()
                || columns() != that.columns()
                || bands() != that.bands()
                || info.quantity != that.info.quantity
                || !Objects.equals(info.wavelengths, that.info.wavelengths)
                || !Objects.equals(info.bandNames, that.info.bandNames)
                || !Objects.equals(info.geoReference, that.info.geoReference)) {
            return false;
        }
        for (int b = 0; b < bands(); b++) {
            if (isGoodBand(b) != that.isGoodBand(b)) {
                return false;
            }
        }
        return hasSamplesOf(that);
    }

    private boolean hasSamplesOf(Cube that) {
        int[] all = allBands();
        double[][] mine = new double[bands()][PixelTile.capacityFor(bands())];
        double[][] others = new double[bands()][mine[0].length];
        for (long first = 0; first < pixels(); first += mine[0].length) {
            int n = (int) Math.min(mine[0].length, pixels() - first);
            readWithNaN((int) first, n, all, mine, 0);
            that.readWithNaN((int) first, n, all, others, 0);
            for (int b = 0; b < mine.length; b++) {
                if (!Arrays.equals(mine[b], 0, n, others[b], 0, n)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** From shape and metadata alone, so it is cheap. */
    @Override
    public int hashCode() {
        return Objects.hash(rows(), columns(), bands(), info.quantity, info.wavelengths, info.bandNames);
    }

    @Override
    public String toString() {
        return "cube" + (info.name.isEmpty() ? "" : " '" + info.name + "'") + ", " + rows() + " rows x " + columns()
                + " columns x " + bands() + " bands"
                + (info.wavelengths == null
                        ? ""
                        : ", " + info.wavelengths.min() + " to " + info.wavelengths.max() + " nm");
    }

    /**
     * Makes a cube. Setters return the builder; {@link #build()} uses it up. Not thread-safe, but for
     * what says so.
     */
    public static final class Builder {
        private @Nullable SampleSource source;
        private String name = "";
        private Quantity quantity = Quantity.UNKNOWN;
        private @Nullable Wavelengths wavelengths;
        private @Nullable List<String> bandNames;
        private boolean @Nullable [] goodBands;
        private double @Nullable [] gain;
        private double @Nullable [] offset;
        private double noData = Double.NaN;
        private @Nullable Mask mask;
        private @Nullable GeoReference geoReference;
        private final List<String> provenance = new ArrayList<>();

        private Builder(SampleSource source) {
            this.source = source;
        }

        private SampleSource open() {
            if (source == null) {
                throw new IllegalStateException("the builder was used up");
            }
            return source;
        }

        private void fillWithNaN() {
            if (source instanceof FloatPlanes f) {
                for (float[] plane : f.planes) {
                    Arrays.fill(plane, Float.NaN);
                }
            } else if (source instanceof DoublePlanes d) {
                for (double[] plane : d.planes) {
                    Arrays.fill(plane, Double.NaN);
                }
            }
        }

        /**
         * Sets one band; the values are copied. Different bands may be set by several threads at once.
         *
         * @param band the band
         * @param values rows x columns samples, row by row
         * @return this builder
         * @throws IllegalArgumentException if the length does not fit
         * @throws IndexOutOfBoundsException if there is no such band
         */
        public Builder plane(int band, double[] values) {
            SampleSource s = open();
            Objects.checkIndex(band, s.bands());
            if (values.length != s.rows() * s.columns()) {
                throw new IllegalArgumentException(
                        values.length + " samples given for a band of " + s.rows() + "x" + s.columns() + " pixels");
            }
            copy(s, band, values, 0, values.length);
            return this;
        }

        /**
         * Sets one sample.
         *
         * @param row the pixel's row
         * @param column the pixel's column
         * @param band the band
         * @param value the sample; NaN means no data
         * @return this builder
         * @throws IndexOutOfBoundsException if there is no such sample
         */
        public Builder set(int row, int column, int band, double value) {
            SampleSource s = open();
            int pixel = Objects.checkIndex(row, s.rows()) * s.columns() + Objects.checkIndex(column, s.columns());
            Objects.checkIndex(band, s.bands());
            if (s instanceof FloatPlanes f) {
                f.planes[band][pixel] = (float) value;
            } else if (s instanceof DoublePlanes d) {
                d.planes[band][pixel] = value;
            } else {
                throw new IllegalStateException("the samples come from a source and cannot be set");
            }
            return this;
        }

        /**
         * Sets one pixel.
         *
         * @param row the pixel's row
         * @param column the pixel's column
         * @param spectrum one sample a band; NaN means no data
         * @return this builder
         * @throws IllegalArgumentException if the number of bands differs
         * @throws IndexOutOfBoundsException if there is no such pixel
         */
        public Builder pixel(int row, int column, double... spectrum) {
            if (spectrum.length != open().bands()) {
                throw new IllegalArgumentException(
                        "spectrum has " + spectrum.length + " bands but the cube has " + open().bands());
            }
            for (int b = 0; b < spectrum.length; b++) {
                set(row, column, b, spectrum[b]);
            }
            return this;
        }

        /**
         * Sets the samples of a run of pixels, row by row. Runs that do not overlap may be set by several threads at once.
         *
         * @param first number of the first pixel
         * @param count number of pixels
         * @param planes one array a band, at least {@code count} long
         * @return this builder
         * @throws IllegalArgumentException if there are more or fewer arrays than bands, or one is shorter than the run
         * @throws IndexOutOfBoundsException if the run reaches beyond the cube
         * @throws IllegalStateException if the samples come from a source
         */
        public Builder run(int first, int count, double[][] planes) {
            SampleSource s = open();
            Objects.checkFromIndexSize(first, count, s.rows() * s.columns());
            checkPlanes(planes, count);
            for (int b = 0; b < planes.length; b++) {
                copy(s, b, planes[b], first, count);
            }
            return this;
        }

        private void checkPlanes(double[][] planes, int count) {
            checkBands("arrays", planes.length);
            for (double[] plane : planes) {
                if (plane.length < count) {
                    throw new IllegalArgumentException(plane.length + " samples given for " + count + " pixels");
                }
            }
        }

        private static void copy(SampleSource s, int band, double[] from, int first, int count) {
            if (s instanceof FloatPlanes f) {
                float[] to = f.planes[band];
                for (int i = 0; i < count; i++) {
                    to[first + i] = (float) from[i];
                }
            } else if (s instanceof DoublePlanes d) {
                System.arraycopy(from, 0, d.planes[band], first, count);
            } else {
                throw new IllegalStateException("the samples come from a source and cannot be set");
            }
        }

        /**
         * Sets the valid pixels of a tile, and leaves the others as they are. Tiles that do not overlap may be put by
         * several threads at once.
         *
         * @param tile which pixels
         * @param planes one array a band, one sample an entry of the tile
         * @return this builder
         * @throws IllegalArgumentException if there are more or fewer arrays than bands, or one is shorter than the tile
         * @throws IllegalStateException if the samples come from a source
         */
        public Builder put(PixelTile tile, double[][] planes) {
            SampleSource s = open();
            checkPlanes(planes, tile.size());
            for (int b = 0; b < planes.length; b++) {
                if (s instanceof FloatPlanes f) {
                    for (int i = 0; i < tile.size(); i++) {
                        f.planes[b][tile.pixel(i)] = (float) planes[b][i];
                    }
                } else if (s instanceof DoublePlanes d) {
                    for (int i = 0; i < tile.size(); i++) {
                        d.planes[b][tile.pixel(i)] = planes[b][i];
                    }
                } else {
                    throw new IllegalStateException("the samples come from a source and cannot be set");
                }
            }
            return this;
        }

        /**
         * Name of the scene; empty by default.
         *
         * @param newName the name
         * @return this builder
         */
        public Builder name(String newName) {
            name = Objects.requireNonNull(newName, "name");
            return this;
        }

        /**
         * What the samples measure; unknown by default.
         *
         * @param newQuantity the quantity
         * @return this builder
         */
        public Builder quantity(Quantity newQuantity) {
            quantity = Objects.requireNonNull(newQuantity, "quantity");
            return this;
        }

        /**
         * Wavelengths of the bands; unknown by default.
         *
         * @param newWavelengths one a band
         * @return this builder
         * @throws IllegalArgumentException if the number of bands differs
         */
        public Builder wavelengths(Wavelengths newWavelengths) {
            checkBands("wavelengths", newWavelengths.size());
            wavelengths = newWavelengths;
            return this;
        }

        /**
         * Names of the bands; unknown by default.
         *
         * @param names one a band
         * @return this builder
         * @throws IllegalArgumentException if the number of bands differs
         */
        public Builder bandNames(List<String> names) {
            checkBands("band names", names.size());
            bandNames = List.copyOf(names);
            return this;
        }

        /**
         * Which bands are good; all by default.
         *
         * @param good one a band
         * @return this builder
         * @throws IllegalArgumentException if the number of bands differs
         */
        public Builder goodBands(boolean... good) {
            checkBands("good-band flags", good.length);
            goodBands = good.clone();
            return this;
        }

        /**
         * Scale and offset of each band: physical value = raw sample times gain plus offset; one and zero by default.
         *
         * @param newGain one a band, finite and not zero
         * @param newOffset one a band, finite
         * @return this builder
         * @throws IllegalArgumentException if a number of bands differs or a value is not as described
         */
        public Builder scale(double[] newGain, double[] newOffset) {
            checkBands("gains", newGain.length);
            checkBands("offsets", newOffset.length);
            for (int b = 0; b < newGain.length; b++) {
                checkScale(b, newGain[b], newOffset[b]);
            }
            gain = newGain.clone();
            offset = newOffset.clone();
            return this;
        }

        /**
         * The raw sample that means "no data"; none by default. NaN and infinite samples always do.
         *
         * @param value the value
         * @return this builder
         */
        public Builder noData(double value) {
            noData = value;
            return this;
        }

        /**
         * The pixels that may be valid; all by default.
         *
         * @param keep the pixels
         * @return this builder
         * @throws IllegalArgumentException if the mask has another shape
         */
        public Builder mask(Mask keep) {
            checkShape(keep, open().rows(), open().columns());
            mask = keep;
            return this;
        }

        /**
         * Where the scene lies; unknown by default.
         *
         * @param reference the reference
         * @return this builder
         */
        public Builder geoReference(GeoReference reference) {
            geoReference = Objects.requireNonNull(reference, "reference");
            return this;
        }

        /**
         * Adds a line to what is known about where the cube comes from.
         *
         * @param line a sentence
         * @return this builder
         */
        public Builder provenance(String line) {
            provenance.add(Objects.requireNonNull(line, "line"));
            return this;
        }

        private void checkBands(String what, int count) {
            if (count != open().bands()) {
                throw new IllegalArgumentException(
                        count + " " + what + " given for a cube of " + open().bands() + " bands");
            }
        }

        /**
         * The cube, which owns the samples from now on.
         *
         * @return the cube
         * @throws IllegalStateException if the builder was used up
         */
        public Cube build() {
            SampleSource s = open();
            source = null;
            return new Cube(
                    s,
                    new Region(0, 0, s.rows(), s.columns()),
                    IntStream.range(0, s.bands()).toArray(),
                    new Info(
                            name,
                            quantity,
                            wavelengths,
                            bandNames,
                            goodBands,
                            gain,
                            offset,
                            noData,
                            mask,
                            geoReference,
                            List.copyOf(provenance)));
        }
    }
}
