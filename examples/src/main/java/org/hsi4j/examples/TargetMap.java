package org.hsi4j.examples;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.io.Cubes;
import org.hsi4j.io.MatFile;
import org.hsi4j.io.PixelOrder;
import org.hsi4j.io.ReadOptions;

/** Reads a 0/1 map of where the targets are. */
final class TargetMap {

    private TargetMap() {}

    static Mask read(FileSpec file, Scene scene, ReadOptions options) throws IOException {
        Mask mask = MatlabNames.hasArrays(file.path())
                ? ofMatFile(file, scene, options)
                : ofCube(file, Cubes.read(file.path(), options));
        int rows = scene.cube().rows();
        int columns = scene.cube().columns();
        if (mask.rows() != rows || mask.columns() != columns) {
            throw new IllegalArgumentException(file + ": the map of the targets is " + mask.rows() + "x"
                    + mask.columns() + " pixels but the scene is " + rows + "x" + columns);
        }
        return mask;
    }

    private static Mask ofCube(FileSpec file, Cube cube) {
        if (cube.bands() != 1) {
            throw new IllegalArgumentException(file + ": a map of the targets has one band, not " + cube.bands());
        }
        double[] values = cube.plane(0);
        return Mask.of(cube.rows(), cube.columns(), i -> values[i] != 0 && !Double.isNaN(values[i]));
    }

    private static Mask ofMatFile(FileSpec file, Scene scene, ReadOptions options) throws IOException {
        MatFile mat = MatFile.open(file.path());
        String name = file.variable()
                .or(() -> MatlabNames.targetMap(mat))
                .or(() -> onlyMap(mat))
                .orElseThrow(() -> MatlabNames.nothing(file.path(), mat, "map of the targets"));
        Mask mask = mat.mask(name);
        int rows = scene.cube().rows();
        int columns = scene.cube().columns();
        boolean vector = (mask.rows() == 1 || mask.columns() == 1)
                && (long) mask.rows() * mask.columns() == (long) rows * columns;
        if (!vector) {
            return mask;
        }
        // One number a pixel, in the order of a matrix of bands x pixels.
        boolean byRow = options.pixelOrder() == PixelOrder.ROW_MAJOR;
        return Mask.of(rows, columns, i -> mask.get(byRow ? i : i / columns + rows * (i % columns)));
    }

    /** The matrix of a file that holds nothing else. */
    private static Optional<String> onlyMap(MatFile mat) {
        List<MatFile.Variable> all = mat.variables();
        return all.size() == 1 && all.get(0).dimensions().size() == 2
                ? Optional.of(all.get(0).name())
                : Optional.empty();
    }
}
