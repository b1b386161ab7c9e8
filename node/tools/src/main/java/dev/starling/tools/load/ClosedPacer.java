package dev.starling.tools.load;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Keeps a number of messages of each pair under way: as fast as the server confirms. */
final class ClosedPacer implements Pacer {
  /** Asking again at once would only be refused again. */
  private static final long PAUSE_MILLIS = 100;

  private final Lane lane;
  private final int window;
  private final Set<Pair> paused = new HashSet<>();
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
    } else if (paused.add(pair)) {
      lane.loop().schedule(() -> goOn(pair), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void goOn(Pair pair) {
    paused.remove(pair);
    fill(pair);
    lane.flush();
  }

  private void fill(Pair pair) {
    boolean sent = running && !paused.contains(pair);
    while (sent && pair.unanswered() < window) {
      sent = lane.sendNext(pair, System.nanoTime());
    }
  }
}
