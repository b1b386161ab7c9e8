package dev.starling.tools.load;

import java.util.concurrent.TimeUnit;

/**
 * Sends at a fixed rate, whatever the server answers. Where a client can't send, everything waits,
 * and is charged with the wait.
 */
final class OpenPacer implements Pacer {
  /** Reading must not starve while catching up. */
  private static final int MOST_AT_ONCE = 128;

  private static final long STALLED_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Lane lane;
  private final double perSecond;
  private Schedule schedule;
  private long next;
  private long skipped;
  private boolean running;

  OpenPacer(Lane lane, double perSecond) {
    this.lane = lane;
    this.perSecond = perSecond;
    schedule = new Schedule(0, perSecond);
  }

  @Override
  public void start() {
    schedule = new Schedule(System.nanoTime(), perSecond);
    running = true;
    tick();
  }

  @Override
  public void stop() {
    running = false;
    lane.tally().unsent += Math.max(0, schedule.due(System.nanoTime()) - next);
  }

  @Override
  public void answered(Pair pair, boolean success) {}

  /** The pair whose turn it is; where its room waits for somebody, the next that may talk. */
  private Pair nextPair() {
    Pair pair = lane.pair(next + skipped);
    for (int tried = 1; pair.isPaused() && tried < lane.pairs().size(); tried++) {
      skipped++;
      pair = lane.pair(next + skipped);
    }
    return pair;
  }

  private void tick() {
    if (!running) {
      return;
    }
    long now = System.nanoTime();
    boolean stalled = false;
    for (int i = 0; i < MOST_AT_ONCE && !stalled && schedule.intendedNanos(next) <= now; i++) {
      stalled = !lane.sendNext(nextPair(), schedule.intendedNanos(next));
      next += stalled ? 0 : 1;
    }
    lane.flush();
    long waitNanos = stalled ? STALLED_NANOS : schedule.intendedNanos(next) - System.nanoTime();
    lane.loop().schedule(this::tick, Math.max(0, waitNanos), TimeUnit.NANOSECONDS);
  }
}
