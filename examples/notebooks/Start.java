import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.rapaio.jupyter.kernel.MainApp;
import org.rapaio.jupyter.kernel.channels.Channels;
import org.rapaio.jupyter.kernel.core.ConnectionProperties;
import org.rapaio.jupyter.kernel.core.Transform;

/**
 * Starts the Jupyter kernel; {@code install-kernel} compiles it. The kernel's own start (3.0.1) now and then never answers, on a
 * busy machine once in seven times, for two reasons, which are mended here:
 *
 * <ol>
 *   <li>It listens before it has its table of what to do with messages, and one that comes in that moment ends the thread. An
 *       empty table in the meantime makes it ignore the message, which Jupyter repeats.
 *   <li>A thread that listens ends at once if it is faster than the one that started it, which has yet to say that it runs.
 * </ol>
 */
final class Start {
    /** More than enough for a thread that ends at once to have ended. */
    private static final long MILLISECONDS = 100;

    private Start() {}

    public static void main(String[] args) throws Exception {
        Logger.getLogger("").setLevel(Level.WARNING);
        Channels channels = new Channels(
                Transform.fromJson(Files.readString(Path.of(args[0])), ConnectionProperties.class));
        field(channels, "handlers").set(channels, Map.of());
        channels.connect(MainApp.kernel);
        for (String name : List.of("heartbeat", "shell", "control")) {
            Object channel = field(channels, name).get(channels);
            Thread listener = (Thread) field(channel, "loopThread").get(channel);
            listener.join(MILLISECONDS);
            if (!listener.isAlive()) {
                new Thread(listener, listener.getName()).start();
            }
        }
        channels.joinUntilClose();
    }

    private static Field field(Object owner, String name) throws NoSuchFieldException {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
