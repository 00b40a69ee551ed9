package org.hsi4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FactsTest {

    private static String printed(Facts facts, boolean json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        facts.print(new PrintStream(bytes, true, StandardCharsets.UTF_8), json);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Facts some() {
        return new Facts()
                .put("rows", 95)
                .put("armse", 1 / 3.0)
                .put("small", 1e-20)
                .put("auc", Double.NaN)
                .put("mpsnr", Double.POSITIVE_INFINITY)
                .put("name", "two\nlines = \"odd\" \u00e9")
                .put("converged", true)
                .put("permutation", List.of(2, 0, 1))
                .put("each", List.of(0.5, 0.25));
    }

    @Test
    void linesHoldKeyAndValue() {
        assertThat(printed(some(), false))
                .isEqualTo(String.join(
                        "\n",
                        "rows=95",
                        "armse=0.3333333333333333",
                        "small=1.0E-20",
                        "auc=NaN",
                        "mpsnr=Infinity",
                        "name=two lines = \"odd\" \u00e9",
                        "converged=true",
                        "permutation=2,0,1",
                        "each=0.5,0.25",
                        ""));
    }

    @Test
    void jsonHoldsTheSameKeysAndNumbersAsNumbers() throws IOException {
        String text = printed(some(), true);

        assertThat(text).isASCII();
        List<String> keys = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(text)) {
            for (JsonToken t = json.nextToken(); t != null; t = json.nextToken()) {
                switch (t) {
                    case FIELD_NAME -> keys.add(json.currentName());
                    case VALUE_NUMBER_INT -> values.add(json.getLongValue());
                    case VALUE_NUMBER_FLOAT -> values.add(json.getDoubleValue());
                    case VALUE_NULL -> values.add("null");
                    case VALUE_TRUE -> values.add(true);
                    case VALUE_STRING -> values.add(json.getText());
                    default -> assertThat(t.isStructStart() || t.isStructEnd()).isTrue();
                }
            }
        }
        assertThat(keys)
                .containsExactly("rows", "armse", "small", "auc", "mpsnr", "name", "converged", "permutation", "each");
        assertThat(values)
                .containsExactly(
                        95L,
                        1 / 3.0,
                        1e-20,
                        "null",
                        "null",
                        "two\nlines = \"odd\" \u00e9",
                        true,
                        2L,
                        0L,
                        1L,
                        0.5,
                        0.25);
    }

    @Test
    void theLanguageOfTheMachineDoesNotMatter() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(printed(some(), false)).contains("armse=0.3333333333333333");
            assertThat(printed(some(), true)).contains("0.3333333333333333");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void figuresOfAMethodAreNamedLikeKeysAndOverrideNothing() {
        Facts facts = new Facts().put("threshold", 2.5);

        facts.putFigure("Threshold", 3).putFigure("share-empirical", 0.5).putFigure("rank", 7);

        assertThat(printed(facts, false)).isEqualTo("threshold=2.5\nshare_empirical=0.5\nrank=7\n");
        assertThat(Facts.keyOf("Residual RMS (dB)")).isEqualTo("residual_rms_db");
    }

    @Test
    void peopleSeeListsAsText() {
        assertThat(some().shown()).containsEntry("permutation", "2, 0, 1").containsEntry("rows", 95L);
    }
}
