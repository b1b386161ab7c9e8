package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;

/** A client that asks on and on. */
final class RequestOrderTest {
  private final EmbeddedChannel channel = new EmbeddedChannel(new RequestOrder(), new Answering());
  private int answered;

  /** Answers at once; the answer leaves when the channel is flushed. */
  private final class Answering extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
      answered++;
      ctx.write(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
    }
  }

  private void ask(int times) {
    ask(times, 0);
  }

  private void ask(int times, int bodyBytes) {
    for (int i = 0; i < times; i++) {
      channel.writeInbound(
          new DefaultFullHttpRequest(
              HttpVersion.HTTP_1_1,
              HttpMethod.POST,
              "/",
              Unpooled.wrappedBuffer(new byte[bodyBytes])));
    }
  }

  @Test
  void answersThatDoNotLeaveDoNotPileUp() {
    ask(3);
    assertEquals(1, answered);
    channel.flushOutbound();
    assertEquals(2, answered);
    channel.flushOutbound();
    assertEquals(3, answered);
  }

  @Test
  void requestAfterAnAnswerThatLeftIsAnsweredAtOnce() {
    for (int i = 1; i <= 100; i++) {
      ask(1);
      assertEquals(i, answered);
      channel.flushOutbound();
    }
  }

  @Test
  void whoSendsManyWithoutWaitingIsClosed() {
    ask(17);
    assertTrue(channel.isActive());
    ask(1);
    assertFalse(channel.isActive());
    assertEquals(1, answered);
  }

  @Test
  void bodiesDoNotPileUpEither() {
    ask(3, 32 * 1024);
    assertTrue(channel.isActive());
    ask(1, 1);
    assertFalse(channel.isActive());
  }
}
