package org.hsi4j.examples;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.hsi4j.run.ProgressListener;
import org.jspecify.annotations.Nullable;

/** Shows the stages of a computation one after the other as a bar that wipes itself away. */
final class ProgressBars implements ProgressListener, AutoCloseable {
    private static final int REDRAW_MILLISECONDS = 200;

    private final PrintStream err;
    private final int width;
    private String stage = "";
    private @Nullable ProgressBar bar;

    ProgressBars(PrintStream err, int width) {
        this.err = err;
        this.width = width;
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
                // A width of its own: finding out the terminal's would load a native library.
                .setConsumer(new ConsoleProgressBarConsumer(err, width))
                .clearDisplayOnFinish()
                .build();
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
