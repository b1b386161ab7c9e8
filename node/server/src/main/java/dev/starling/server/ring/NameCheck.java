package dev.starling.server.ring;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Ends a stream before anything is sent where the peer's certificate isn't for the node that is
 * known at its address: of nodes that share an address each could else pass for another.
 *
 * @param node null where none is known there yet, as of a seed
 */
record NameCheck(@Nullable String node) implements ClientInterceptor {
  /** Why such a stream ended. */
  static final class OtherNodeException extends Exception {}

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        super.start(
            new SimpleForwardingClientCallListener<A>(listener) {
              private boolean refused;

              @Override
              public void onReady() {
                if (isAnother(getAttributes())) {
                  refused = true;
                  cancel("the certificate is for another node", new OtherNodeException());
                } else {
                  super.onReady();
                }
              }

              @Override
              public void onHeaders(Metadata headers) {
                if (!refused) {
                  super.onHeaders(headers);
                }
              }
            },
            headers);
      }
    };
  }

  private boolean isAnother(Attributes connection) {
    SSLSession session = connection.get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    return node != null && (session == null || !RingTls.names(session).contains(node));
  }
}
