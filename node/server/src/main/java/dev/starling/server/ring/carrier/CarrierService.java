package dev.starling.server.ring.carrier;

import dev.starling.membership.NodeId;
import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes the streams of peers that call. A peer whose first stream it is gets the loop that serves
 * its connection, so that nothing is handed from thread to thread.
 */
public final class CarrierService implements ServerCallExecutorSupplier {
  private static final Attributes.Key<EventLoop> LOOP = Attributes.Key.create("starling-loop");

  private final Carrier carrier;
  private final EventLoopGroup loops;
  private final Function<Attributes, Set<String>> names;

  /**
   * @param loops those that serve connections
   * @param names tells from a connection's attributes whom the caller's certificate is for
   */
  public CarrierService(
      Carrier carrier, EventLoopGroup loops, Function<Attributes, Set<String>> names) {
    this.carrier = carrier;
    this.loops = loops;
    this.names = names;
  }

  /** For the server's builder. */
  public ServerServiceDefinition definition() {
    return ServerServiceDefinition.builder(CarrierMethod.DESCRIPTOR)
        .addMethod(CarrierMethod.EXCHANGE, this::start)
        .build();
  }

  /** For the server's builder: notes which loop serves a connection. */
  public ServerTransportFilter loopFilter() {
    return new ServerTransportFilter() {
      @Override
      public Attributes transportReady(Attributes attributes) {
        for (EventExecutor each : loops) {
          if (each.inEventLoop() && each instanceof EventLoop loop) {
            return attributes.toBuilder().set(LOOP, loop).build();
          }
        }
        return attributes;
      }
    };
  }

  /** A peer's loop for its calls; null, which stands for the server's own, for all others. */
  @Override
  public <Q, A> @Nullable Executor getExecutor(ServerCall<Q, A> call, Metadata headers) {
    PeerHello hello = PeerHello.in(headers);
    if (hello == null || !isFrom(call, hello.caller())) {
      return null;
    }
    Peer peer = carrier.peer(hello.caller().name(), call.getAttributes().get(LOOP));
    return peer == null ? null : peer.loop();
  }

  private boolean isFrom(ServerCall<?, ?> call, NodeId caller) {
    return names.apply(call.getAttributes()).contains(caller.name());
  }

  private ServerCall.Listener<Batch> start(ServerCall<Batch, Batch> call, Metadata headers) {
    PeerHello hello = PeerHello.in(headers);
    if (hello == null) {
      return refuse(call, Status.INVALID_ARGUMENT.withDescription("say who you are"));
    }
    NodeId caller = hello.caller();
    if (!isFrom(call, caller)) {
      return refuse(
          call, Status.PERMISSION_DENIED.withDescription("the certificate is for another name"));
    }
    if (!carrier.isServing()) {
      return refuse(call, Status.UNAVAILABLE.withDescription("not yet, or no more"));
    }
    NodeId self = carrier.self();
    if (!hello.callee().equals(self) || caller.name().compareTo(self.name()) >= 0) {
      return refuse(
          call,
          Status.FAILED_PRECONDITION.withDescription(
              "this is " + self + ", which calls those with larger names"));
    }
    Peer peer = carrier.peer(caller.name(), null);
    if (peer == null || !peer.loop().inEventLoop()) {
      return refuse(call, Status.RESOURCE_EXHAUSTED.withDescription("too many peers"));
    }
    return accept(call, caller, peer);
  }

  private static ServerCall.Listener<Batch> accept(
      ServerCall<Batch, Batch> call, NodeId caller, Peer peer) {
    Accepted accepted = new Accepted(call);
    CarrierStream stream = peer.accept(caller, accepted);
    if (stream == null) {
      return refuse(call, Status.FAILED_PRECONDITION.withDescription("that life of it is over"));
    }
    accepted.begin(stream);
    return accepted;
  }

  private static ServerCall.Listener<Batch> refuse(ServerCall<Batch, Batch> call, Status status) {
    call.close(status, new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
