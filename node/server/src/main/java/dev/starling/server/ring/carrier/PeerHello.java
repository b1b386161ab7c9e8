package dev.starling.server.ring.carrier;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.starling.membership.NodeId;
import dev.starling.proto.peer.v1.Introduction;
import dev.starling.proto.ring.v1.Node;
import io.grpc.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * The header by which a caller says who it is and whom it calls.
 *
 * @param caller whoever opens the stream
 * @param callee the life that it wants to speak to
 */
record PeerHello(NodeId caller, NodeId callee) {
  private static final Metadata.Key<byte[]> HEADER =
      Metadata.Key.of("starling-peer-bin", Metadata.BINARY_BYTE_MARSHALLER);

  Metadata headers() {
    Metadata headers = new Metadata();
    headers.put(
        HEADER,
        Introduction.newBuilder()
            .setCaller(node(caller))
            .setCallee(node(callee))
            .build()
            .toByteArray());
    return headers;
  }

  /** What a caller says; null where it says nothing that can be understood. */
  static @Nullable PeerHello in(Metadata headers) {
    byte @Nullable [] said = headers.get(HEADER);
    if (said == null) {
      return null;
    }
    try {
      Introduction parsed = Introduction.parseFrom(said);
      return new PeerHello(node(parsed.getCaller()), node(parsed.getCallee()));
    } catch (InvalidProtocolBufferException | IllegalArgumentException malformed) {
      return null;
    }
  }

  private static Node node(NodeId id) {
    return Node.newBuilder().setName(id.name()).setGeneration(id.generation()).build();
  }

  private static NodeId node(Node node) {
    return new NodeId(node.getName(), node.getGeneration());
  }
}
