package dev.starling.server.ring;

import dev.starling.membership.Endpoint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * When streams that broke are opened again: at once the first time, since whether the host refuses
 * a new one says whether the process is gone, and then after pauses that double, so that nobody is
 * called in a loop. One thread.
 */
final class Reopening {
  private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final int MOST_DOUBLINGS = 7;

  /** Whoever's streams last longer than the longest pause starts anew. */
  private static final long CALM_NANOS = TimeUnit.MINUTES.toNanos(1);

  private record Broken(int times, long lastNanos) {}

  private final RandomGenerator random;
  private final Map<Endpoint, Broken> broken;

  /**
   * @param most of how many peers it is remembered
   * @param random for the pauses: half of each is by chance, so that many don't call at a time
   */
  Reopening(int most, RandomGenerator random) {
    this.random = random;
    this.broken =
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Endpoint, Broken> eldest) {
            return size() > most;
          }
        };
  }

  /**
   * A stream broke.
   *
   * @param mayBeAtOnce whether it is the connection that broke
   * @return how long to wait, in nanoseconds; 0 for not at all
   */
  long pauseNanos(Endpoint peer, boolean mayBeAtOnce, long nowNanos) {
    Broken before = broken.remove(peer);
    int times = before == null || nowNanos - before.lastNanos > CALM_NANOS ? 0 : before.times;
    broken.put(peer, new Broken(times + 1, nowNanos));
    if (times == 0 && mayBeAtOnce) {
      return 0;
    }
    long pause = FIRST_NANOS << Math.min(Math.max(0, times - 1), MOST_DOUBLINGS);
    return pause / 2 + random.nextLong(pause / 2);
  }

  /** Whether a stream to it broke, and nobody was found gone since. */
  boolean isFor(Endpoint peer) {
    return broken.containsKey(peer);
  }

  /** Nobody listens there any more: whoever will is another. */
  void gone(Endpoint peer) {
    broken.remove(peer);
  }
}
