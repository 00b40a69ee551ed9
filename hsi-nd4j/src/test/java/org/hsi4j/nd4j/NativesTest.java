package org.hsi4j.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NativesTest {

    @Test
    void theNativesAreThereWhereTheyAreExpected() {
        boolean expected = Boolean.getBoolean("hsi4j.nd4j.expected");

        assertThat(Nd4jProducts.isAvailable() || !expected)
                .as("the build put natives on the class path, so the tests must not be skipped")
                .isTrue();
    }

    @Test
    void aClassPathWithoutNativesIsToldWhatItLacks() throws Exception {
        URL[] urls = Arrays.stream(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("nd4j-native"))
                .map(NativesTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            Class<?> products = loader.loadClass(Nd4jProducts.class.getName());
            Throwable first = thrown(products);
            Throwable second = thrown(products); // the JVM reports a failed initialisation differently the second time

            assertThat(products.getMethod("isAvailable").invoke(null)).isEqualTo(false);
            assertThat(first)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("org.nd4j:nd4j-native")
                    .hasMessageContaining(System.getProperty("os.arch"))
                    .hasCauseInstanceOf(Throwable.class);
            assertThat(second).hasMessage(first.getMessage());
        }
    }

    private static Throwable thrown(Class<?> products) throws ReflectiveOperationException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(products.getClassLoader()); // where ND4J looks for backends
        try {
            products.getMethod("load").invoke(null);
            throw new AssertionError("loaded without natives");
        } catch (InvocationTargetException e) {
            return e.getCause();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(entry, e);
        }
    }
}
