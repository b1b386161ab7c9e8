package dev.starling.server.edge;

import dev.starling.core.protocol.Code;
import dev.starling.crdt.Bytes;
import dev.starling.server.edge.api.ApiAnswer;
import dev.starling.server.edge.api.ApiRequest;
import dev.starling.server.edge.api.HttpApi;
import dev.starling.server.host.NodeHost;
import dev.starling.server.host.Visitor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** Between the HTTP of the client port and the API, which knows no Netty and no event loop. */
final class ApiEndpoint {
  private static final int NO_CONTENT = 204;

  private static final int UNAUTHORIZED = 401;

  private final HttpApi api;
  private final NodeHost node;

  ApiEndpoint(HttpApi api, NodeHost node) {
    this.api = api;
    this.node = node;
  }

  /** Has a request answered, later and on the connection's loop. */
  void answer(ChannelHandlerContext ctx, FullHttpRequest request) {
    boolean bodiless = request.method().equals(HttpMethod.HEAD);
    Visitor visitor = ConnectionGate.visitorOf(ctx.channel());
    String credential = request.headers().get(HttpHeaderNames.AUTHORIZATION);
    if (credential != null && visitor != null && node.ignoresCredentialsOf(visitor)) {
      String message = "too many credentials from this address were refused; wait a minute";
      ctx.writeAndFlush(response(ApiAnswer.refused(Code.RATE_LIMITED, message), bodiless));
      return;
    }
    api.answer(
            new ApiRequest(
                request.method().name(),
                request.uri(),
                credential,
                request.headers().get(HttpHeaderNames.CONTENT_TYPE),
                Bytes.wrap(ByteBufUtil.getBytes(request.content()))))
        .thenAcceptAsync(
            answer -> {
              if (credential != null && visitor != null && answer.status() == UNAUTHORIZED) {
                node.refusedCredentialsOf(visitor);
              }
              ctx.writeAndFlush(response(answer, bodiless));
            },
            ctx.executor());
  }

  static FullHttpResponse response(ApiAnswer answer, boolean bodiless) {
    ByteBuf content =
        bodiless ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(answer.body().toArray());
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()), content);
    var headers = response.headers();
    if (answer.status() != NO_CONTENT) {
      headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
      headers.set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length());
    }
    headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store").set("x-content-type-options", "nosniff");
    answer.headers().forEach(headers::set);
    return response;
  }
}
