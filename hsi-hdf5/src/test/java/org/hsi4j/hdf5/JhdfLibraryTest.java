package org.hsi4j.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.hsi4j.Cube;
import org.hsi4j.Quantity;
import org.hsi4j.io.Cubes;
import org.hsi4j.io.MatFile;
import org.hsi4j.io.hdf.HdfAttribute;
import org.hsi4j.io.hdf.HdfDataset;
import org.hsi4j.io.hdf.HdfGroup;
import org.hsi4j.io.hdf.HdfNode;
import org.hsi4j.io.hdf.HdfType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library behind the readers; the readers themselves are tested in the core, over the same classes. */
class JhdfLibraryTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() {
        file = folder.resolve("scene.h5");
        float[][][] scene = {{{1, 2}, {3, 4}, {5, 6}}, {{7, 8}, {9, 10}, {11, 12}}};
        try (WritableHdfFile written = HdfFile.write(file)) {
            written.putDataset("cube", scene).putAttribute("_FillValue", -9999.0);
            written.putGroup("inner").putDataset("count", 7);
            written.putDataset("whole", new short[] {1, -2});
            written.putDataset("name", "of the scene");
        }
    }

    @Test
    void readersFindIt() throws IOException {
        Cube cube = Cubes.read(file);

        assertThat(cube.rows()).isEqualTo(2);
        assertThat(cube.columns()).isEqualTo(3);
        assertThat(cube.bands()).isEqualTo(2);
        assertThat(cube.value(1, 0, 1)).isEqualTo(8);
        assertThat(cube.quantity()).isEqualTo(Quantity.UNKNOWN);
        assertThat(MatFile.open(file).has("inner/count")).isTrue();
    }

    @Test
    void withoutItTheErrorNamesTheArtifact() throws Exception {
        URL[] core = {Cubes.class.getProtectionDomain().getCodeSource().getLocation()};
        try (URLClassLoader alone = new URLClassLoader(core, ClassLoader.getPlatformClassLoader())) {
            var read = alone.loadClass(Cubes.class.getName()).getMethod("read", Path.class);

            assertThatThrownBy(() -> read.invoke(null, file))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("org.hsi4j:hsi-hdf5");
        }
    }

    @Test
    void groupsListTheirMembers() throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            HdfGroup root = new JhdfLibrary().open(channel);

            assertThat(root.children())
                    .extracting(HdfNode::name)
                    .containsExactlyInAnyOrder("cube", "inner", "whole", "name");
            assertThat(root.children()).noneMatch(HdfNode::isLink);
            assertThat(root.child("inner")).get().isInstanceOf(HdfGroup.class);
            assertThat(root.child("cube")).get().isInstanceOf(HdfDataset.class);
            assertThat(root.child("nothing")).isEmpty();
        }
    }

    @Test
    void typesAreToldApart() throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            HdfGroup root = new JhdfLibrary().open(channel);

            assertThat(dataset(root, "cube").type()).isEqualTo(new HdfType(HdfType.Kind.FLOATING, 4));
            assertThat(dataset(root, "whole").type()).isEqualTo(new HdfType(HdfType.Kind.SIGNED, 2));
            assertThat(dataset(root, "name").type().kind()).isEqualTo(HdfType.Kind.OTHER);
        }
    }

    @Test
    void boxesComeInTheOrderOfTheFile() throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            HdfDataset cube = dataset(new JhdfLibrary().open(channel), "cube");
            ByteBuffer box = cube.box(new long[] {0, 1, 0}, new int[] {2, 1, 2});

            assertThat(new float[] {box.getFloat(), box.getFloat(), box.getFloat(), box.getFloat()})
                    .containsExactly(3, 4, 9, 10);
            assertThat(cube.all().remaining()).isEqualTo(12 * Float.BYTES);
            assertThat(cube.dimensions()).containsExactly(2, 3, 2);
            assertThat(cube.path()).isEqualTo("/cube");
            assertThat(cube.chunk()).isEmpty();
        }
    }

    @Test
    void attributesTellTheirSizeFirst() throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            HdfDataset cube = dataset(new JhdfLibrary().open(channel), "cube");
            HdfAttribute fill = cube.attribute("_FillValue").orElseThrow();

            assertThat(fill.name()).isEqualTo("_FillValue");
            assertThat(fill.isEmpty()).isFalse();
            assertThat(fill.bytes()).isEqualTo(Double.BYTES);
            assertThat(fill.value()).isEqualTo(-9999.0);
            assertThat(cube.attribute("units")).isEmpty();
        }
    }

    private static HdfDataset dataset(HdfGroup root, String name) {
        return (HdfDataset) root.child(name).orElseThrow();
    }
}
