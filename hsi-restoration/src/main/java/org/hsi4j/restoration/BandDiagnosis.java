package org.hsi4j.restoration;

/**
 * What {@link Diagnosis} finds in one band.
 *
 * @param band number of the band, from zero
 * @param missing whether it holds nothing or one value only; then all figures but {@code lost} are zero
 * @param noise standard deviation of the Gaussian part of the noise, in the unit of the samples
 * @param decibels power of the signal over that of the noise, in decibels; infinite without noise
 * @param signalShare share of the noise's variance at the mean of the band that grows with the signal: zero for additive
 *     noise, one for photons; what is found scatters about these
 * @param gain by how much the variance of the noise grows with a unit of signal
 * @param lost share of the samples that are lost: missing, in dead lines, or of a value too frequent to be a measurement
 * @param scattered share of the samples that are lost outside dead lines
 * @param deadColumns number of columns that read one value
 * @param deadRows number of rows that read one value
 * @param oddValues number of values other than no data that scattered lost samples read
 * @param spikes share of the samples that lie more than eight deviations of the noise from what the other bands say of them,
 *     in pixels of which no sample is lost
 * @param stripedColumns number of shifted columns
 * @param stripedRows number of shifted rows
 * @param stripes root mean square of their shifts over all columns and rows, in the unit of the samples
 */
public record BandDiagnosis(
        int band,
        boolean missing,
        double noise,
        double decibels,
        double signalShare,
        double gain,
        double lost,
        double scattered,
        int deadColumns,
        int deadRows,
        int oddValues,
        double spikes,
        int stripedColumns,
        int stripedRows,
        double stripes) {}
