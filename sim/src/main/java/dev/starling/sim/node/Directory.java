package dev.starling.sim.node;

import dev.starling.membership.Endpoint;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.NodeRole;
import dev.starling.membership.VersionRange;
import dev.starling.sim.network.Topology;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where each machine is reached, and what the node on it says of itself. */
final class Directory {
  private static final int DATAGRAM_PORT = 7_500;
  private static final int STREAM_PORT = 7_501;

  private final Topology topology;
  private final Endpoint[] datagrams;
  private final Endpoint[] streams;
  private final Map<String, Integer> byName = new LinkedHashMap<>();

  Directory(Topology topology) {
    this.topology = topology;
    datagrams = new Endpoint[topology.hosts()];
    streams = new Endpoint[topology.hosts()];
    for (int host = 0; host < topology.hosts(); host++) {
      String name = topology.name(host);
      datagrams[host] = new Endpoint(name, DATAGRAM_PORT);
      streams[host] = new Endpoint(name, STREAM_PORT);
      byName.put(name, host);
    }
  }

  /** −1 where there is no machine of that name. */
  int numberOf(String name) {
    return byName.getOrDefault(name, -1);
  }

  Endpoint datagrams(int number) {
    return datagrams[number];
  }

  Endpoint streams(int number) {
    return streams[number];
  }

  NodeInfo info(int number) {
    return new NodeInfo(
        datagrams[number],
        streams[number],
        topology.region(number),
        topology.zone(number),
        EnumSet.of(NodeRole.CORE),
        0,
        false,
        new VersionRange(1, 1),
        List.of(),
        List.of());
  }
}
