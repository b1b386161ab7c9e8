package dev.starling.server.ring.atomix;

import dev.starling.membership.NodeInfo;
import dev.starling.server.ring.RingNode;
import io.atomix.cluster.Member;
import io.atomix.cluster.MemberId;
import io.atomix.utils.Version;
import io.atomix.utils.net.Address;
import java.util.Properties;

/**
 * A node of the ring as Atomix's services know it. The base class says of every member that it is
 * neither active nor reachable; this one knows.
 */
final class RingMember extends Member {
  private final RingNode node;

  RingMember(RingNode node) {
    super(
        MemberId.from(node.id().name()),
        Address.from(node.info().streams().host(), node.info().streams().port()),
        node.info().zone(),
        null,
        node.info().streams().host(),
        properties(node.info()));
    this.node = node;
  }

  private static Properties properties(NodeInfo info) {
    Properties properties = new Properties();
    properties.setProperty("region", info.region());
    return properties;
  }

  RingNode node() {
    return node;
  }

  @Override
  public boolean isActive() {
    return true;
  }

  @Override
  public boolean isReachable() {
    return node.reachable();
  }

  /** That of the protocol between nodes. */
  @Override
  public Version version() {
    return Version.from(node.info().versions().newest(), 0, 0, null);
  }

  /** Its generation. */
  @Override
  public long timestamp() {
    return node.id().generation();
  }
}
