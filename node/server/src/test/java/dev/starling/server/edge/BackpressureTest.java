package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

/** A channel that takes no more data, be it that its client doesn't read. */
final class BackpressureTest {
  private final EmbeddedChannel channel = new EmbeddedChannel(Backpressure.INSTANCE);

  private void setWritable(boolean writable) {
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
    channel.runPendingTasks();
  }

  @Test
  void requestsWaitWhileAnswersAreNotRead() {
    setWritable(false);
    assertFalse(channel.config().isAutoRead());
    setWritable(true);
    assertTrue(channel.config().isAutoRead());
  }

  @Test
  void upgradedConnectionIsListenedTo() {
    setWritable(false);
    channel.pipeline().remove(Backpressure.INSTANCE);
    assertTrue(channel.config().isAutoRead());
  }
}
