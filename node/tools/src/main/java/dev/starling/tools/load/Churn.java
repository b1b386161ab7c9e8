package dev.starling.tools.load;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Lets clients of a lane go and come back while the others talk: by turns, one ends its session and
 * one loses its connection and resumes. The room falls silent before, so that nothing is under way
 * that could go with it, and whatever is lost all the same counts. Belongs to the lane's loop.
 */
final class Churn implements Attendance {
  private static final long LOOK_MILLIS = 5;
  private static final long RETRY_MILLIS = 500;

  private final Lane lane;
  private final Connector connector;
  private final long pauseNanos;

  /** Who is gone, with the number of connections that were tried since. */
  private final Map<Client, Integer> away = new HashMap<>();

  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private boolean running;
  private int turn;
  private boolean cleanly;

  /**
   * @param perSecond how many clients of the lane go in a second, above 0
   */
  Churn(Lane lane, Connector connector, double perSecond) {
    this.lane = lane;
    this.connector = connector;
    pauseNanos = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
  }

  /** Begins. */
  void start() {
    running = true;
    lane.loop().schedule(this::tick, pauseNanos, TimeUnit.NANOSECONDS);
  }

  /**
   * Lets nobody go any more.
   *
   * @return completes when everybody is back
   */
  CompletableFuture<Void> stop() {
    running = false;
    completeIfAllAreBack();
    return over;
  }

  @Override
  public void joined(Client client) {
    if (away.remove(client) == null) {
      return;
    }
    lane.tally().returned++;
    lane.tally().resumed += client.wasResumed() ? 1 : 0;
    lane.goOn(client.room());
    completeIfAllAreBack();
  }

  @Override
  public void lost(Client client, String reason) {
    Integer tried = away.computeIfPresent(client, (gone, before) -> before + 1);
    if (tried == null) {
      lane.tally().disconnect(reason);
    } else if (tried == 1) {
      connector.connect(client, lane);
    } else {
      lane.tally().retried++;
      lane.loop()
          .schedule(() -> connector.connect(client, lane), RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void tick() {
    if (!running) {
      return;
    }
    Client next = lane.clients().get(turn++ % lane.clients().size());
    if (!next.room().isPaused()) {
      next.room().pause();
      goWhenQuiet(next);
    }
    lane.loop().schedule(this::tick, pauseNanos, TimeUnit.NANOSECONDS);
  }

  private void goWhenQuiet(Client client) {
    if (!running) {
      lane.goOn(client.room());
    } else if (client.room().isQuiet()) {
      go(client);
    } else {
      lane.loop().schedule(() -> goWhenQuiet(client), LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void go(Client client) {
    away.put(client, 0);
    cleanly = !cleanly;
    if (cleanly) {
      lane.tally().left++;
      client.leave();
    } else {
      lane.tally().dropped++;
      client.drop();
    }
  }

  private void completeIfAllAreBack() {
    if (!running && away.isEmpty()) {
      over.complete(null);
    }
  }
}
