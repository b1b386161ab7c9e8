package dev.starling.server.wiring;

import dev.starling.server.ring.RingConfig;
import java.util.ArrayList;
import java.util.List;

/** Settings of whole nodes that form a ring on loopback. */
final class RingSettings {
  private RingSettings() {}

  /** Each {@code KEY=VALUE}; ports of datagrams and of streams are the same number. */
  static List<String> of(
      RingConfig.Certificates certificates, String name, String region, int port, String seed) {
    return new ArrayList<>(
        List.of(
            "node.name=" + name,
            "node.region=" + region,
            "cluster.enabled=true",
            "cluster.port=" + port,
            "cluster.streamPort=" + port,
            "cluster.seeds=" + seed,
            "cluster.seedsRefreshSeconds=1",
            "cluster.keys=one=" + "k".repeat(32),
            "cluster.certificate=" + certificates.certificate(),
            "cluster.key=" + certificates.key(),
            "cluster.authority=" + certificates.authority()));
  }
}
