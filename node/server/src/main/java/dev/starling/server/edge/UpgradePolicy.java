package dev.starling.server.edge;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request may become a client's connection: by the page that it comes from, and
 * by the address that a proxy names. Thread-safe.
 */
final class UpgradePolicy {
  private final Origins origins;
  private final Proxies proxies;
  private final ConnectionGate gate;

  UpgradePolicy(Origins origins, Proxies proxies, ConnectionGate gate) {
    this.origins = origins;
    this.proxies = proxies;
    this.gate = gate;
  }

  /** Why not, and what to do about it. */
  record Refusal(HttpResponseStatus status, String message) {}

  /** Null where nothing is against it; the connection then counts as its client's. */
  @Nullable Refusal refusal(Channel channel, FullHttpRequest request) {
    if (!origins.admit(request)) {
      return new Refusal(
          HttpResponseStatus.FORBIDDEN,
          "pages of this origin may not connect; client.origins names those that may");
    }
    InetSocketAddress peer = ConnectionGate.peer(channel);
    boolean told = peer != null && proxies.tellingOf(peer) == Proxies.Telling.BY_HEADER;
    return told ? countClient(channel, request) : null;
  }

  private @Nullable Refusal countClient(Channel channel, FullHttpRequest request) {
    try {
      Optional<InetAddress> client = proxies.clientOf(request);
      boolean admitted =
          client.isPresent() ? gate.admit(channel, client.get()) : gate.admitPeer(channel);
      return admitted
          ? null
          : new Refusal(
              HttpResponseStatus.TOO_MANY_REQUESTS, "too many connections from this address");
    } catch (IllegalArgumentException noAddress) {
      return new Refusal(
          HttpResponseStatus.BAD_REQUEST, "the proxy's header names something that is no address");
    }
  }
}
