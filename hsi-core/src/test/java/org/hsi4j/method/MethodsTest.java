package org.hsi4j.method;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The table of methods, in a class loader of its own: a catalogue registered in the test resources would turn up in the
 * tests of every other module.
 */
class MethodsTest {

    @TempDir
    Path folder;

    private URLClassLoader loader;
    private Class<?> methods;

    @BeforeEach
    void register() throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(MethodCatalog.class.getName()), PolishCatalog.class.getName());
        loader = new URLClassLoader(
                new URL[] {
                    place(Methods.class),
                    place(PolishCatalog.class),
                    folder.toUri().toURL()
                },
                ClassLoader.getPlatformClassLoader());
        methods = loader.loadClass(Methods.class.getName());
    }

    private static URL place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    @AfterEach
    void close() throws Exception {
        loader.close();
    }

    private Object find(Class<?> role, String name) throws Throwable {
        try {
            return methods.getMethod("find", Class.class, String.class).invoke(null, role, name);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Test
    void findsWhatACatalogueLists() throws Throwable {
        Class<?> polish = loader.loadClass(Polish.class.getName());
        List<?> all = (List<?>) methods.getMethod("all").invoke(null);

        assertThat(all).anyMatch(polish::isInstance);
        assertThat((List<?>) methods.getMethod("all", Class.class).invoke(null, polish))
                .hasSize(1);
        assertThat(find(polish, "polish")).isInstanceOf(polish);
        assertThat(find(loader.loadClass(Method.class.getName()), "polish")).isInstanceOf(polish);
    }

    @Test
    void tellsWhatThereIsWhenThereIsNoSuchMethod() throws Exception {
        Class<?> polish = loader.loadClass(Polish.class.getName());

        org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> find(polish, "varnish"))
                .withMessage("there is no method 'varnish'; known are polish");
    }
}
