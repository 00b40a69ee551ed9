package org.hsi4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.commons.support.AnnotationSupport;

@Isolated
class SharedFilesTest {

    private final String before = System.getProperty(SharedFiles.PROPERTY, "");

    @TempDir
    Path folder;

    @AfterEach
    void restore() {
        System.setProperty(SharedFiles.PROPERTY, before);
    }

    @Test
    void findsDataAndOracle() throws Exception {
        Files.createDirectories(folder.resolve("data/scene"));
        Files.createDirectories(folder.resolve("oracle"));
        Files.createFile(folder.resolve("oracle/expected.csv"));
        System.setProperty(SharedFiles.PROPERTY, folder.toString());

        assertThat(SharedFiles.data("scene")).isDirectory().hasFileName("scene");
        assertThat(SharedFiles.oracle("expected.csv")).isRegularFile();
        assertThatIllegalStateException()
                .isThrownBy(() -> SharedFiles.data("other"))
                .withMessageContaining("other");
        assertThat(RealData.Condition.evaluate(true).isDisabled()).isFalse();
    }

    @Test
    void namesTheFolderThatIsMissing() {
        System.setProperty(SharedFiles.PROPERTY, folder.resolve("nowhere").toString());

        assertThatIllegalStateException()
                .isThrownBy(() -> SharedFiles.data("scene"))
                .withMessageContaining("nowhere");
        assertThat(RealData.Condition.evaluate(false).isDisabled()).isTrue();
        assertThat(RealData.Condition.evaluate(false).getReason())
                .get()
                .asString()
                .contains("nowhere");
        assertThatIllegalStateException()
                .isThrownBy(() -> RealData.Condition.evaluate(true))
                .withMessageContaining("nowhere")
                .withMessageContaining("CI=true");
    }

    @Test
    void looksBesideTheWorkingDirectoryWhenTheBuildSaysNothing() {
        System.setProperty(SharedFiles.PROPERTY, " ");

        assertThat(SharedFiles.candidates())
                .hasSize(2)
                .allSatisfy(path -> assertThat(path).isAbsolute().hasFileName("shared"));
    }

    @Test
    void realDataIsTagged() {
        assertThat(AnnotationSupport.isAnnotated(RealData.class, org.junit.jupiter.api.Tag.class))
                .isTrue();
    }

    @Test
    @Slow
    void slowTestsRunOnlyWhenAskedFor() {
        assertThat(System.getProperty(SharedFiles.PROPERTY)).isNotNull();
    }
}
