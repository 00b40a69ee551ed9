package org.hsi4j.simulate;

import java.util.BitSet;
import java.util.SplittableRandom;

/** Which bands, and which columns in each, a fault of a push-broom sensor hits. */
record ColumnLaw(double bandShare, double leastColumns, double mostColumns) {
    static final ColumnLaw DEFAULT = new ColumnLaw(1.0 / 3, 0.05, 0.15);

    ColumnLaw withBandShare(double share) {
        return new ColumnLaw(BandChanges.requireShare("bands", share), leastColumns, mostColumns);
    }

    ColumnLaw withColumnShare(double least, double most) {
        BandChanges.requireShare("columns", least);
        BandChanges.requireShare("columns", most);
        if (least > most) {
            throw new IllegalArgumentException(
                    "the range of the share of columns ends before it starts: " + least + " to " + most);
        }
        return new ColumnLaw(bandShare, least, most);
    }

    BitSet bands(SplittableRandom random, int bands) {
        return BandChanges.choose(random, bands, BandChanges.share(bandShare, bands));
    }

    BitSet columns(SplittableRandom random, int columns) {
        double share = BandChanges.uniform(random, leastColumns, mostColumns);
        return BandChanges.choose(random, columns, BandChanges.share(share, columns));
    }
}
