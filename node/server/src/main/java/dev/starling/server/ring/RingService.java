package dev.starling.server.ring;

import dev.starling.membership.NodeId;
import dev.starling.membership.swim.Channel;
import dev.starling.proto.ring.PacketReader;
import dev.starling.proto.ring.v1.Exchanged;
import dev.starling.proto.ring.v1.Packet;
import dev.starling.server.ring.seal.Drop;
import dev.starling.server.ring.seal.DropCounts;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the streams of peers; on the ring's loop only. */
final class RingService {
  private static final Logger log = LoggerFactory.getLogger(RingService.class);

  private final PacketSink sink;
  private final DropCounts drops;
  private final Seldom complaints;

  RingService(PacketSink sink, DropCounts drops, Seldom complaints) {
    this.sink = sink;
    this.drops = drops;
    this.complaints = complaints;
  }

  ServerServiceDefinition definition() {
    return ServerServiceDefinition.builder(RingMethod.DESCRIPTOR)
        .addMethod(RingMethod.EXCHANGE, ServerCalls.asyncClientStreamingCall(this::exchange))
        .build();
  }

  private StreamObserver<Packet> exchange(StreamObserver<Exchanged> answer) {
    return new Incoming(PeerCheck.PEER.get(), answer);
  }

  /** One stream of one peer. */
  private final class Incoming implements StreamObserver<Packet> {
    private final PeerCheck.Peer peer;
    private final StreamObserver<Exchanged> answer;
    private @Nullable NodeId from;
    private boolean over;

    Incoming(PeerCheck.Peer peer, StreamObserver<Exchanged> answer) {
      this.peer = peer;
      this.answer = answer;
    }

    @Override
    public void onNext(Packet message) {
      if (over) {
        return;
      }
      var packet = PacketReader.packet(message);
      if (packet == null) {
        drops.count(Drop.MALFORMED);
      } else if (peer.names().contains(packet.from().name())) {
        from = packet.from();
        sink.received(Datagrams.endpoint(peer.address()), Channel.STREAM, packet);
      } else {
        refuse(packet.from());
      }
    }

    private void refuse(NodeId claimed) {
      over = true;
      if (complaints.mayComplain()) {
        log.warn(
            "{} says that it is {}, but its certificate is for {}; give each node a certificate with"
                + " its name",
            peer.address(),
            claimed.name(),
            peer.names());
      }
      answer.onError(
          Status.PERMISSION_DENIED
              .withDescription("the certificate is for another name")
              .asRuntimeException());
    }

    @Override
    public void onError(Throwable broken) {
      if (from != null && !over) {
        sink.broken(from);
      }
    }

    @Override
    public void onCompleted() {
      answer.onNext(Exchanged.getDefaultInstance());
      answer.onCompleted();
    }
  }
}
