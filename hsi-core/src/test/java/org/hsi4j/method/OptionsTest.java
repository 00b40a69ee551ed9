package org.hsi4j.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    private static final Polish POLISH = Polish.withDefaults();

    @Test
    void listsTheOptionsByName() {
        assertThat(Options.of(POLISH))
                .containsExactly(
                        new Options.Option("clip", "boolean", "false"),
                        new Options.Option("edge", "matt|high-gloss", "auto"),
                        new Options.Option("finish", "matt|high-gloss", "matt"),
                        new Options.Option("label", "String", "none"),
                        new Options.Option("limit", "long", "auto"),
                        new Options.Option("max-iterations", "int", "10"),
                        new Options.Option("rank", "int", "auto"),
                        new Options.Option("seed", "long", "1"),
                        new Options.Option("tolerance", "double", "1.0E-6"),
                        new Options.Option("weight", "double", "auto"));
    }

    @ParameterizedTest
    @CsvSource({
        "clip, true",
        "edge, high-gloss",
        "finish, high-gloss",
        "label, auto",
        "limit, 9000000000",
        "max-iterations, 20",
        "rank, 3",
        "seed, -5",
        "tolerance, 0.25",
        "weight, 0.5"
    })
    void setsOneOptionAndKeepsTheOthers(String name, String value) {
        Polish changed = Options.with(POLISH, name, value);

        for (Options.Option option : Options.of(changed)) {
            assertThat(option.value())
                    .isEqualTo(
                            option.name().equals(name)
                                    ? value
                                    : Options.of(POLISH).stream()
                                            .filter(o -> o.name().equals(option.name()))
                                            .findFirst()
                                            .orElseThrow()
                                            .value());
        }
    }

    @ParameterizedTest
    @CsvSource({"edge", "limit", "rank", "weight"})
    void leavesToTheMethodWhatItDecidesForItselfAlready(String name) {
        assertThat(Options.with(POLISH, name, "auto")).isSameAs(POLISH);
    }

    @Test
    void refusesToTakeAChosenValueBack() {
        Polish chosen = Options.with(POLISH, "rank", "3");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.with(chosen, "rank", "auto"))
                .withMessage("option rank needs a number, not 'auto'");
    }

    @Test
    void refusesWhatIsNoOption() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.with(POLISH, "tools", "brush"))
                .withMessage("method 'polish' has no option 'tools'; it has clip, edge, finish, label, limit,"
                        + " max-iterations, rank, seed, tolerance, weight");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.with(new Plain(), "rank", "3"))
                .withMessage("method 'plain' has no option 'rank'; it has none");
    }

    @ParameterizedTest
    @CsvSource({"max-iterations, ten", "max-iterations, 1.5", "seed, x", "weight, heavy"})
    void refusesWhatIsNoNumber(String name, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.with(POLISH, name, value))
                .withMessage("option " + name + " needs a number, not '" + value + "'");
    }

    @Test
    void refusesWhatIsNoSuchValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.with(POLISH, "clip", "yes"))
                .withMessage("option clip is true or false, not 'yes'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.with(POLISH, "finish", "MATT"))
                .withMessage("option finish is one of matt|high-gloss, not 'MATT'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.with(POLISH, "max-iterations", "0"))
                .withMessage("at least one iteration is needed, not 0");
    }

    @Test
    void tellsTheAuthorOfAMethodWhatIsMissing() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Options.of(new NoGetter()))
                .withMessageEndingWith("NoGetter has withRank but no rank()");
        assertThatIllegalStateException()
                .isThrownBy(() -> Options.with(new Throwing(), "rank", "3"))
                .withCauseInstanceOf(java.io.IOException.class);
    }

    private static class Named implements Method {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
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
    }

    /** Without options. */
    public static final class Plain extends Named {
        Plain() {
            super("plain");
        }
    }

    /** With an option that cannot be read. */
    public static final class NoGetter extends Named {
        NoGetter() {
            super("no-getter");
        }

        public NoGetter withRank(int rank) {
            return this;
        }
    }

    /** With an option that throws what an option must not. */
    public static final class Throwing extends Named {
        Throwing() {
            super("throwing");
        }

        public int rank() {
            return 0;
        }

        public Throwing withRank(int rank) throws java.io.IOException {
            throw new java.io.IOException("disk");
        }
    }
}
