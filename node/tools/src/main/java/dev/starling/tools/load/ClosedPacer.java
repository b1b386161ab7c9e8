package dev.starling.tools.load;

import java.util.concurrent.TimeUnit;

/** Keeps a number of messages of each pair under way: as fast as the server confirms. */
final class ClosedPacer implements Pacer {
  /** Asking again at once would only be refused again. */
  private static final long REFUSED_MILLIS = 50;

  private final Lane lane;
  private final int window;
  private boolean running;

  ClosedPacer(Lane lane, int window) {
    this.lane = lane;
    this.window = window;
  }

  @Override
  public void start() {
    running = true;
    lane.pairs().forEach(this::fill);
    lane.flush();
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public void answered(Pair pair, boolean success) {
    if (success) {
      fill(pair);
    } else {
      lane.loop().schedule(() -> fillLater(pair), REFUSED_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void fillLater(Pair pair) {
    fill(pair);
    lane.flush();
  }

  private void fill(Pair pair) {
    boolean sent = running;
    while (sent && pair.unanswered() < window) {
      sent = lane.sendNext(pair, System.nanoTime());
    }
  }
}
