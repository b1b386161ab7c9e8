package dev.starling.server.edge;

import dev.starling.core.protocol.Code;
import dev.starling.server.edge.api.ApiAnswer;
import dev.starling.server.edge.api.HttpApi;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpMessage;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import org.jspecify.annotations.Nullable;

/**
 * Gathers a request with its body, as long as all bodies that are coming fit into the node's budget
 * for them. Only the API takes bodies worth mentioning; what is too large is refused in its own
 * way.
 */
final class BodyAggregator extends HttpObjectAggregator {
  /** Any path may have a body so small: it is gathered, and then refused for better reasons. */
  private static final int SMALL_BYTES = 1024;

  private final BodyBudget budget;
  private Fate fate = Fate.WELCOME;
  private long reserved;

  /** What becomes of a body, decided at its head. */
  private enum Fate {
    WELCOME,
    TOO_LARGE,
    NO_ROOM
  }

  BodyAggregator(int maxBytes, BodyBudget budget) {
    super(maxBytes, true);
    this.budget = budget;
  }

  /** Called first for every head, whether it expects to be asked to go on or not. */
  @Override
  protected @Nullable Object newContinueResponse(
      HttpMessage start, int maxContentLength, ChannelPipeline pipeline) {
    fate = judge(start, maxContentLength);
    return fate == Fate.WELCOME
        ? super.newContinueResponse(start, maxContentLength, pipeline)
        : null;
  }

  @Override
  protected boolean isContentLengthInvalid(HttpMessage start, int maxContentLength) {
    return fate != Fate.WELCOME || super.isContentLengthInvalid(start, maxContentLength);
  }

  @Override
  protected void finishAggregation(FullHttpMessage aggregated) throws Exception {
    giveBack();
    super.finishAggregation(aggregated);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    giveBack();
    super.channelInactive(ctx);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) throws Exception {
    giveBack();
    super.handlerRemoved(ctx);
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized)
      throws Exception {
    giveBack();
    if (oversized instanceof HttpRequest request) {
      boolean tooLarge = fate != Fate.NO_ROOM;
      fate = Fate.WELCOME;
      refuse(ctx, request, tooLarge);
    } else {
      super.handleOversizedMessage(ctx, oversized);
    }
  }

  private Fate judge(HttpMessage start, int maxBytes) {
    giveBack();
    if (start.decoderResult().isFailure()) {
      return Fate.WELCOME; // Its length means nothing; the router says what is wrong.
    }
    long length = HttpUtil.getContentLength(start, 0L);
    long expected = HttpUtil.isTransferEncodingChunked(start) ? maxBytes : length;
    if (expected <= SMALL_BYTES) {
      return Fate.WELCOME;
    }
    boolean ofApi = start instanceof HttpRequest request && HttpApi.owns(request.uri());
    if (length > maxBytes || (length > SMALL_BYTES && !ofApi)) {
      return Fate.TOO_LARGE;
    }
    if (!budget.reserve(expected)) {
      return Fate.NO_ROOM;
    }
    reserved = expected;
    return Fate.WELCOME;
  }

  private void giveBack() {
    budget.giveBack(reserved);
    reserved = 0;
  }

  private static void refuse(ChannelHandlerContext ctx, HttpRequest request, boolean tooLarge) {
    String message = tooLarge ? "the body is too large" : "too many bodies are coming; try again";
    if (HttpApi.owns(request.uri())) {
      Code code = tooLarge ? Code.TOO_LARGE : Code.BUSY;
      FullHttpResponse response = ApiEndpoint.response(ApiAnswer.refused(code, message), false);
      HttpUtil.setKeepAlive(response, false);
      // Behind the handler that would close at once, while the client may still be sending.
      LastWord.say(ctx.pipeline().context(EdgeInitializer.KEEP_ALIVE), response);
    } else {
      HttpResponseStatus status =
          tooLarge
              ? HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE
              : HttpResponseStatus.SERVICE_UNAVAILABLE;
      HttpAnswers.refuseLast(ctx, request, status, message);
    }
  }
}
