package dev.starling.server.host;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What one connection or session has on its loop's page of the account. Written on that loop, read
 * by any.
 */
final class HeldBytes {
  private final MemoryAccount.Page page;
  private final AtomicLong bytes = new AtomicLong();

  HeldBytes(MemoryAccount.Page page) {
    this.page = page;
  }

  /** From now on it is so many. */
  void set(long now) {
    long before = bytes.getPlain();
    if (now != before) {
      bytes.setOpaque(now);
      page.add(now - before);
    }
  }

  long get() {
    return bytes.getOpaque();
  }
}
