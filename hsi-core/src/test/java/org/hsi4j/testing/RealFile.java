package org.hsi4j.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What must be found in a file among the real scenes. The figures come from the README beside the files, and from NumPy and SciPy
 * where it is silent; none is taken from this library.
 *
 * @param path the path inside {@code shared/data}
 * @param kind {@code scene}, {@code library}, {@code arrays}, {@code names}, or {@code none} for a side file
 * @param shape rows x columns x bands of a scene, spectra x bands of a library, the arrays of any other, or why it is a side file
 * @param type how the numbers are stored; MATLAB's class for a MAT-file
 * @param wavelengths first and last one in nanometres, empty for none
 * @param missing pixels that are not valid once the bad bands are dropped, or values that are missing in a library or arrays
 */
public record RealFile(String path, String kind, String shape, String type, List<Double> wavelengths, long missing) {
    private static final String TABLE = """
            README.md | none | says what the other files hold | | | 0
            classification/salinasA/SalinasA_corrected.mat | scene | 83 x 86 x 204 | double | | 0
            classification/salinasA/SalinasA_gt.mat | arrays | salinasA_gt (83 x 86 double) | double | | 0
            detection/abu/abu-airport-1.mat | scene | 100 x 100 x 205 | double | | 0
            detection/abu/abu-beach-1.mat | scene | 150 x 150 x 188 | double | | 0
            detection/abu/abu-urban-1.mat | scene | 100 x 100 x 204 | double | | 0
            detection/abu/abu-urban-2.mat | scene | 100 x 100 x 207 | double | | 0
            detection/hydice/HYDICE1_v73.mat | scene | 80 x 100 x 162 | double | | 0
            detection/hydice/HYDICE_urban.mat | scene | 80 x 100 x 175 | double | | 0
            detection/muufl_chip/muufl_chip_with_target.mat | scene | 36 x 36 x 72 | single | 367.700012 1043.400024 | 0
            detection/muufl_chip/tgt_img_spectra.mat | arrays | tgt_img_spectra (1 x 1 struct) | struct | | 0
            envi/aviris_ng/ang20170323t202244_rdn_7000-7010 | scene | 10 x 10 x 425 | float32 | 376.86 2500.54 | 0
            envi/aviris_ng/ang20170323t202244_rdn_7000-7010.hdr | scene | 10 x 10 x 425 | float32 | 376.86 2500.54 | 0
            envi/emit/emit20250324t221005_jpl_unmix_ex | scene | 10 x 10 x 285 | float32 | 381.0055927 2492.9238809 | 0
            envi/emit/emit20250324t221005_jpl_unmix_ex.hdr | scene | 10 x 10 x 285 | float32 | 381.0055927 2492.9238809 | 0
            envi/gamsberg_cube/cubus_gamsberg_subset | scene | 25 x 10 x 189 | float32 | 426.820007 2324.909912 | 0
            envi/gamsberg_cube/cubus_gamsberg_subset.hdr | scene | 25 x 10 x 189 | float32 | 426.820007 2324.909912 | 0
            envi/hyspex_bavaria/Bavaria_farmland_LMU_Hyspex_subset.bsq | scene | 50 x 50 x 232 | int16 | 424.709991 2316.679932 | 0
            envi/hyspex_bavaria/Bavaria_farmland_LMU_Hyspex_subset.hdr | scene | 50 x 50 x 232 | int16 | 424.709991 2316.679932 | 0
            envi/qps_envi_bil/envi | scene | 7 x 10 x 177 | int16 | 460 2409 | 0
            envi/qps_envi_bil/envi.hdr | scene | 7 x 10 x 177 | int16 | 460 2409 | 0
            envi/salinasA/SalinasA_corrected.hdr | scene | 83 x 86 x 204 | int16 | | 0
            envi/salinasA/SalinasA_corrected.img | scene | 83 x 86 x 204 | int16 | | 0
            envi/samson/samson_1.img | scene | 95 x 95 x 156 | int16 | 400.938721 899.074585 | 0
            envi/samson/samson_1.img.hdr | scene | 95 x 95 x 156 | int16 | 400.938721 899.074585 | 0
            geotiff/enmap_potsdam/enmap_potsdam_srf.csv | arrays | enmap_potsdam_srf (224 x 2 double) | double | | 0
            geotiff/enmap_potsdam/enmap_potsdam_tile_128_0.tif | scene | 32 x 32 x 224 | float32 | 418.24 2445.53 | 0
            geotiff/enmap_potsdam/enmap_potsdam_tile_128_32.tif | scene | 32 x 32 x 224 | float32 | 418.24 2445.53 | 0
            libraries/ecostress_text/a.spectrum.txt | library | 1 x 561 | text | 300 15000 | 0
            libraries/ecostress_text/b.spectrum.txt | library | 1 x 2151 | text | 350 2500 | 0
            libraries/ecostress_text/c.spectrum.txt | library | 1 x 2151 | text | 350 2500 | 0
            libraries/small_sli/speclib.csv | names | speclib (7 x 3 text) | text | | 0
            libraries/small_sli/speclib.hdr | library | 7 x 177 | float64 | 460 2409 | 0
            libraries/small_sli/speclib.sli | library | 7 x 177 | float64 | 460 2409 | 0
            libraries/usgs_1995/USGS_1995_Library.mat | arrays | names (501 x 29 double), datalib (224 x 501 double) | double | | 16
            libraries/usgs_1995/USGS_pruned_10_deg.mat | arrays | B (224 x 62 double), names_B (62 x 29 double) | double | | 0
            libraries/usgs_splib06_aviris/s06av18a_envi | library | 1364 x 224 | float32 | 365.93 2495.34 | 49805
            libraries/usgs_splib06_aviris/s06av18a_envi.hdr | library | 1364 x 224 | float32 | 365.93 2495.34 | 49805
            libraries/vegspec/vegSpec.sli | library | 2 x 2151 | float64 | 350 2500 | 144
            libraries/vegspec/vegSpec.sli.hdr | library | 2 x 2151 | float64 | 350 2500 | 144
            restoration/indian_pines_fusion/SRI.mat | scene | 36 x 36 x 200 | double | | 0
            restoration/paris/R_HysureParis.mat | arrays | R (9 x 128 double) | double | | 0
            restoration/paris/paris_data_hs_ms.mat | scene | 72 x 72 x 128 | double | | 0
            restoration/paviau_crop/paviaU_subimg.mat | scene | 50 x 50 x 103 | double | | 0
            restoration/reno/Reno150-150-100.mat | scene | 150 x 150 x 100 | double | | 0
            restoration/simu_indian/simu_indian.mat | scene | 145 x 145 x 224 | double | | 0
            unmixing/cuprite_crop/Cuprite_GT_nEnd12.mat | arrays | waveLength (1 x 224 double), M (224 x 12 double), nEnd (1 x 1 double), slctBnds (1 x 188 double), cood (12 x 1 cell) | double | | 0
            unmixing/cuprite_crop/Rcuprite50x90x188.mat | scene | 50 x 90 x 188 | double | | 0
            unmixing/dc1/EE.mat | arrays | EE (224 x 240 double) | double | | 0
            unmixing/dc1/XT.mat | scene | 240 x 75 x 75 | double | | 0
            unmixing/dc1/Y_clean.mat | scene | 75 x 75 x 224 | double | | 0
            unmixing/lsu_oracle/abundances-constr-envi.csv | arrays | abundances-constr-envi (3 x 1600 double) | double | | 0
            unmixing/lsu_oracle/abundances-constr-expected.csv | arrays | abundances-constr-expected (3 x 1600 double) | double | | 0
            unmixing/lsu_oracle/abundances-unconstr-envi.csv | arrays | abundances-unconstr-envi (3 x 1600 double) | double | | 0
            unmixing/lsu_oracle/abundances-unconstr-expected.csv | arrays | abundances-unconstr-expected (3 x 1600 double) | double | | 0
            unmixing/lsu_oracle/endmember-spectra.csv | arrays | endmember-spectra (6 x 3 double) | double | | 0
            unmixing/lsu_oracle/pixel-spectra.csv | arrays | pixel-spectra (6 x 1600 double) | double | | 0
            unmixing/samson/end3.mat | arrays | cood (3 x 1 cell), A (3 x 9025 double), M (156 x 3 double) | double | | 0
            unmixing/samson/samson_1.mat | scene | 95 x 95 x 156 | double | | 0
            unmixing/samson_fcls_exact/A_true.mat | scene | 95 x 95 x 3 | double | | 0
            unmixing/samson_fcls_exact/E.mat | arrays | E (156 x 3 double) | double | | 0
            unmixing/samson_fcls_exact/Y_clean.mat | scene | 95 x 95 x 156 | double | | 0
            unmixing/sim1/A_true.mat | scene | 105 x 105 x 6 | double | | 0
            unmixing/sim1/E.mat | arrays | E (224 x 6 double) | double | | 0
            unmixing/sim1/Y_clean.mat | scene | 105 x 105 x 224 | double | | 0
            unmixing/urban_crop/urban_crop_34x78_with_gt.mat | scene | 34 x 78 x 162 | double | | 0
            """;

    /**
     * The files that are known.
     *
     * @return all of them, by path
     */
    public static List<RealFile> all() {
        return TABLE.lines().map(RealFile::parse).toList();
    }

    private static RealFile parse(String line) {
        String[] cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
        List<Double> wavelengths = Arrays.stream(cells[4].split(" "))
                .filter(w -> !w.isEmpty())
                .map(Double::valueOf)
                .toList();
        return new RealFile(cells[0], cells[1], cells[2], cells[3], wavelengths, Long.parseLong(cells[5]));
    }

    /**
     * The files that are there.
     *
     * @return paths inside {@code shared/data}, sorted, with forward slashes
     */
    public static List<String> present() {
        Path root = SharedFiles.data("");
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Where the file is.
     *
     * @return the path, which exists
     */
    public Path file() {
        return SharedFiles.data(path);
    }

    @Override
    public String toString() {
        return path;
    }
}
