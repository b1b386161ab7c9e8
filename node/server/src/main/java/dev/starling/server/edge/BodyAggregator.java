package dev.starling.server.edge;

import dev.starling.core.protocol.Code;
import dev.starling.server.edge.api.ApiAnswer;
import dev.starling.server.edge.api.HttpApi;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;

/** Gathers a request with its body; one whose body is too large is refused in the API's own way. */
final class BodyAggregator extends HttpObjectAggregator {
  BodyAggregator(int maxBytes) {
    super(maxBytes, true);
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized)
      throws Exception {
    if (oversized instanceof HttpRequest request && HttpApi.owns(request.uri())) {
      FullHttpResponse response =
          ApiEndpoint.response(ApiAnswer.refused(Code.TOO_LARGE, "the body is too large"), false);
      HttpUtil.setKeepAlive(response, false);
      // Behind the handler that would close at once, while the client may still be sending.
      LastWord.say(ctx.pipeline().context(EdgeInitializer.KEEP_ALIVE), response);
    } else if (oversized instanceof HttpRequest request) {
      HttpAnswers.refuseLast(
          ctx, request, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "the body is too large");
    } else {
      super.handleOversizedMessage(ctx, oversized);
    }
  }
}
