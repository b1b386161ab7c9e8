package dev.starling.tools.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar on standard error, where that is a terminal. */
final class Progress {
  private static final int COLUMNS = 78;
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  private final boolean shown;
  private @Nullable ProgressBar bar;

  private Progress(boolean shown) {
    this.shown = shown;
  }

  static Progress onTerminal() {
    return new Progress(isTerminal());
  }

  static Progress hidden() {
    return new Progress(false);
  }

  void begin(String task, long steps) {
    if (shown) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(steps)
              .setUpdateIntervalMillis(200)
              .setStyle(ProgressBarStyle.ASCII)
              .setConsumer(new ConsoleProgressBarConsumer(standardError(), COLUMNS))
              .build();
    }
  }

  void reach(long step) {
    if (bar != null) {
      bar.stepTo(step);
    }
  }

  void end() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  private static PrintStream standardError() {
    return System.err;
  }

  /** Known on Linux only: a console of the JDK says nothing about standard error alone. */
  private static boolean isTerminal() {
    try {
      String name = Files.readSymbolicLink(STANDARD_ERROR).toString();
      return name.startsWith("/dev/pts/") || name.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException otherSystem) {
      return false;
    }
  }
}
