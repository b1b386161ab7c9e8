package dev.starling.sim.kernel;

import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * A running hash of everything that happened, in order: equal seeds give equal traces, in one
 * process and in two.
 */
public final class Trace {
  private final CRC32C sum = new CRC32C();
  private long first = 0x6a09e667f3bcc908L;
  private long second = 0xbb67ae8584caa73bL;

  /** Takes one happening: when, to whom, and some number that tells it from others. */
  public void add(long nanos, long whom, long what) {
    first = Long.rotateLeft(first ^ nanos, 27) * 0x9e3779b97f4a7c15L + whom;
    second = Long.rotateLeft(second ^ what, 31) * 0xbf58476d1ce4e5b9L + first;
  }

  /** Takes bytes that were delivered. */
  public void add(long nanos, long whom, byte[] bytes) {
    sum.reset();
    sum.update(bytes, 0, bytes.length);
    add(nanos, whom, sum.getValue() << 32 | bytes.length);
  }

  /** 32 digits. */
  public String hex() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(first) + hex.toHexDigits(second);
  }
}
