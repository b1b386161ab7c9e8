package dev.starling.server.ring;

import dev.starling.membership.Endpoint;
import dev.starling.proto.ring.v1.Exchanged;
import dev.starling.proto.ring.v1.Packet;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One stream to one peer, from its opening to its end; on the ring's loop only. */
final class PeerStream implements ClientResponseObserver<Packet, Exchanged> {
  /**
   * More than a table of thousands of nodes takes; beyond it packets are lost, as datagrams are.
   */
  private static final int MOST_WAITING = 128;

  private final Endpoint peer;
  private final ManagedChannel channel;
  private final BiConsumer<PeerStream, End> ended;
  private final Queue<Packet> waiting = new ArrayDeque<>();
  private @Nullable ClientCallStreamObserver<Packet> call;
  private boolean connected;
  private boolean over;

  /** How a stream ended. */
  enum End {
    /** As this node wanted. */
    CLOSED,
    /** It was open, and its connection broke. */
    BROKEN,
    /** It was open, and the peer's server ended it. */
    ENDED,
    /** The peer's server takes no streams, or none of this node. */
    UNWANTED,
    /** It never was open: the peer's host refused the connection. */
    REFUSED,
    /** It never was open, for another reason. */
    UNREACHED,
    /** The peer has no key in common with this node. */
    OTHER_KEYS,
    /** The peer's certificate is for another node than the one that is known there. */
    OTHER_NODE
  }

  PeerStream(Endpoint peer, ManagedChannel channel, BiConsumer<PeerStream, End> ended) {
    this.peer = peer;
    this.channel = channel;
    this.ended = ended;
  }

  Endpoint peer() {
    return peer;
  }

  /**
   * Begins it.
   *
   * @param checks of whom is at the other end
   */
  void open(ClientInterceptor... checks) {
    Channel checked = ClientInterceptors.intercept(channel, checks);
    ClientCalls.asyncClientStreamingCall(
        checked.newCall(RingMethod.EXCHANGE, CallOptions.DEFAULT), this);
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<Packet> requests) {
    call = requests;
    requests.setOnReadyHandler(this::ready);
  }

  /** The server's name was checked on the way here. */
  private void ready() {
    connected = true;
    drain();
  }

  void send(Packet packet) {
    if (!over && waiting.size() < MOST_WAITING) {
      waiting.add(packet);
      drain();
    }
  }

  /** The transport may be ready before this loop hears of it, and so before the check. */
  private void drain() {
    ClientCallStreamObserver<Packet> open = call;
    while (!over && connected && open != null && open.isReady()) {
      Packet next = waiting.poll();
      if (next == null) {
        return;
      }
      open.onNext(next);
    }
  }

  /** Ends it; what waits is lost. */
  void close() {
    end(End.CLOSED);
  }

  @Override
  public void onNext(Exchanged end) {
    // The stream ends with it.
  }

  @Override
  public void onCompleted() {
    end(End.CLOSED);
  }

  @Override
  public void onError(Throwable cause) {
    end(end(Status.fromThrowable(cause)));
  }

  private End end(Status status) {
    if (status.getCause() instanceof NameCheck.OtherNodeException) {
      return End.OTHER_NODE;
    }
    return switch (status.getCode()) {
      case FAILED_PRECONDITION -> End.OTHER_KEYS;
      case UNIMPLEMENTED, PERMISSION_DENIED, UNAUTHENTICATED -> End.UNWANTED;
      case UNAVAILABLE -> connected ? End.BROKEN : unopened(status);
      default -> connected ? End.ENDED : unopened(status);
    };
  }

  private static End unopened(Status status) {
    return isRefusal(status.getCause()) ? End.REFUSED : End.UNREACHED;
  }

  private static boolean isRefusal(@Nullable Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof ConnectException && !(at instanceof ConnectTimeoutException)) {
        String message = at.getMessage();
        return message != null && message.contains("refused");
      }
    }
    return false;
  }

  private void end(End how) {
    if (over) {
      return;
    }
    over = true;
    waiting.clear();
    if (how == End.CLOSED && call != null && connected) {
      call.onCompleted();
      channel.shutdown();
    } else {
      channel.shutdownNow();
    }
    ended.accept(this, how);
  }
}
