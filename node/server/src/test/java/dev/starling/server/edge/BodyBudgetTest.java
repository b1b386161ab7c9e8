package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BodyBudgetTest {
  private static final int MAX_BYTES = 65_536;
  private static final String API = "/api/v1/rooms";

  private final BodyBudget budget = new BodyBudget(100_000);
  private final List<EmbeddedChannel> channels = new ArrayList<>();

  @AfterEach
  void release() {
    channels.forEach(EmbeddedChannel::finishAndReleaseAll);
  }

  @Test
  void bodyIsInTheBudgetUntilItIsComplete() {
    EmbeddedChannel channel = connection();
    say(channel, head(API, "Content-Length: 60000") + "x".repeat(59_999));
    assertEquals(60_000, budget.reserved());
    say(channel, "x");
    FullHttpRequest request = channel.readInbound();
    assertEquals(60_000, request.content().readableBytes());
    request.release();
    assertEquals(0, budget.reserved());
  }

  @Test
  void bodyBeyondTheBudgetIsRefusedUntilThereIsRoomAgain() {
    EmbeddedChannel first = connection();
    say(first, head(API, "Content-Length: 60000") + "x");
    EmbeddedChannel second = connection();
    say(second, head(API, "Content-Length: 60000"));
    assertTrue(answer(second).startsWith("HTTP/1.1 503"));
    first.close();
    assertEquals(0, budget.reserved());
    say(connection(), head(API, "Content-Length: 60000"));
    assertEquals(60_000, budget.reserved());
  }

  @Test
  void bodyOfUnknownLengthCountsAsTheLargest() {
    say(connection(), head(API, "Transfer-Encoding: chunked") + "1\r\nx\r\n");
    assertEquals(MAX_BYTES, budget.reserved());
  }

  @Test
  void onlyTheApiTakesBodiesWorthMentioning() {
    EmbeddedChannel channel = connection();
    say(channel, head("/health", "Content-Length: 60000"));
    assertTrue(answer(channel).startsWith("HTTP/1.1 413"));
    assertEquals(0, budget.reserved());
  }

  @Test
  void bodyThatAsksFirstIsToldTheSame() {
    EmbeddedChannel first = connection();
    say(first, head(API, "Content-Length: 60000\r\nExpect: 100-continue"));
    assertTrue(answer(first).startsWith("HTTP/1.1 100"));
    EmbeddedChannel second = connection();
    say(second, head(API, "Content-Length: 60000\r\nExpect: 100-continue"));
    assertTrue(answer(second).startsWith("HTTP/1.1 503"));
  }

  private EmbeddedChannel connection() {
    EmbeddedChannel channel = new EmbeddedChannel();
    channel
        .pipeline()
        .addLast(new HttpServerCodec())
        .addLast(EdgeInitializer.KEEP_ALIVE, new HttpServerKeepAliveHandler())
        .addLast(new BodyAggregator(MAX_BYTES, budget))
        .addLast(new Careless());
    channels.add(channel);
    return channel;
  }

  private static String head(String path, String headers) {
    return "POST " + path + " HTTP/1.1\r\nHost: b\r\n" + headers + "\r\n\r\n";
  }

  private static void say(EmbeddedChannel channel, String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
  }

  private static String answer(EmbeddedChannel channel) {
    StringBuilder answer = new StringBuilder();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      answer.append(part.toString(StandardCharsets.ISO_8859_1));
      part.release();
    }
    return answer.toString();
  }

  /** Bodies that end with their connection are nobody's fault here. */
  private static final class Careless extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }
}
