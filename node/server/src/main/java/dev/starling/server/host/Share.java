package dev.starling.server.host;

import dev.starling.server.host.SharedRate.Pace;

/**
 * What one user, or one address, has of the node: how many hold on to it, and how fast they are
 * together. The rates are thread-safe; holders belong to the table's lock of the key.
 */
class Share {
  private final SharedRate messages;
  private final SharedRate bytes;
  private int holders;

  Share(ShareConfig.Traffic traffic) {
    this.messages = new SharedRate(traffic.messagesPerSecond(), traffic.messageBurst());
    this.bytes = new SharedRate(traffic.bytesPerSecond(), traffic.bytesPerSecond());
  }

  /** Counts traffic; the worse of the two rates. */
  final Pace take(long messageCount, long byteCount, long nowNanos) {
    Pace byNumber = messages.take(messageCount, nowNanos);
    Pace bySize = bytes.take(byteCount, nowNanos);
    return byNumber.compareTo(bySize) > 0 ? byNumber : bySize;
  }

  final int holders() {
    return holders;
  }

  final void hold() {
    holders++;
  }

  final void letGo() {
    holders--;
  }

  /** Whether it can be forgotten: nobody holds it, and its rates have recovered. */
  boolean idle(long nowNanos) {
    return holders == 0 && messages.idle(nowNanos) && bytes.idle(nowNanos);
  }
}
