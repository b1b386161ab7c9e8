package dev.starling.server.edge;

import dev.starling.server.host.ConnectionHost;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.concurrent.TimeUnit;

/**
 * Tells the host how many bytes a connection holds: what isn't read yet by the client, and what has
 * come of a message that isn't complete. Used on the channel's loop only.
 */
final class WaitingBytes {
  private static final int SETTLE_MILLIS = 100;

  private final Channel channel;
  private final ConnectionHost connection;
  private final FrameBatch batch;
  private boolean scheduled;
  private int frame;
  private int parts;

  WaitingBytes(Channel channel, ConnectionHost connection, FrameBatch batch) {
    this.channel = channel;
    this.connection = connection;
    this.batch = batch;
  }

  /** So much of an unfinished frame has come. */
  void frame(int bytes) {
    if (frame != bytes) {
      frame = bytes;
      settle();
    }
  }

  /** So much of a message has come; told with the next {@link #settle}. */
  void parts(int bytes) {
    parts = bytes;
  }

  /** Tells it; what drains by itself is noticed a little later. */
  void settle() {
    long pending = pending();
    connection.holds(pending + frame + parts);
    if (pending > 0 && !scheduled) {
      scheduled = true;
      channel.eventLoop().schedule(this::settleAgain, SETTLE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** What the client hasn't read yet. */
  long pending() {
    ChannelOutboundBuffer outbound = channel.unsafe().outboundBuffer();
    return batch.bytes() + (outbound == null ? 0 : outbound.totalPendingWriteBytes());
  }

  private void settleAgain() {
    scheduled = false;
    settle();
  }
}
