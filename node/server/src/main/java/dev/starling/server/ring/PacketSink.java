package dev.starling.server.ring;

import dev.starling.membership.Endpoint;
import dev.starling.membership.NodeId;
import dev.starling.membership.swim.Channel;
import dev.starling.membership.swim.Packet;
import org.jspecify.annotations.Nullable;

/** What the sockets tell the ring's host, on its loop. */
interface PacketSink {
  /** A packet came. */
  void received(Endpoint source, Channel channel, Packet packet);

  /** A stream to whoever has this endpoint broke. */
  void broken(Endpoint streams);

  /** A stream from a peer broke. */
  void broken(NodeId peer);

  /** Nobody listens at an endpoint. */
  void refused(Endpoint streams);

  /** The name of the node that lives at an endpoint, or null where none is known to. */
  @Nullable String nameAt(Endpoint streams);
}
