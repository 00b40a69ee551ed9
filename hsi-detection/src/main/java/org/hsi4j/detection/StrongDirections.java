package org.hsi4j.detection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.stats.MeanScatter;

/** The first eigenvectors of a background's covariance or correlation: as many as were asked for, as far as there are. */
final class StrongDirections {
    /** What is left of a vector that lies in the directions to working precision. */
    static final double ROUNDING = 1e-10;

    private final double[][] basis;
    private final int asked;
    private final double share;

    private StrongDirections(double[][] basis, int asked, double share) {
        this.basis = basis;
        this.asked = asked;
        this.share = share;
    }

    /** At most so many, and none whose eigenvalue is rounding. */
    static StrongDirections of(double[][] matrix, int asked, int most) {
        Dense.Eigen eigen = Dense.eigen(matrix);
        double[] values = eigen.values();
        double zero = 10 * values.length * Math.ulp(1.0) * Math.abs(values[0]);
        int count = 0;
        double inside = 0;
        while (count < Math.min(asked, most) && values[count] > zero) {
            inside += values[count];
            count++;
        }
        double all = Arrays.stream(values).filter(v -> v > 0).sum();
        return new StrongDirections(Arrays.copyOf(eigen.vectors(), count), asked, all > 0 ? inside / all : 0);
    }

    int count() {
        return basis.length;
    }

    /** One direction a row. */
    double[][] basis() {
        return basis;
    }

    /** An orthonormal basis of what vectors add to an orthonormal basis; those that add nothing to it or to each other are left out. */
    static double[][] added(double[][] basis, double[][] vectors) {
        List<double[]> added = new ArrayList<>();
        for (double[] vector : vectors) {
            double[] left = vector.clone();
            for (int again = 0; again < 2; again++) {
                subtractAlong(basis, left);
                subtractAlong(added.toArray(double[][]::new), left);
            }
            if (Background.norm(left) > ROUNDING * Background.norm(vector)) {
                added.add(Background.unit(left));
            }
        }
        return added.toArray(double[][]::new);
    }

    private static void subtractAlong(double[][] basis, double[] vector) {
        for (double[] direction : basis) {
            double along = Background.dot(direction, vector);
            for (int b = 0; b < vector.length; b++) {
                vector[b] -= along * direction[b];
            }
        }
    }

    /** What is left of a vector without its part in these directions. */
    double[] without(double[] vector) {
        double[] left = vector.clone();
        for (int again = 0; again < 2; again++) {
            subtractAlong(basis, left);
        }
        return left;
    }

    Diagnostics diagnostics(MeanScatter statistics) {
        Diagnostics d = Diagnostics.none()
                .with("pixels", (double) statistics.count())
                .with("directions", basis.length)
                .with("explained", share);
        return basis.length < asked
                ? d.note("only " + basis.length + " of " + asked + " directions of the background were taken out: "
                        + statistics.count() + " pixels in " + statistics.bands() + " bands have no more to spare")
                : d;
    }
}
