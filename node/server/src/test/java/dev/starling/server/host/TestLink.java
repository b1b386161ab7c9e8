package dev.starling.server.host;

import dev.starling.core.replication.PeerMessage;
import dev.starling.membership.NodeId;
import dev.starling.proto.replication.PeerReader;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A link that remembers what is sent, or takes nothing. Used on one loop. */
final class TestLink implements PeerLink {
  private final NodeId peer;
  private final EventExecutor loop;
  final List<PeerMessage> sent = new ArrayList<>();
  int offers;
  int resets;
  boolean takes = true;

  TestLink(NodeId peer, EventExecutor loop) {
    this.peer = peer;
    this.loop = loop;
  }

  @Override
  public NodeId peer() {
    return peer;
  }

  @Override
  public EventExecutor loop() {
    return loop;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean offer(PeerFrame frame) {
    offers++;
    if (takes) {
      sent.add(Objects.requireNonNull(PeerReader.peer(frame.head())));
    }
    return takes;
  }

  @Override
  public void reset(String why) {
    resets++;
  }
}
