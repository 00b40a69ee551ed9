package org.hsi4j.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hsi4j.SpectralLibrary;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;

/**
 * Reads spectra (libraries, endmembers, a target) and writes them as ENVI spectral libraries.
 *
 * <ul>
 *   <li>ENVI spectral libraries: samples are the channels, lines the spectra; names from {@code spectra names}.
 *   <li>ENVI images with one sample a line, or one line: every pixel is a spectrum.
 *   <li>MAT-files and HDF5: the columns of a bands x spectra matrix ({@link MatFile#spectra}).
 *   <li>NumPy arrays: the columns of a bands x spectra matrix.
 *   <li>ECOSTRESS and ASTER text: fields, then wavelength (or wavenumber) and value; by rising wavelength, per cent as
 *       fractions.
 *   <li>USGS text: splib06 (wavelength, value, deviation); splib07 (a value a line; the wavelengths from the only file of
 *       wavelengths with as many channels, in the same folder or the one above, none otherwise).
 *   <li>Tables ({@code .csv}, {@code .tsv}, {@code .txt}, {@code .asc}): a column a spectrum, the first column
 *       being the wavelengths where its title says so; or a row a spectrum, its name first, the titles being the wavelengths
 *       where they are numbers.
 * </ul>
 *
 * <p>Deleted channels (values up to -1.22e34, the data ignore value, infinite values) become NaN. A reflectance scale factor
 * is divided out. USGS libraries of ENVI and MAT-files begin with wavelengths, resolution and channel numbers as if they were
 * spectra: where the third spectrum is 1, 2, 3, ... (the last ones may be deleted) and the first two are in micrometres, these three become the wavelengths
 * and their widths.
 *
 * <pre>{@code
 * SpectralLibrary usgs = SpectralLibraries.read(Path.of("s06av18a_envi"));
 * Endmembers e = SpectralLibraries.read(Path.of("end3.mat"), ReadOptions.defaults().withVariable("M")).endmembers();
 * }</pre>
 */
public final class SpectralLibraries {

    private SpectralLibraries() {}

    /**
     * Reads a library.
     *
     * @param file an ENVI header or binary, a MAT-file, a NumPy array, or a text file
     * @return the spectra
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws MalformedFileException if the file does not hold what its format demands
     * @throws IllegalArgumentException if several variables of a MAT-file could be meant
     * @throws IOException if the file cannot be read or does not fit on the heap
     */
    public static SpectralLibrary read(Path file) throws IOException {
        return read(file, ReadOptions.defaults());
    }

    /**
     * Reads a library.
     *
     * @param file an ENVI header or binary, a MAT-file, a NumPy array, or a text file
     * @param options the variable of a MAT-file or an HDF5 file
     * @return the spectra
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws MalformedFileException if the file does not hold what its format demands
     * @throws IllegalArgumentException if the options do not fit the file
     * @throws IOException if the file cannot be read or does not fit on the heap
     */
    public static SpectralLibrary read(Path file, ReadOptions options) throws IOException {
        byte[] head = Cubes.head(file);
        if (FileTypes.isHdf5(head) || new MatReader().canRead(file, head)) {
            MatFile mat = MatFile.open(file);
            return withoutGrid(mat.spectra(
                    options.variable().isPresent() ? options.variable().get() : mat.chooseSpectra()));
        }
        if (NpyFile.isNpy(head)) {
            return readNpy(file);
        }
        if (!EnviHeader.isHeader(head)) {
            Optional<SpectralLibrary> text = TextLibraries.read(file, head);
            if (text.isPresent()) {
                return text.get();
            }
        }
        return withoutGrid(readEnvi(file));
    }

    private static SpectralLibrary readNpy(Path file) throws IOException {
        NpyFile array = NpyFile.open(file);
        if (array.shape().size() != 2) {
            throw new MalformedFileException(
                    file, "shape", array.shape().toString(), "two dimensions, bands x spectra");
        }
        double[] numbers = NpyReader.numbers(array);
        int bands = array.shape().get(0);
        long[] steps = array.steps();
        List<Spectrum> spectra = new ArrayList<>();
        for (int k = 0; k < array.shape().get(1); k++) {
            double[] values = new double[bands];
            for (int b = 0; b < bands; b++) {
                values[b] = numbers[(int) (b * steps[0] + k * steps[1])];
            }
            spectra.add(DeletedValues.spectrum(values, Double.NaN).named("spectrum " + (k + 1)));
        }
        return SpectralLibrary.of(spectra);
    }

    /** Wavelengths, resolution and channel numbers that stand before the spectra of a USGS library. */
    private static SpectralLibrary withoutGrid(SpectralLibrary library) {
        int bands = library.bands();
        if (library.size() < 4 || bands < 2) {
            return library;
        }
        double[] wavelengths = library.get(0).toArray();
        double[] widths = library.get(1).toArray();
        Spectrum channels = library.get(2);
        for (int b = 0; b < bands; b++) {
            boolean isGrid = (channels.value(b) == b + 1 || (b > 1 && Double.isNaN(channels.value(b))))
                    && wavelengths[b] > 0.1
                    && wavelengths[b] <= 100
                    && widths[b] > 0
                    && widths[b] < wavelengths[b];
            if (!isGrid) {
                return library;
            }
        }
        Wavelengths grid = library.wavelengths()
                .orElseGet(() -> Wavelengths.of(WavelengthUnit.MICROMETRES.toNanometres(wavelengths)));
        Wavelengths full = grid.hasFwhm() ? grid : grid.withFwhm(WavelengthUnit.MICROMETRES.toNanometres(widths));
        List<Spectrum> spectra = new ArrayList<>();
        for (int k = 3; k < library.size(); k++) {
            spectra.add(library.get(k).withWavelengths(full));
        }
        return SpectralLibrary.of(spectra);
    }

    /**
     * Writes an ENVI spectral library in float64, with the names and wavelengths; missing values are NaN. Both files are
     * written beside their targets and moved into place when they are complete.
     *
     * @param library the spectra
     * @param path the binary ({@code x.sli}) or the header ({@code x.hdr}); existing files are replaced
     * @throws IllegalArgumentException if the name is that of another format
     * @throws IOException if the files cannot be written
     */
    public static void write(SpectralLibrary library, Path path) throws IOException {
        EnviWriter.write(library, path);
    }

    private static SpectralLibrary readEnvi(Path file) throws IOException {
        EnviReader.Opened opened = EnviReader.open(file);
        EnviHeader header = opened.header();
        RasterLayout layout = opened.layout();
        boolean library =
                header.line("file type").orElse("").toLowerCase(Locale.ROOT).contains("library");
        boolean channelsAcross = library && layout.bands() == 1;
        if (!channelsAcross && layout.columns() > 1 && layout.rows() > 1) {
            throw header.malformed(
                    "header",
                    (library ? "a library with " + layout.bands() + " bands and " : "an image with ") + layout.columns()
                            + " samples and " + layout.rows() + " lines",
                    "an ENVI Spectral Library of one band, or an image of one sample or one line");
        }
        int channels = channelsAcross ? layout.columns() : layout.bands();
        int count = channelsAcross ? layout.rows() : layout.rows() * layout.columns();
        Heap.require(opened.binary(), 8L * channels * count);
        RasterFile raster = RasterFile.open(opened.binary(), layout);
        Optional<Wavelengths> wavelengths = EnviReader.wavelengths(header, channels, "channel", opened.notes());
        List<String> names = header.names("spectra names", count, "spectrum")
                .orElseGet(() -> IntStream.rangeClosed(1, count)
                        .mapToObj(k -> "spectrum " + k)
                        .toList());
        double ignored = header.number("data ignore value").orElse(Double.NaN);
        double factor = header.reflectanceFactor().orElse(1);
        List<Spectrum> spectra = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            double[] values = channelsAcross ? across(raster, k) : pixel(raster, k);
            Spectrum s = DeletedValues.spectrum(values, ignored).named(names.get(k));
            Spectrum scaled = factor == 1 ? s : s.scaled(1 / factor);
            spectra.add(wavelengths.isPresent() ? scaled.withWavelengths(wavelengths.get()) : scaled);
        }
        return SpectralLibrary.of(spectra);
    }

    private static double[] across(RasterFile raster, int line) {
        double[][] values = new double[1][raster.columns()];
        raster.read((long) line * raster.columns(), raster.columns(), new int[] {0}, values, 0);
        return values[0];
    }

    private static double[] pixel(RasterFile raster, int pixel) {
        double[][] values = new double[raster.bands()][1];
        raster.read(pixel, 1, IntStream.range(0, raster.bands()).toArray(), values, 0);
        return Arrays.stream(values).mapToDouble(v -> v[0]).toArray();
    }
}
