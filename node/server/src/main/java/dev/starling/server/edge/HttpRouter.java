package dev.starling.server.edge;

import static io.netty.handler.codec.http.HttpResponseStatus.BAD_REQUEST;
import static io.netty.handler.codec.http.HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED;
import static io.netty.handler.codec.http.HttpResponseStatus.METHOD_NOT_ALLOWED;
import static io.netty.handler.codec.http.HttpResponseStatus.NOT_FOUND;
import static io.netty.handler.codec.http.HttpResponseStatus.NOT_MODIFIED;
import static io.netty.handler.codec.http.HttpResponseStatus.OK;
import static io.netty.handler.codec.http.HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
import static io.netty.handler.codec.http.HttpResponseStatus.REQUEST_URI_TOO_LONG;
import static io.netty.handler.codec.http.HttpResponseStatus.SERVICE_UNAVAILABLE;
import static io.netty.handler.codec.http.HttpResponseStatus.UPGRADE_REQUIRED;

import dev.starling.server.edge.api.HttpApi;
import dev.starling.server.host.NodeHost;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Sends each HTTP request of the client port where it belongs. Stateless, shared by all
 * connections.
 */
@Sharable
final class HttpRouter extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final String WEB_SOCKET_PATH = "/v1/ws";

  /** 16 bytes in base64 (RFC 6455, section 4.2.1). */
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{21}[AQgw]==");

  private final WebFiles files;
  private final Health health;
  private final WebSocketUpgrade nativeProtocol;
  private final ApiEndpoint endpoint;
  private final UpgradePolicy policy;
  private final boolean conformance;

  HttpRouter(
      EdgeConfig.Bounds bounds,
      WebFiles files,
      Health health,
      NodeHost node,
      HttpApi api,
      UpgradePolicy policy,
      boolean conformance) {
    this.files = files;
    this.health = health;
    this.nativeProtocol = new WebSocketUpgrade(bounds, node);
    this.endpoint = new ApiEndpoint(api, node);
    this.policy = policy;
    this.conformance = conformance;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    Throwable broken = request.decoderResult().cause();
    if (broken != null) {
      HttpAnswers.refuseLast(ctx, request, statusFor(broken), "the request is broken");
    } else if (request.protocolVersion().majorVersion() != 1) {
      HttpAnswers.refuseLast(ctx, request, HTTP_VERSION_NOT_SUPPORTED, "HTTP/1.1 only");
    } else if (!namesItsHost(request)) {
      HttpAnswers.refuseLast(ctx, request, BAD_REQUEST, "one Host is needed");
    } else {
      route(ctx, request);
    }
  }

  /** RFC 9112, section 3.2: what lies between must not be able to see another host than we do. */
  private static boolean namesItsHost(FullHttpRequest request) {
    int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
    return hosts == 1 || (hosts == 0 && isOld(request));
  }

  private static boolean isOld(FullHttpRequest request) {
    return request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0;
  }

  private void route(ChannelHandlerContext ctx, FullHttpRequest request) {
    String path = path(request.uri());
    switch (path) {
      case WEB_SOCKET_PATH -> webSocket(ctx, request, false);
      case Conformance.PATH -> {
        if (conformance) {
          webSocket(ctx, request, true);
        } else {
          file(ctx, request, path);
        }
      }
      case "/health", "/health/live", "/health/ready" -> {
        if (readsOnly(ctx, request)) {
          health(ctx, request, path);
        }
      }
      case String api when HttpApi.owns(api) -> endpoint.answer(ctx, request);
      default -> file(ctx, request, path);
    }
  }

  /** Whether the request only reads; refuses it otherwise. */
  private static boolean readsOnly(ChannelHandlerContext ctx, FullHttpRequest request) {
    if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
      return true;
    }
    HttpAnswers.refuse(ctx, request, METHOD_NOT_ALLOWED, "GET and HEAD only");
    return false;
  }

  private void health(ChannelHandlerContext ctx, FullHttpRequest request, String path) {
    switch (path) {
      case "/health/live" -> HttpAnswers.json(ctx, request, OK, "{\"status\":\"live\"}");
      case "/health/ready" ->
          HttpAnswers.json(ctx, request, health.ready() ? OK : SERVICE_UNAVAILABLE, health.json());
      default -> HttpAnswers.json(ctx, request, OK, health.json());
    }
  }

  private static HttpResponseStatus statusFor(Throwable broken) {
    if (broken instanceof TooLongHttpHeaderException) {
      return REQUEST_HEADER_FIELDS_TOO_LARGE;
    }
    return broken instanceof TooLongHttpLineException ? REQUEST_URI_TOO_LONG : BAD_REQUEST;
  }

  private static String path(String uri) {
    int query = uri.indexOf('?');
    return query < 0 ? uri : uri.substring(0, query);
  }

  private void webSocket(ChannelHandlerContext ctx, FullHttpRequest request, boolean echo) {
    var headers = request.headers();
    boolean upgrade =
        request.method().equals(HttpMethod.GET)
            && !isOld(request)
            && headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
            && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
    String version = headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION);
    if (!upgrade || !WebSocketVersion.V13.toHttpHeaderValue().equals(version)) {
      HttpAnswers.refuse(ctx, request, UPGRADE_REQUIRED, "this path speaks WebSocket, version 13");
    } else if (!hasKey(headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_KEY))) {
      HttpAnswers.refuse(
          ctx, request, BAD_REQUEST, "one Sec-WebSocket-Key of 16 bytes in base64 is needed");
    } else if (!health.ready()) {
      HttpAnswers.refuse(ctx, request, SERVICE_UNAVAILABLE, "the node isn't ready");
    } else {
      upgrade(ctx, request, echo);
    }
  }

  private void upgrade(ChannelHandlerContext ctx, FullHttpRequest request, boolean echo) {
    WireForm form = nativeProtocol.chosen(request);
    if (!echo && form == null) {
      // Before a client is counted: a proxy may use the connection for the next one.
      String message = "the subprotocol must be " + nativeProtocol.subprotocols();
      HttpAnswers.refuse(ctx, request, BAD_REQUEST, message);
      return;
    }
    UpgradePolicy.Refusal refusal = policy.refusal(ctx.channel(), request);
    if (refusal != null) {
      HttpAnswers.refuse(ctx, request, refusal.status(), refusal.message());
    } else if (echo || form == null) {
      Conformance.upgrade(ctx, request);
    } else {
      nativeProtocol.upgrade(ctx, request, form);
    }
  }

  private static boolean hasKey(List<String> keys) {
    return keys.size() == 1 && KEY.matcher(keys.getFirst()).matches();
  }

  private void file(ChannelHandlerContext ctx, FullHttpRequest request, String path) {
    WebFiles.WebFile file = files.at(path);
    if (file == null) {
      HttpAnswers.refuse(ctx, request, NOT_FOUND, "no such path");
    } else if (readsOnly(ctx, request)) {
      boolean known = file.etag().equals(request.headers().get(HttpHeaderNames.IF_NONE_MATCH));
      HttpAnswers.file(ctx, request, known ? NOT_MODIFIED : OK, file);
    }
  }

  /** Broken TLS, resets and the like end the connection and concern nobody else. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
