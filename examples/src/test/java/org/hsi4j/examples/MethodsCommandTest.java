package org.hsi4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hsi4j.method.Method;
import org.hsi4j.method.Methods;
import org.junit.jupiter.api.Test;

class MethodsCommandTest {

    @Test
    void everyMethodHasALine() {
        Tool run = Tool.run("methods");

        List<Method> all = Methods.all();
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines()).hasSameSizeAs(all);
        List<String> lines = run.out().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String[] words = lines.get(i).split(" +");
            Method m = all.get(i);
            assertThat(words[0]).isEqualTo(m.name());
            assertThat(words[1]).isEqualTo(m.family());
            assertThat(words[2]).isEqualTo(m.role().replace(' ', '-'));
            assertThat(lines.get(i)).contains(m.summary()).endsWith(m.reference());
        }
        assertThat(run.out()).containsPattern("(?m)^vca +unmixing +endmember-extractor +projection=auto seed=auto \\|");
    }

    @Test
    void theIssuesNamesAreThere() {
        assertThat(Tool.run("methods").out().lines().map(l -> l.split(" ")[0]))
                .contains("auto", "fcls", "vca", "rx", "ace", "smf", "nnls", "ucls", "scls", "whitened-svd");
    }

    @Test
    void everyFamilyHasAnAutomaticMethod() {
        for (String family : List.of("unmixing", "restoration", "detection")) {
            Tool run = Tool.run("methods", "--family", family);
            assertThat(run.out().lines()).allMatch(l -> l.split(" +")[1].equals(family));
            assertThat(run.out().lines()).anyMatch(l -> l.startsWith("auto "));
        }
    }

    @Test
    void jsonIsAnArrayOfObjects() throws IOException {
        List<String> names = new ArrayList<>();
        try (JsonParser json =
                new JsonFactory().createParser(Tool.run("methods", "--json").out())) {
            assertThat(json.nextToken()).isEqualTo(JsonToken.START_ARRAY);
            int depth = 1;
            while (depth > 0) {
                JsonToken t = json.nextToken();
                depth += t.isStructStart() ? 1 : t.isStructEnd() ? -1 : 0;
                if (depth == 2
                        && t == JsonToken.FIELD_NAME
                        && json.currentName().equals("name")) {
                    names.add(json.nextTextValue());
                }
            }
            assertThat(json.nextToken()).isNull();
        }
        assertThat(names).isEqualTo(Methods.all().stream().map(Method::name).toList());
    }
}
