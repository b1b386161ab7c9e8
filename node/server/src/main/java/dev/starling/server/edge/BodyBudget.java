package dev.starling.server.edge;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What bodies of HTTP requests may take up together while they are coming: they come before anybody
 * has said who it is. Thread-safe.
 */
final class BodyBudget {
  private final long most;
  private final AtomicLong reserved = new AtomicLong();

  /**
   * @param most in bytes
   */
  BodyBudget(long most) {
    this.most = most;
  }

  /** Whether there was room for so many bytes, which are then taken until they are given back. */
  boolean reserve(long bytes) {
    if (reserved.addAndGet(bytes) <= most) {
      return true;
    }
    reserved.addAndGet(-bytes);
    return false;
  }

  void giveBack(long bytes) {
    reserved.addAndGet(-bytes);
  }

  /** How much is taken. */
  long reserved() {
    return reserved.get();
  }
}
