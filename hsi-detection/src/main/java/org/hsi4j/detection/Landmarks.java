package org.hsi4j.detection;

import java.io.Serializable;
import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Dense;
import org.hsi4j.linalg.Kernels;

/** Some pixels, relative to a mean, and the Gaussian kernels between them and others. */
final class Landmarks implements Serializable {
    private static final long serialVersionUID = 1L;

    private final double[] mean;
    private final double[][] points;
    private final double[] squares;
    private final double square;

    private Landmarks(double[] mean, double[][] points, double square) {
        this.mean = mean;
        this.points = points;
        this.square = square;
        this.squares = new double[points.length];
        for (int k = 0; k < points.length; k++) {
            squares[k] = Background.dot(points[k], points[k]);
        }
    }

    /** Of points relative to the mean, and the squared width of the kernel. */
    static Landmarks of(double[] mean, double[][] points, double square) {
        return new Landmarks(mean, points, square);
    }

    int bands() {
        return mean.length;
    }

    int count() {
        return points.length;
    }

    /** Rows D^-1/2 U' of the kernels U D U' among the landmarks, without directions below a part of the strongest. */
    double[][] features(double least) {
        int m = points.length;
        double[][] kernels = new double[m][m];
        for (int j = 0; j < m; j++) {
            for (int k = 0; k < m; k++) {
                kernels[j][k] = kernel(squares[j] + squares[k] - 2 * Background.dot(points[j], points[k]));
            }
        }
        Dense.Eigen eigen = Dense.eigen(kernels);
        int kept = 1;
        while (kept < m && eigen.values()[kept] > least * eigen.values()[0]) {
            kept++;
        }
        double[][] features = new double[kept][];
        for (int k = 0; k < kept; k++) {
            features[k] = eigen.vectors()[k].clone();
            double scale = 1 / Math.sqrt(eigen.values()[k]);
            for (int j = 0; j < m; j++) {
                features[k][j] *= scale;
            }
        }
        return features;
    }

    private double kernel(double squaredDistance) {
        return Math.exp(-Math.max(0, squaredDistance) / (2 * square));
    }

    /** Kernels of the pixels of a tile, whose samples are overwritten, with each landmark. */
    void kernels(PixelTile tile, double[] norms, double[][] out) {
        int n = tile.size();
        double[][] planes = tile.planes();
        for (int b = 0; b < mean.length; b++) {
            for (int i = 0; i < n; i++) {
                planes[b][i] -= mean[b];
            }
        }
        Kernels.best().squaredNorms(planes, n, norms);
        Kernels.best().multiply(points, planes, n, out);
        for (int k = 0; k < points.length; k++) {
            for (int i = 0; i < n; i++) {
                out[k][i] = kernel(norms[i] + squares[k] - 2 * out[k][i]);
            }
        }
    }
}
