package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The time between requests, on a clock that the test moves. */
final class DeadlineTest {
  private static final int FIRST_MILLIS = 5000;
  private static final int IDLE_MILLIS = 30_000;

  private final EmbeddedChannel channel = new EmbeddedChannel();

  private final AtomicInteger silent = new AtomicInteger();

  DeadlineTest() {
    channel.freezeTime();
    Deadline deadline = new Deadline(FIRST_MILLIS, IDLE_MILLIS, silent);
    channel.pipeline().addLast(deadline.firstBytes(), deadline);
  }

  @Test
  void nextRequestMustComeWholeInTimeOnceItHasBegun() {
    request();
    pass(IDLE_MILLIS - 1);
    channel.writeInbound(Unpooled.EMPTY_BUFFER);
    for (int i = 0; i < FIRST_MILLIS; i += 100) {
      assertTrue(channel.isOpen());
      channel.writeInbound(Unpooled.EMPTY_BUFFER);
      pass(100);
    }
    assertFalse(channel.isOpen());
  }

  @Test
  void connectionIsSilentUntilItsFirstRequest() {
    assertEquals(1, silent.get());
    request();
    assertEquals(0, silent.get());
    channel.close();
    assertEquals(0, silent.get());
  }

  @Test
  void connectionThatEndsWithoutARequestIsNotSilentAnyMore() {
    channel.close();
    assertEquals(0, silent.get());
  }

  @Test
  void firstRequestMustComeInTime() {
    pass(FIRST_MILLIS - 1);
    assertTrue(channel.isOpen());
    pass(1);
    assertFalse(channel.isOpen());
  }

  @Test
  void idleConnectionIsClosed() {
    request();
    pass(IDLE_MILLIS - 1);
    assertTrue(channel.isOpen());
    pass(1);
    assertFalse(channel.isOpen());
  }

  @Test
  void everyRequestBuysTime() {
    for (int i = 0; i < 3; i++) {
      request();
      pass(IDLE_MILLIS - 1);
    }
    assertTrue(channel.isOpen());
  }

  @Test
  void bytesThatAreNoRequestBuyNone() {
    for (int i = 0; i < FIRST_MILLIS; i += 100) {
      channel.writeInbound(Unpooled.EMPTY_BUFFER);
      pass(100);
    }
    assertFalse(channel.isOpen());
  }

  @Test
  void upgradedConnectionHasNone() {
    channel.pipeline().remove(Deadline.class);
    pass(IDLE_MILLIS);
    assertTrue(channel.isOpen());
  }

  private void request() {
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.GET, "/", Unpooled.EMPTY_BUFFER);
    channel.writeInbound(request);
  }

  private void pass(int millis) {
    channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
  }
}
