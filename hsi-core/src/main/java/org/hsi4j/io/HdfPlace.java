package org.hsi4j.io;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hsi4j.GeoReference;
import org.hsi4j.io.hdf.HdfDataset;

/**
 * Where an image of a NetCDF-4 or HDF5 file lies: the transformation of GDAL in an attribute of the variable that the
 * {@code grid_mapping} of the dataset names ({@code GeoTransform} and {@code spatial_ref} or {@code crs_wkt}), or in attributes of the file
 * ({@code geotransform} and {@code spatial_ref}), as EMIT has them.
 */
final class HdfPlace {

    private HdfPlace() {}

    /** The reference of a dataset that lies on a map. */
    static Optional<GeoReference> of(HdfContents contents, String path, List<String> notes) throws IOException {
        String mapping = contents.text(path, "grid_mapping").strip();
        String group = path.substring(0, path.lastIndexOf('/') + 1);
        for (String name : List.of(group + mapping, mapping)) {
            Optional<HdfDataset> grid = mapping.isEmpty() ? Optional.empty() : contents.dataset(name);
            if (grid.isPresent()) {
                double[] transform = contents.attribute(grid.get(), "GeoTransform")
                        .orElse(numbers(contents.text(name, "GeoTransform")));
                String wkt = contents.text(name, "spatial_ref");
                return reference(transform, wkt.isEmpty() ? contents.text(name, "crs_wkt") : wkt, notes);
            }
        }
        return reference(
                contents.attribute("geotransform").orElse(new double[0]), contents.text(null, "spatial_ref"), notes);
    }

    private static double[] numbers(String text) {
        String[] words = text.strip().split("\\s+", -1);
        boolean numbers = Arrays.stream(words).allMatch(w -> w.matches("[-+0-9.eE]{1,64}"));
        try {
            return numbers
                    ? Arrays.stream(words).mapToDouble(Double::parseDouble).toArray()
                    : new double[0];
        } catch (NumberFormatException e) {
            return new double[0];
        }
    }

    /** From GDAL's order: x, its step along a row and along a column, y and its steps. */
    private static Optional<GeoReference> reference(double[] t, String wkt, List<String> notes) {
        if (t.length != 6) {
            return Optional.empty();
        }
        return MapGrid.of(new double[] {t[1], t[2], t[0], t[4], t[5], t[3]}, 0, notes)
                .map(grid -> grid.wkt(wkt));
    }
}
