package org.hsi4j.simulate;

import java.util.Arrays;
import java.util.List;
import org.hsi4j.Endmembers;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;

/**
 * Models of the reflectance, 400 to 2500 nm, of materials that scenes are made of.
 *
 * <p>The centres of the absorption bands are published ones; each material says whose. Continua, widths and depths were
 * chosen by hand so that the spectra look like those of the material. They are for simulations: nothing is identified by
 * them. The order is that in which {@link LinearMixingScene} takes them.
 *
 * <pre>{@code
 * Spectrum leaf = Material.GREEN_VEGETATION.on(Wavelengths.of(550, 670, 800));
 * }</pre>
 */
public enum Material {
    /**
     * A green leaf canopy: chlorophyll at 430, 460, 640 and 662 nm with the red edge near 720 nm, leaf water at 970, 1200,
     * 1450 and 1940 nm, cellulose and protein at 2100 and 2300 nm. Curran, "Remote sensing of foliar chemistry", Remote
     * Sensing of Environment 30, 1989; Lichtenthaler, Methods in Enzymology 148, 1987 (662 nm).
     */
    GREEN_VEGETATION(AbsorptionSpectrum.named("green vegetation")
            .withContinuum(400, 0.08)
            .withContinuum(550, 0.13)
            .withContinuum(690, 0.16)
            .withContinuum(755, 0.46)
            .withContinuum(850, 0.50)
            .withContinuum(1100, 0.51)
            .withContinuum(1300, 0.47)
            .withContinuum(1650, 0.35)
            .withContinuum(2200, 0.22)
            .withContinuum(2500, 0.10)
            .withBand(430, 70, 0.35)
            .withBand(460, 70, 0.40)
            .withBand(640, 60, 0.35)
            .withBand(662, 50, 0.60)
            .withBand(970, 70, 0.06)
            .withBand(1200, 100, 0.12)
            .withBand(1450, 140, 0.62)
            .withBand(1940, 180, 0.75)
            .withBand(2100, 80, 0.08)
            .withBand(2300, 80, 0.12)),

    /**
     * A dry soil: iron oxides at 480 and 900 nm, water and hydroxyl at 1410 and 1910 nm, clay at 2205 nm. Stoner and
     * Baumgardner, "Characteristic variations in reflectance of surface soils", Soil Sci. Soc. Am. J. 45, 1981; Ben-Dor,
     * Irons and Epema in Rencz (ed.), Remote Sensing for the Earth Sciences, 1999.
     */
    DRY_SOIL(AbsorptionSpectrum.named("dry soil")
            .withContinuum(400, 0.08)
            .withContinuum(500, 0.13)
            .withContinuum(600, 0.21)
            .withContinuum(700, 0.27)
            .withContinuum(900, 0.33)
            .withContinuum(1300, 0.42)
            .withContinuum(1800, 0.47)
            .withContinuum(2150, 0.46)
            .withContinuum(2500, 0.39)
            .withBand(480, 80, 0.08)
            .withBand(900, 180, 0.07)
            .withBand(1410, 60, 0.10)
            .withBand(1910, 100, 0.17)
            .withBand(2205, 50, 0.13)),

    /**
     * A lake with the sky glinting on it, some 2 %: the rest falls as the absorption of water rises, with its overtone
     * shoulders at 605, 662 and 742 nm and its band at 970 nm. Pope and Fry, "Absorption spectrum (380-700 nm) of pure
     * water", Applied Optics 36, 1997; Curcio and Petty, "The near infrared absorption spectrum of liquid water", JOSA 41,
     * 1951.
     */
    WATER(AbsorptionSpectrum.named("water")
            .withContinuum(400, 0.052)
            .withContinuum(480, 0.070)
            .withContinuum(550, 0.072)
            .withContinuum(590, 0.056)
            .withContinuum(650, 0.042)
            .withContinuum(720, 0.034)
            .withContinuum(850, 0.029)
            .withContinuum(1100, 0.025)
            .withContinuum(1400, 0.023)
            .withContinuum(2500, 0.020)
            .withBand(605, 30, 0.08)
            .withBand(662, 40, 0.08)
            .withBand(742, 40, 0.10)
            .withBand(970, 80, 0.08)),

    /**
     * Dry grass and litter: lignin and cellulose at 1730, 2100, 2300 and 2340 nm, bound water at 1200, 1450 and 1930 nm.
     * Elvidge, "Visible and near infrared reflectance characteristics of dry plant materials", Int. J. Remote Sensing 11,
     * 1990; Curran 1989.
     */
    DRY_VEGETATION(AbsorptionSpectrum.named("dry vegetation")
            .withContinuum(400, 0.09)
            .withContinuum(500, 0.17)
            .withContinuum(600, 0.28)
            .withContinuum(700, 0.35)
            .withContinuum(800, 0.39)
            .withContinuum(1100, 0.46)
            .withContinuum(1350, 0.48)
            .withContinuum(1650, 0.45)
            .withContinuum(2200, 0.36)
            .withContinuum(2500, 0.25)
            .withBand(1200, 90, 0.05)
            .withBand(1450, 120, 0.18)
            .withBand(1730, 70, 0.07)
            .withBand(1930, 120, 0.25)
            .withBand(2100, 110, 0.22)
            .withBand(2300, 70, 0.17)
            .withBand(2340, 50, 0.12)),

    /**
     * Kaolinite, as a bright outcrop: hydroxyl doublets at 1395 and 1413 nm and at 2165 and 2206 nm, lesser bands at 2312, 2350 and 2380 nm.
     * Hunt, "Spectral signatures of particulate minerals in the visible and near infrared", Geophysics 42, 1977; Clark et
     * al., "High spectral resolution reflectance spectroscopy of minerals", JGR 95, 1990.
     */
    KAOLINITE(AbsorptionSpectrum.named("kaolinite")
            .withContinuum(400, 0.32)
            .withContinuum(500, 0.41)
            .withContinuum(700, 0.50)
            .withContinuum(1000, 0.55)
            .withContinuum(1300, 0.57)
            .withContinuum(1800, 0.56)
            .withContinuum(2100, 0.53)
            .withContinuum(2500, 0.36)
            .withBand(1395, 22, 0.25)
            .withBand(1413, 22, 0.40)
            .withBand(1910, 60, 0.08)
            .withBand(2165, 32, 0.28)
            .withBand(2206, 34, 0.48)
            .withBand(2312, 24, 0.12)
            .withBand(2350, 26, 0.15)
            .withBand(2380, 26, 0.18)),

    /**
     * Hematite, as a weathered outcrop: ferric iron at 535, 650 and 860 nm. Sherman and Waite, "Electronic spectra of
     * Fe<sup>3+</sup> oxides and oxide hydroxides", American Mineralogist 70, 1985; Morris et al., JGR 90, 1985.
     */
    HEMATITE(AbsorptionSpectrum.named("hematite")
            .withContinuum(400, 0.06)
            .withContinuum(520, 0.15)
            .withContinuum(600, 0.23)
            .withContinuum(750, 0.36)
            .withContinuum(1000, 0.44)
            .withContinuum(1300, 0.47)
            .withContinuum(2500, 0.40)
            .withBand(535, 70, 0.42)
            .withBand(650, 60, 0.14)
            .withBand(860, 180, 0.45)),

    /**
     * Alunite: hydroxyl at 1430, 1480, 1760, 2165 and 2320 nm. Hunt, Salisbury and Lenhoff, "Visible and near infrared
     * spectra of minerals and rocks: IV. Sulphides and sulphates", Modern Geology 3, 1971; Clark et al. 1990.
     */
    ALUNITE(AbsorptionSpectrum.named("alunite")
            .withContinuum(400, 0.48)
            .withContinuum(550, 0.60)
            .withContinuum(800, 0.68)
            .withContinuum(1300, 0.74)
            .withContinuum(1850, 0.70)
            .withContinuum(2050, 0.62)
            .withContinuum(2500, 0.42)
            .withBand(1430, 50, 0.25)
            .withBand(1480, 50, 0.42)
            .withBand(1760, 60, 0.30)
            .withBand(2165, 75, 0.52)
            .withBand(2320, 60, 0.35)),

    /**
     * Calcite: overtones of the carbonate ion at 1875, 1995, 2155 and 2340 nm. Gaffey, "Spectral reflectance of carbonate
     * minerals in the visible and near infrared (0.35-2.55 microns): calcite, aragonite, and dolomite", American
     * Mineralogist 71, 1986.
     */
    CALCITE(AbsorptionSpectrum.named("calcite")
            .withContinuum(400, 0.62)
            .withContinuum(600, 0.76)
            .withContinuum(1000, 0.82)
            .withContinuum(1600, 0.84)
            .withContinuum(2100, 0.80)
            .withContinuum(2500, 0.60)
            .withBand(1875, 50, 0.07)
            .withBand(1995, 80, 0.12)
            .withBand(2155, 80, 0.08)
            .withBand(2340, 80, 0.45)),

    /**
     * Goethite, as a weathered outcrop: ferric iron at 480, 650 and 930 nm. Sherman and Waite 1985; Townsend,
     * "Discrimination of iron alteration minerals in visible and near-infrared reflectance data", JGR 92, 1987.
     */
    GOETHITE(AbsorptionSpectrum.named("goethite")
            .withContinuum(400, 0.12)
            .withContinuum(500, 0.19)
            .withContinuum(580, 0.32)
            .withContinuum(750, 0.46)
            .withContinuum(1300, 0.56)
            .withContinuum(1900, 0.52)
            .withContinuum(2500, 0.38)
            .withBand(480, 90, 0.45)
            .withBand(650, 90, 0.25)
            .withBand(930, 220, 0.42)),

    /**
     * Gypsum: water of crystallisation at 1000, 1200, 1445, 1490, 1535, 1750, 1945, 2175, 2215 and 2265 nm. Hunt, Salisbury
     * and Lenhoff 1971; Cloutis et al., "Spectral reflectance properties of hydrated sulfate minerals", Icarus 184, 2006.
     */
    GYPSUM(AbsorptionSpectrum.named("gypsum")
            .withContinuum(400, 0.72)
            .withContinuum(600, 0.82)
            .withContinuum(1100, 0.84)
            .withContinuum(1650, 0.76)
            .withContinuum(2100, 0.62)
            .withContinuum(2500, 0.35)
            .withBand(1000, 60, 0.05)
            .withBand(1200, 70, 0.10)
            .withBand(1445, 38, 0.42)
            .withBand(1490, 34, 0.35)
            .withBand(1535, 34, 0.32)
            .withBand(1750, 60, 0.28)
            .withBand(1945, 80, 0.60)
            .withBand(2175, 32, 0.12)
            .withBand(2215, 36, 0.25)
            .withBand(2265, 36, 0.12)),

    /**
     * An asphalt road: dark, with hydrocarbons at 1720 and 2310 nm. Herold, Roberts, Gardner and Dennison, "Spectrometry for
     * urban area remote sensing", Remote Sensing of Environment 91, 2004.
     */
    ASPHALT(AbsorptionSpectrum.named("asphalt")
            .withContinuum(400, 0.065)
            .withContinuum(600, 0.095)
            .withContinuum(1000, 0.125)
            .withContinuum(1700, 0.160)
            .withContinuum(2200, 0.165)
            .withContinuum(2500, 0.150)
            .withBand(1720, 50, 0.05)
            .withBand(2310, 60, 0.12)),

    /**
     * A white polyethylene sheet, which is no natural material and makes a good target: hydrocarbons at 931, 1215, 1417,
     * 1732 and 2313 nm. Garaba and Dierssen, "An airborne remote sensing case study of synthetic hydrocarbon detection using
     * short wave infrared absorption features identified from marine-harvested macro- and microplastics", Remote Sensing of
     * Environment 205, 2018; Hoerig et al., Int. J. Remote Sensing 22, 2001 (2310 nm).
     */
    POLYETHYLENE(AbsorptionSpectrum.named("polyethylene")
            .withContinuum(400, 0.70)
            .withContinuum(600, 0.78)
            .withContinuum(1000, 0.76)
            .withContinuum(1600, 0.66)
            .withContinuum(2100, 0.50)
            .withContinuum(2500, 0.28)
            .withBand(931, 30, 0.04)
            .withBand(1215, 40, 0.25)
            .withBand(1417, 70, 0.18)
            .withBand(1732, 50, 0.50)
            .withBand(2313, 60, 0.60));

    @SuppressWarnings("ImmutableEnumChecker") // immutable, but without the annotation of Error Prone
    private final AbsorptionSpectrum model;

    Material(AbsorptionSpectrum model) {
        this.model = model;
    }

    /**
     * The formula.
     *
     * @return the model, named as the material
     */
    public AbsorptionSpectrum model() {
        return model;
    }

    /**
     * What a sensor sees of it ({@link AbsorptionSpectrum#on(Wavelengths)}).
     *
     * @param wavelengths the sensor's bands
     * @return the spectrum
     */
    public Spectrum on(Wavelengths wavelengths) {
        return model.on(wavelengths);
    }

    /**
     * Several materials as endmembers.
     *
     * @param wavelengths the sensor's bands
     * @param materials which
     * @return one endmember a material, named as it
     * @throws IllegalArgumentException if no material is given
     */
    public static Endmembers endmembers(Wavelengths wavelengths, List<Material> materials) {
        return Endmembers.of(
                materials.stream().map(material -> material.on(wavelengths)).toList());
    }

    /** The first materials of the table. */
    static Endmembers endmembers(Wavelengths wavelengths, int count) {
        return endmembers(wavelengths, Arrays.asList(values()).subList(0, count));
    }
}
