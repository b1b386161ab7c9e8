package dev.starling.server.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** Writes HTTP responses with the headers that a browser needs to be held safe. */
final class HttpAnswers {
  /**
   * The pages load nothing from elsewhere and run no inline script; cameras are for this origin
   * alone.
   */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data: blob:;"
          + " media-src 'self' blob: mediastream:; object-src 'none'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  private static final String PERMISSIONS_POLICY =
      "camera=(self), microphone=(self), display-capture=(self), geolocation=()";

  private HttpAnswers() {}

  /**
   * A refusal of a request that was not understood: where it ends isn't known, so nothing can
   * follow it.
   */
  static void refuseLast(
      ChannelHandlerContext ctx, HttpRequest request, HttpResponseStatus status, String message) {
    FullHttpResponse response = refusal(request, status, message);
    HttpUtil.setKeepAlive(response, false);
    // Behind the handler that would close at once.
    LastWord.say(ctx.pipeline().context(EdgeInitializer.KEEP_ALIVE), response);
  }

  /** A refusal with a sentence that says why. */
  static void refuse(
      ChannelHandlerContext ctx,
      FullHttpRequest request,
      HttpResponseStatus status,
      String message) {
    FullHttpResponse response = refusal(request, status, message);
    if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
      response.headers().set(HttpHeaderNames.UPGRADE, "websocket");
      response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
    } else if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
      response.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
    }
    ctx.writeAndFlush(response);
  }

  private static FullHttpResponse refusal(
      HttpRequest request, HttpResponseStatus status, String message) {
    byte[] body = (message + "\n").getBytes(StandardCharsets.UTF_8);
    return response(request, status, "text/plain; charset=utf-8", body);
  }

  static void json(
      ChannelHandlerContext ctx, FullHttpRequest request, HttpResponseStatus status, String json) {
    FullHttpResponse response =
        response(request, status, "application/json", json.getBytes(StandardCharsets.UTF_8));
    response.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    ctx.writeAndFlush(response);
  }

  static void file(
      ChannelHandlerContext ctx,
      FullHttpRequest request,
      HttpResponseStatus status,
      WebFiles.WebFile file) {
    FullHttpResponse response = response(request, status, file.type(), file.body().array());
    response
        .headers()
        .set(HttpHeaderNames.ETAG, file.etag())
        .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
        .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY)
        .set("permissions-policy", PERMISSIONS_POLICY)
        .set("referrer-policy", "no-referrer")
        .set("access-control-allow-origin", "*");
    ctx.writeAndFlush(response);
  }

  private static FullHttpResponse response(
      HttpRequest request, HttpResponseStatus status, String type, byte[] body) {
    boolean bodiless =
        request.method().equals(HttpMethod.HEAD) || status.equals(HttpResponseStatus.NOT_MODIFIED);
    ByteBuf content = bodiless ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body);
    FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, type)
        .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
        .set("x-content-type-options", "nosniff");
    return response;
  }
}
