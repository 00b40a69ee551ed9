package org.hsi4j.detection;

/**
 * What a threshold is to keep.
 *
 * @param rate above zero and below one
 * @param discoveries whether it is the share of background among what is reported, not that of the background that is reported
 */
record Wish(double rate, boolean discoveries) {

    String key() {
        return discoveries ? "false-discovery-rate" : "false-alarm-rate";
    }
}
