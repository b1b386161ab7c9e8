package dev.starling.property;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Runs a parser on damaged inputs and keeps account: how many inputs came to which verdict, and how
 * much memory one of them took. Not thread-safe.
 */
public final class Fuzzing {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final String parser;
  private final long baseBytes;
  private final long bytesPerByte;
  private final Map<String, Integer> verdicts = new TreeMap<>();
  private long inputs;
  private long mostBytes;

  /**
   * @param parser for the report
   * @param baseBytes how much memory any input may take
   * @param bytesPerByte how much more for each byte of it
   */
  public Fuzzing(String parser, long baseBytes, long bytesPerByte) {
    this.parser = parser;
    this.baseBytes = baseBytes;
    this.bytesPerByte = bytesPerByte;
  }

  /**
   * Parses one input on this thread. One that takes more memory than it may is parsed once more:
   * whatever is met for the first time also loads classes.
   *
   * @param length of the input
   * @throws AssertionError where the parser took more memory than it may, twice
   */
  public <T> T parse(int length, Supplier<T> parsing) {
    inputs++;
    long bound = baseBytes + bytesPerByte * length;
    long before = THREADS.getCurrentThreadAllocatedBytes();
    T parsed = parsing.get();
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    if (bytes > bound) {
      before = THREADS.getCurrentThreadAllocatedBytes();
      parsed = parsing.get();
      bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    }
    if (bytes > bound) {
      throw new AssertionError(bytes + " bytes for an input of " + length + ", above " + bound);
    }
    mostBytes = Math.max(mostBytes, bytes);
    return parsed;
  }

  /** Counts what came of an input. */
  public void count(String verdict) {
    verdicts.merge(verdict, 1, Integer::sum);
  }

  /** One line. */
  @Override
  public String toString() {
    return parser
        + ": "
        + inputs
        + " inputs "
        + verdicts
        + ", at most "
        + mostBytes
        + " bytes of memory for one";
  }
}
