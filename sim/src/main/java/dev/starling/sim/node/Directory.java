package dev.starling.sim.node;

import dev.starling.membership.Endpoint;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.NodeRole;
import dev.starling.membership.VersionRange;
import dev.starling.sim.network.Topology;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where each machine is reached, and what the node on it says of itself. */
final class Directory {
  private static final int DATAGRAM_PORT = 7_500;
  private static final int STREAM_PORT = 7_501;

  /** A field with a number that this version doesn't know. */
  private static final byte[] OF_THE_NEXT_VERSION = {(byte) 0xa0, 0x06, 1};

  private final Topology topology;
  private final Endpoint[] datagrams;
  private final Endpoint[] streams;
  private final boolean[] upgraded;
  private final Map<String, Integer> byName = new LinkedHashMap<>();

  Directory(Topology topology) {
    this.topology = topology;
    datagrams = new Endpoint[topology.hosts()];
    streams = new Endpoint[topology.hosts()];
    upgraded = new boolean[topology.hosts()];
    for (int host = 0; host < topology.hosts(); host++) {
      String name = topology.name(host);
      datagrams[host] = new Endpoint(name, DATAGRAM_PORT);
      streams[host] = new Endpoint(name, STREAM_PORT);
      byName.put(name, host);
    }
  }

  void upgrade(int number) {
    upgraded[number] = true;
  }

  /** A packet as the version of its sender's machine writes it. */
  byte[] inItsVersion(int number, byte[] bytes) {
    if (!upgraded[number]) {
      return bytes;
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + OF_THE_NEXT_VERSION.length);
    System.arraycopy(OF_THE_NEXT_VERSION, 0, longer, bytes.length, OF_THE_NEXT_VERSION.length);
    return longer;
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
        new VersionRange(1, upgraded[number] ? 2 : 1),
        List.of(),
        List.of());
  }
}
