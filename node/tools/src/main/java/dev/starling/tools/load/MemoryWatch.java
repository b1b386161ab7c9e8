package dev.starling.tools.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Notes a server's memory every so often: what is resident, and what a collection leaves of the
 * heap, for which it makes the server collect.
 */
final class MemoryWatch {
  private final ServerProbe probe;
  private final long everyNanos;
  private final List<Sample> samples = new ArrayList<>();
  private long startNanos;
  private long nextNanos;

  private record Sample(double second, long residentBytes, long liveHeapBytes) {
    private JsonObject json() {
      return new JsonObject()
          .put("second", second)
          .put("residentBytes", residentBytes)
          .put("liveHeapBytes", liveHeapBytes);
    }

    private String text() {
      return String.format(
          Locale.ROOT,
          "  after %,.0f s: %,d KiB resident, %,d KiB of live heap%n",
          second,
          residentBytes / 1024,
          liveHeapBytes / 1024);
    }
  }

  /**
   * @param everySeconds at least 1
   */
  MemoryWatch(ServerProbe probe, int everySeconds) {
    this.probe = probe;
    everyNanos = TimeUnit.SECONDS.toNanos(everySeconds);
  }

  /** The time counts from now on; takes the first sample. */
  void begin() throws InterruptedException {
    startNanos = System.nanoTime();
    nextNanos = startNanos;
    look();
  }

  /** Takes a sample where one is due. */
  void look() throws InterruptedException {
    long now = System.nanoTime();
    if (now - nextNanos < 0) {
      return;
    }
    nextNanos += everyNanos;
    long liveHeapBytes = probe.liveHeapBytes();
    samples.add(new Sample((now - startNanos) / 1e9, probe.residentBytes(), liveHeapBytes));
  }

  /** All samples, in their order. */
  List<JsonObject> json() {
    return samples.stream().map(Sample::json).toList();
  }

  /** The same for people. */
  String text() {
    StringBuilder text = new StringBuilder();
    samples.forEach(sample -> text.append(sample.text()));
    return text.toString();
  }
}
