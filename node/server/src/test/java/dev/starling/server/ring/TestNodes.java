package dev.starling.server.ring;

import dev.starling.membership.Endpoint;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.NodeRole;
import dev.starling.membership.VersionRange;
import dev.starling.server.ring.seal.SealKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/** What nodes of tests are told, on loopback. */
public final class TestNodes {
  private TestNodes() {}

  /** A node in a region, and the ports of others that it is told of. */
  public static RingConfig config(
      String name,
      String region,
      SealKey key,
      RingConfig.Certificates certificates,
      int port,
      int... seeds) {
    return new RingConfig(
        new NodeId(name, System.currentTimeMillis() << 16),
        info(region, port),
        Arrays.stream(seeds).mapToObj(seed -> host(seed)).toList(),
        List.of(),
        List.of(key),
        null,
        certificates,
        1_000);
  }

  /** What a node in a region says of itself. */
  static NodeInfo info(String region, int port) {
    Endpoint endpoint = new Endpoint("127.0.0.1", port);
    return new NodeInfo(
        endpoint,
        endpoint,
        region,
        "zone",
        EnumSet.allOf(NodeRole.class),
        0,
        false,
        new VersionRange(1, 1),
        List.of(),
        List.of());
  }

  private static RingConfig.Seed host(int port) {
    return new RingConfig.Seed.Host("localhost", port);
  }

  /** A port that nobody listens on. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
