package org.hsi4j.unmixing;

/** What a method of minimum volume takes for the corner coordinates of a pixel. */
public enum SimplexProjection {
    /**
     * Pixels in the first p eigenvectors U of (1/N) sum y y', in proportion to their brightness, which is the sum over the bands
     * of U U'y: the simplex is the one of the pixels divided by it. Differences of brightness (shade, slopes) do not widen the
     * simplex.
     */
    PROJECTIVE,
    /**
     * Pixels in the first p - 1 eigenvectors of the covariance, about the mean, as published: exact where there is no noise and
     * all abundances sum to one. Each dark pixel is one more corner.
     */
    AFFINE
}
