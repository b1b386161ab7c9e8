package dev.starling.tools.load;

import java.util.concurrent.TimeUnit;

/**
 * When one client confirms: with each read, or some time after the first event that it hasn't
 * confirmed, and before that together with what it sends. Belongs to its lane's event loop.
 */
final class Confirming {
  private final Lane lane;
  private final Runnable confirm;
  private boolean scheduled;

  /**
   * @param confirm writes a confirmation where there is something to confirm
   */
  Confirming(Lane lane, Runnable confirm) {
    this.lane = lane;
    this.confirm = confirm;
  }

  void readCompleted() {
    if (lane.confirmMillis() == 0) {
      confirm.run();
    } else if (!scheduled) {
      scheduled = true;
      lane.loop().schedule(this::timeIsUp, lane.confirmMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** A request goes out next. */
  void sending() {
    if (lane.confirmMillis() > 0) {
      confirm.run();
    }
  }

  private void timeIsUp() {
    scheduled = false;
    confirm.run();
    lane.flush();
  }
}
