package org.hsi4j.examples;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.hsi4j.run.ProgressListener;
import org.jspecify.annotations.Nullable;

/** Shows the stages of a computation one after the other as a bar that wipes itself away. */
final class ProgressBars implements ProgressListener, AutoCloseable {
    private static final int REDRAW_MILLISECONDS = 200;

    private final Line line;
    private String stage = "";
    private @Nullable ProgressBar bar;

    ProgressBars(PrintStream err, int width) {
        this.line = new Line(err, width - 1);
    }

    @Override
    public synchronized void progress(String newStage, long done, long total) {
        ProgressBar current = bar;
        if (current == null || !newStage.equals(stage) || done < current.getCurrent()) {
            close();
            current = start(newStage, total);
            bar = current;
            stage = newStage;
        }
        current.maxHint(total);
        current.stepTo(done);
    }

    private ProgressBar start(String name, long total) {
        return new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(total)
                .setUpdateIntervalMillis(REDRAW_MILLISECONDS)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(line)
                .build();
    }

    /**
     * One line of the terminal. The consumer that comes with the bar leaves an empty line behind, and to find out the width it
     * would load a native library.
     */
    private record Line(PrintStream err, int width) implements ProgressBarConsumer {

        @Override
        public int getMaxRenderedLength() {
            return width;
        }

        @Override
        public void accept(String text) {
            err.print("\r" + text);
            err.flush();
        }

        @Override
        public void clear() {
            accept(" ".repeat(width) + "\r");
        }

        @Override
        public void close() {
            err.flush();
        }
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
            // The bar's own option for this forgets bars that end before they were drawn twice.
            line.clear();
            bar = null;
        }
    }
}
