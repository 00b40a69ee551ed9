package org.hsi4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockCacheTest {
    private final List<Long> loaded = new ArrayList<>();

    private long get(BlockCache<Long> cache, long key) {
        return cache.get(key, 10, () -> {
            loaded.add(key);
            return 100 + key;
        });
    }

    @Test
    void thePieceUsedLongestAgoGoesFirst() {
        BlockCache<Long> cache = new BlockCache<>(30);
        for (long key : new long[] {1, 2, 3, 1, 4, 1, 2}) {
            assertThat(get(cache, key)).isEqualTo(100 + key);
        }

        // 4 drives out 2, since 1 was used in between; then 2 is read again
        assertThat(loaded).containsExactly(1L, 2L, 3L, 4L, 2L);
        assertThat(cache.held()).isEqualTo(30);
    }

    @Test
    void aPieceBeyondTheLimitIsTheOnlyOne() {
        BlockCache<Long> cache = new BlockCache<>(5);
        get(cache, 1);
        get(cache, 1);
        get(cache, 2);

        assertThat(loaded).containsExactly(1L, 2L);
        assertThat(cache.held()).isEqualTo(10);
    }

    @Test
    void aFailureIsToldAndNotKept() {
        BlockCache<Long> cache = new BlockCache<>(30);

        assertThatThrownBy(() -> cache.get(1, 10, () -> {
                    throw new IOException("gone");
                }))
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage("gone");
        assertThatThrownBy(() -> cache.get(1, 10, () -> {
                    throw new IllegalStateException("wrong");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(cache.held()).isZero();
        assertThat(get(cache, 1)).isEqualTo(101);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void threadsGetTheirPiecesWithinTheLimit(int threads) {
        BlockCache<Integer> cache = new BlockCache<>(50);
        AtomicInteger reads = new AtomicInteger();
        Parallel.run(RunContext.defaults().withParallelism(threads), "read", 2000, () -> "", (nothing, i) -> {
            int key = i / 4 % 20;
            int piece = cache.get(key, 10, () -> {
                reads.incrementAndGet();
                return key;
            });
            assertThat(piece).isEqualTo(key);
            assertThat(cache.held()).isLessThanOrEqualTo(50);
        });

        assertThat(reads.get()).isBetween(20, 2000);
    }

    @Test
    void threadsThatWantTheSamePieceReadItOnce() {
        BlockCache<Integer> cache = new BlockCache<>(1000);
        AtomicInteger reads = new AtomicInteger();
        Parallel.run(
                RunContext.defaults().withParallelism(7),
                "read",
                500,
                () -> "",
                (nothing, i) -> cache.get(i % 5, 10, reads::incrementAndGet));

        assertThat(reads.get()).isEqualTo(5);
    }
}
