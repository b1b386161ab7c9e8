package dev.starling.tools.dev;

import java.nio.file.Path;
import java.util.List;

/**
 * A node's part in the ring of a development cluster, on loopback, and in its rooms.
 *
 * @param port for datagrams and for streams
 * @param seeds the ports of others
 * @param keys the file with the ring's keys
 * @param certificate good for the names of all nodes
 * @param rooms the directory that the node keeps its rooms in
 */
record RingPlan(
    int port, List<Integer> seeds, Path keys, ServerCertificate certificate, Path rooms) {
  private static final String HOST = "127.0.0.1";

  /** What the node is told; no secret is among it. */
  List<String> settings() {
    String others = String.join(",", seeds.stream().map(seed -> HOST + ":" + seed).toList());
    return List.of(
        "cluster.enabled=true",
        "cluster.host=" + HOST,
        "cluster.port=" + port,
        "cluster.streamPort=" + port,
        "cluster.seeds=" + others,
        "cluster.keysFile=" + keys,
        "cluster.certificate=" + certificate.chain(),
        "cluster.key=" + certificate.key(),
        "cluster.authority=" + certificate.authority(),
        "store.directory=" + rooms);
  }
}
