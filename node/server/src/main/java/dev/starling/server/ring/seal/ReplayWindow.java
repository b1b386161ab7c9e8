package dev.starling.server.ring.seal;

/**
 * Which counters of one sender came: of the last {@value #SIZE} each, and none before (RFC 6479).
 */
final class ReplayWindow {
  /** How far datagrams may overtake each other. */
  static final int SIZE = 1_024;

  private static final int WORD = Long.SIZE;

  /** One word more than the window, so that moving it clears whole words. */
  private final long[] came = new long[SIZE / WORD + 1];

  private long highest = -1;

  /** What a counter is to the window. */
  enum Verdict {
    NEW,
    SEEN,
    OLD
  }

  /** Looks, and changes nothing. */
  Verdict look(long counter) {
    if (counter > highest) {
      return Verdict.NEW;
    }
    if (counter <= highest - SIZE) {
      return Verdict.OLD;
    }
    return (came[word(counter)] & bit(counter)) == 0 ? Verdict.NEW : Verdict.SEEN;
  }

  /** Notes a counter that is new. */
  void add(long counter) {
    if (counter > highest) {
      long first = highest < 0 ? 0 : highest / WORD + 1;
      long last = counter / WORD;
      for (long block = Math.max(first, last - came.length + 1); block <= last; block++) {
        came[(int) (block % came.length)] = 0;
      }
      highest = counter;
    }
    came[word(counter)] |= bit(counter);
  }

  private int word(long counter) {
    return (int) (counter / WORD % came.length);
  }

  private static long bit(long counter) {
    return 1L << counter % WORD;
  }
}
