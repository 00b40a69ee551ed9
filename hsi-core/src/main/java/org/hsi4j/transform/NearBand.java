package org.hsi4j.transform;

import org.hsi4j.Wavelengths;

/** Looks up bands by wavelength, or says that there is none. */
final class NearBand {

    private NearBand() {}

    static int find(Wavelengths grid, double nanometres, double tolerance, String what) {
        int band = grid.nearest(nanometres);
        if (Math.abs(grid.at(band) - nanometres) > tolerance) {
            throw new IllegalArgumentException(what + " needs a band within " + tolerance + " nm of " + nanometres
                    + " nm, but the nearest is at " + grid.at(band) + " nm");
        }
        return band;
    }

    static double requireTolerance(double nanometres) {
        if (!(nanometres >= 0) || Double.isInfinite(nanometres)) {
            throw new IllegalArgumentException("tolerance must be at least 0 nm, not " + nanometres);
        }
        return nanometres;
    }

    static double requireWavelength(double nanometres) {
        if (!(nanometres > 0) || Double.isInfinite(nanometres)) {
            throw new IllegalArgumentException("a wavelength is a positive number of nanometres, not " + nanometres);
        }
        return nanometres;
    }

    static Wavelengths of(org.hsi4j.Cube cube, String what) {
        return cube.wavelengths()
                .orElseThrow(() -> new IllegalArgumentException(what + " needs wavelengths, but the cube has none"));
    }
}
