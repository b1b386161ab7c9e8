package dev.starling.tools.load;

import dev.starling.tools.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What another process of this machine uses; reads Linux's {@code /proc}. */
final class ProcessProbe {
  /** Of a clock tick, whose length Linux has fixed for what it shows to programs. */
  private static final long NANOS_PER_TICK = TimeUnit.MILLISECONDS.toNanos(10);

  private static final int JCMD_SECONDS = 30;

  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;

  private final long pid;
  private final Path folder;

  /**
   * @throws CommandFailure when there is no such process
   */
  ProcessProbe(long pid) {
    this.pid = pid;
    folder = Path.of("/proc", Long.toString(pid));
    if (!Files.isReadable(folder.resolve("stat"))) {
      throw new CommandFailure("there is no process " + pid + " on this machine, or no /proc");
    }
  }

  long pid() {
    return pid;
  }

  /** The CPU time of all its threads, in steps of 10 ms. */
  long cpuNanos() {
    String stat = read("stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", SYSTEM_TICKS + 2);
    long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
    return ticks * NANOS_PER_TICK;
  }

  /** Its memory in use. */
  long residentBytes() {
    String line =
        read("status").lines().filter(each -> each.startsWith("VmRSS:")).findAny().orElse("");
    return Long.parseLong("0" + line.replaceAll("[^0-9]", "")) * 1024;
  }

  /** What a collection leaves of a JVM's heap; makes it collect. */
  long liveHeapBytes() throws InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      Path histogram = Files.createTempFile("starling-load", ".txt");
      try {
        run(histogram, jcmd.toString(), Long.toString(pid), "GC.class_histogram");
        return totalBytes(histogram);
      } finally {
        Files.delete(histogram);
      }
    } catch (IOException broken) {
      throw new CommandFailure("jcmd can't be run: " + broken);
    }
  }

  /** Into a file: a JVM stands still meanwhile, so it may not be the one that empties a pipe. */
  private static void run(Path output, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(JCMD_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new CommandFailure("jcmd takes longer than " + JCMD_SECONDS + " s");
    }
  }

  private long totalBytes(Path histogram) throws IOException {
    String total =
        Files.readAllLines(histogram).stream()
            .filter(line -> line.startsWith("Total"))
            .findAny()
            .orElse("");
    String[] words = total.split("\\s+", -1);
    if (words.length < 3) {
      throw new CommandFailure("jcmd doesn't say what is on the heap of process " + pid);
    }
    return Long.parseLong(words[2]);
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException gone) {
      throw new CommandFailure("process " + pid + " is gone: " + gone);
    }
  }
}
