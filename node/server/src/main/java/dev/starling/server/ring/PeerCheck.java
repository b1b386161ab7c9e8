package dev.starling.server.ring;

import dev.starling.server.ring.seal.KeyRing;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLSession;

/** Lets peers in that have a certificate with a name and a key in common with this node. */
final class PeerCheck implements ServerInterceptor {
  /** Who is at the other end. */
  record Peer(InetSocketAddress address, Set<String> names) {}

  static final Context.Key<Peer> PEER = Context.key("peer");

  private final Supplier<KeyRing> keys;

  PeerCheck(Supplier<KeyRing> keys) {
    this.keys = keys;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    SocketAddress remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    if (session == null || !(remote instanceof InetSocketAddress address)) {
      return refuse(call, Status.UNAUTHENTICATED.withDescription("TLS only"));
    }
    if (!KeyIds.match(headers, keys.get())) {
      return refuse(call, Status.FAILED_PRECONDITION.withDescription("no key in common"));
    }
    Peer peer = new Peer(address, RingTls.names(session));
    return Contexts.interceptCall(Context.current().withValue(PEER, peer), call, headers, next);
  }

  private static <Q, A> ServerCall.Listener<Q> refuse(ServerCall<Q, A> call, Status status) {
    call.close(status, new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
