package org.hsi4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole files of every format, cut off and with wrong bytes: any answer is right that is documented and takes little memory.
 * The same inputs in every run; {@link FuzzTest} makes up others.
 */
class DamagedFilesTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int TRIES = 100;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void wholeFilesAreRead(FuzzedReader reader) throws IOException {
        List<byte[]> seeds = reader.seeds(folder);

        assertThat(seeds)
                .isNotEmpty()
                .allSatisfy(seed -> assertThat(reader.refuses(folder, seed)).isFalse());
    }

    @ParameterizedTest
    @EnumSource
    void filesThatAreCutOffEndAsDocumented(FuzzedReader reader) throws IOException {
        List<byte[]> seeds = reader.seeds(folder);
        assertTimeoutPreemptively(LIMIT, () -> {
            for (byte[] seed : seeds) {
                int step = 1 + seed.length * seeds.size() / TRIES;
                for (int length = 0; length < seed.length; length += step) {
                    reader.check(folder, Arrays.copyOf(seed, length));
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void filesWithWrongBytesEndAsDocumented(FuzzedReader reader) throws IOException {
        List<byte[]> seeds = reader.seeds(folder);
        assertTimeoutPreemptively(LIMIT, () -> {
            Random random = new Random(5);
            for (int i = 0; i < TRIES; i++) {
                byte[] changed = seeds.get(i % seeds.size()).clone();
                for (int k = 0; k <= random.nextInt(4); k++) {
                    int at = random.nextInt(changed.length);
                    // a byte of the same file, often a digit or a mark, or any
                    changed[at] =
                            random.nextBoolean() ? changed[random.nextInt(changed.length)] : (byte) random.nextInt(256);
                }
                reader.check(folder, changed);
            }
        });
    }
}
