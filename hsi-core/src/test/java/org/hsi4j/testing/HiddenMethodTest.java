package org.hsi4j.testing;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.hsi4j.method.Method;
import org.hsi4j.method.Options;
import org.junit.jupiter.api.Test;

/** Not in the package of {@link Options}, which could see the hidden class there. */
class HiddenMethodTest {

    private static final class Hidden implements Method {
        @Override
        public String name() {
            return "hidden";
        }

        @Override
        public String summary() {
            return "";
        }

        @Override
        public String reference() {
            return "";
        }

        @Override
        public String family() {
            return "";
        }

        @Override
        public String role() {
            return "";
        }

        public int rank() {
            return 0;
        }

        public Hidden withRank(int rank) {
            return this;
        }
    }

    @Test
    void theOptionsOfAHiddenClassCannotBeRead() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Options.of(new Hidden()))
                .withMessageEndingWith("Hidden must be public");
    }
}
