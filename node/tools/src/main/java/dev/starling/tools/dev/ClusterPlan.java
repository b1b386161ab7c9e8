package dev.starling.tools.dev;

import dev.starling.tools.CommandFailure;
import dev.starling.tools.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes a development cluster has: {@code nodes} in each of the first {@code regions}
 * regions, region by region, each with the next port. One alone takes part in no ring.
 *
 * @param basePort the first node's port for clients, at most {@value #MOST_PORT}
 */
record ClusterPlan(int regions, int nodes, String host, int basePort) {
  static final List<String> REGIONS = List.of("us-west-2", "eu-west-1", "ap-southeast-1");
  static final int MOST_NODES = 8;

  /** The ring's ports are so far above those for clients. */
  private static final int RING_OFFSET = 100;

  /** And those for operators so far. */
  private static final int ADMIN_OFFSET = 200;

  static final int MOST_PORT = 65_535 - 3 * RING_OFFSET;

  private static final String RING_HOST = "127.0.0.1";

  /** Two for each region suffice: whoever is found tells of the others. */
  private static final int SEEDS_PER_REGION = 2;

  /**
   * Sees whether all ports are free.
   *
   * @throws CommandFailure where one isn't
   */
  void checkPorts() {
    for (int i = 0; i < size(); i++) {
      FreePort.check(host, basePort + i);
      FreePort.check(NodePlan.ADMIN_HOST, adminPort(i));
      if (size() > 1) {
        FreePort.check(RING_HOST, ringPort(i));
      }
    }
  }

  /**
   * The nodes in order; makes the ring's key and certificate where they are needed and missing.
   *
   * @param home the folder of development state
   * @param certificate what nodes show their clients, or null
   */
  List<NodePlan> nodes(Path home, @Nullable ServerCertificate certificate)
      throws IOException, InterruptedException {
    Path logs = Files.createDirectories(home.resolve("logs"));
    Ring ring = size() > 1 ? ring(home) : null;
    List<NodePlan> plans = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      int port = basePort + i;
      plans.add(
          new NodePlan(
              name(i),
              REGIONS.get(i / nodes),
              host,
              port,
              adminPort(i),
              certificate,
              ring == null ? null : ring.plan(ringPort(i), name(i) + "-" + port),
              logs.resolve(name(i) + "-" + port + ".log")));
    }
    return plans;
  }

  /** What all nodes of the ring have in common. */
  private record Ring(List<Integer> seeds, Path keys, ServerCertificate certificate, Path rooms) {
    RingPlan plan(int port, String directory) {
      return new RingPlan(port, seeds, keys, certificate, rooms.resolve(directory));
    }
  }

  private Ring ring(Path home) throws IOException, InterruptedException {
    Path keys = home.resolve("ring.keys").toAbsolutePath();
    SecretFile.createWhereAbsent(keys, "development=");
    List<String> names = new ArrayList<>();
    List<Integer> seeds = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      names.add(name(i));
      if (i % nodes < SEEDS_PER_REGION) {
        seeds.add(ringPort(i));
      }
    }
    ServerCertificate certificate =
        new DevelopmentAuthority(home).nodeCertificate("ring-" + regions + "x" + nodes, names);
    Path rooms = Files.createDirectories(home.resolve("rooms")).toAbsolutePath();
    return new Ring(seeds, keys, certificate, rooms);
  }

  private int size() {
    return regions * nodes;
  }

  private int ringPort(int index) {
    return basePort + RING_OFFSET + index;
  }

  private int adminPort(int index) {
    return basePort + ADMIN_OFFSET + index;
  }

  private String name(int index) {
    return REGIONS.get(index / nodes) + "-" + (index % nodes + 1);
  }
}
