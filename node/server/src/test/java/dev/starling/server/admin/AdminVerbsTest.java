package dev.starling.server.admin;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.membership.ring.Ring;
import dev.starling.proto.admin.AdminMethods;
import dev.starling.proto.admin.v1.ForgetRequest;
import dev.starling.proto.admin.v1.ListMembersRequest;
import dev.starling.proto.admin.v1.ListNodesRequest;
import dev.starling.proto.admin.v1.ListRegionsRequest;
import dev.starling.proto.admin.v1.ListShardsRequest;
import dev.starling.proto.admin.v1.Member;
import dev.starling.proto.admin.v1.Node;
import dev.starling.proto.admin.v1.Region;
import dev.starling.proto.admin.v1.Role;
import dev.starling.proto.admin.v1.Shard;
import dev.starling.server.edge.TestNode;
import dev.starling.server.edge.Token;
import dev.starling.server.ring.RingConfig;
import dev.starling.server.ring.SharedCertificate;
import dev.starling.server.ring.TestNodes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators are told, by whole nodes. */
final class AdminVerbsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path folder = Path.of("");

  private static Operator operator(TestNode node) {
    return Operator.plain(node.adminPort(), "Bearer " + Token.admin("*"));
  }

  private static Map<String, String> members(Operator operator) {
    Map<String, String> members = new TreeMap<>();
    for (Member member :
        operator
            .call(AdminMethods.LIST_MEMBERS, ListMembersRequest.getDefaultInstance())
            .getMembersList()) {
      members.put(member.getName(), member.getStatus().name().replace("STATUS_", ""));
    }
    return members;
  }

  private static String forget(Operator operator, String name) throws IOException {
    return operator.refusal(AdminMethods.FORGET, ForgetRequest.newBuilder().setNode(name).build());
  }

  @Test
  void nodeWithoutARingTellsOfItself() throws Exception {
    try (TestNode node = TestNode.start("admin.port=0");
        Operator operator = operator(node)) {
      assertEquals(Map.of("test-node", "ALIVE"), members(operator));
      Region region =
          operator
              .call(AdminMethods.LIST_REGIONS, ListRegionsRequest.getDefaultInstance())
              .getRegions(0);
      assertEquals("test-region", region.getName());
      assertTrue(region.getSelf() && region.getReachable() && region.getNodes() == 1);
      assertEquals("FAILED_PRECONDITION NODE_LIVES", forget(operator, "test-node"));
      assertEquals("NOT_FOUND NO_SUCH_NODE", forget(operator, "ghost"));
      assertEquals("INVALID_ARGUMENT INVALID", forget(operator, "no name"));
    }
  }

  @Test
  void operatorsAreToldOfTheWholeRing() throws Exception {
    RingConfig.Certificates certificates =
        SharedCertificate.in(folder, "dns:west-1,dns:west-2,dns:east-1");
    int[] ports = IntStream.range(0, 3).map(i -> freePort()).toArray();
    try (TestNode one = start(certificates, "west-1", "west", ports[0], ports);
        TestNode two = start(certificates, "west-2", "west", ports[1], ports);
        Operator first = operator(one);
        Operator second = operator(two)) {
      try (TestNode three = start(certificates, "east-1", "east", ports[2], ports);
          Operator third = operator(three)) {
        for (Operator operator : List.of(first, second, third)) {
          awaitMembers(operator, Map.of("west-1", "ALIVE", "west-2", "ALIVE", "east-1", "ALIVE"));
        }
        tellsOfNodes(first);
        tellsOfRegions(first);
        tellsOfShards(first);
        assertEquals("FAILED_PRECONDITION NODE_LIVES", forget(first, "east-1"));
      }
    }
  }

  @Test
  void whoHasLeftIsForgottenInEveryView() throws Exception {
    RingConfig.Certificates certificates =
        SharedCertificate.in(folder.resolve("leaving"), "dns:west-1,dns:west-2,dns:west-3");
    int[] ports = IntStream.range(0, 3).map(i -> freePort()).toArray();
    try (TestNode one = start(certificates, "west-1", "west", ports[0], ports);
        TestNode two = start(certificates, "west-2", "west", ports[1], ports);
        Operator first = operator(one);
        Operator second = operator(two)) {
      try (TestNode three = start(certificates, "west-3", "west", ports[2], ports)) {
        awaitMembers(first, Map.of("west-1", "ALIVE", "west-2", "ALIVE", "west-3", "ALIVE"));
        assertTrue(three.adminPort() > 0);
      }
      for (Operator operator : List.of(first, second)) {
        awaitMembers(operator, Map.of("west-1", "ALIVE", "west-2", "ALIVE", "west-3", "LEFT"));
      }
      first.call(AdminMethods.FORGET, ForgetRequest.newBuilder().setNode("west-3").build());
      assertEquals(Map.of("west-1", "ALIVE", "west-2", "ALIVE"), members(first));
      awaitMembers(second, Map.of("west-1", "ALIVE", "west-2", "ALIVE"));
      assertEquals("NOT_FOUND NO_SUCH_NODE", forget(first, "west-3"));
    }
  }

  private static void tellsOfNodes(Operator operator) {
    List<Node> nodes =
        operator
            .call(AdminMethods.LIST_NODES, ListNodesRequest.getDefaultInstance())
            .getNodesList();
    assertEquals(List.of("east-1", "west-1", "west-2"), nodes.stream().map(Node::getName).toList());
    Node self = nodes.get(1);
    assertTrue(self.getSelf() && self.getReachable());
    assertEquals(List.of(Role.ROLE_CORE, Role.ROLE_EDGE), self.getRolesList());
    assertTrue(self.getStreams().startsWith("127.0.0.1:"));
  }

  private static void tellsOfRegions(Operator operator) {
    await()
        .atMost(PATIENCE)
        .until(() ->
            operator
                .call(AdminMethods.LIST_REGIONS, ListRegionsRequest.getDefaultInstance())
                .getRegionsList()
                .stream()
                .anyMatch(region -> region.hasRoundTripNanos() && !region.getSelf()));
  }

  private static void tellsOfShards(Operator operator) {
    List<Shard> shards =
        operator
            .call(AdminMethods.LIST_SHARDS, ListShardsRequest.getDefaultInstance())
            .getShardsList();
    assertEquals(Ring.SHARDS, shards.size());
    assertEquals(List.of("east-1"), shards.get(7).getOwners(0).getNodesList());
    assertEquals(2, shards.get(7).getOwners(1).getNodesCount());
    List<Shard> one =
        operator
            .call(AdminMethods.LIST_SHARDS, ListShardsRequest.newBuilder().setRoom("den").build())
            .getShardsList();
    assertEquals(List.of(shards.get(Ring.shardOf("den"))), one);
  }

  private static void awaitMembers(Operator operator, Map<String, String> wanted) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertEquals(new TreeMap<>(wanted), members(operator)));
  }

  static int freePort() {
    try {
      return TestNodes.freePort();
    } catch (IOException none) {
      throw new IllegalStateException(none);
    }
  }

  static TestNode start(
      RingConfig.Certificates certificates,
      String name,
      String region,
      int port,
      int[] seeds,
      String... more)
      throws IOException {
    String others =
        Arrays.stream(seeds).mapToObj(seed -> "localhost:" + seed).collect(Collectors.joining(","));
    return TestNode.start(
        Stream.concat(
                Stream.of(more),
                Stream.of(
                    "node.name=" + name,
                    "node.region=" + region,
                    "admin.port=0",
                    "cluster.enabled=true",
                    "cluster.port=" + port,
                    "cluster.streamPort=" + port,
                    "cluster.seeds=" + others,
                    "cluster.keys=one=" + "k".repeat(32),
                    "cluster.certificate=" + certificates.certificate(),
                    "cluster.key=" + certificates.key(),
                    "cluster.authority=" + certificates.authority()))
            .toArray(String[]::new));
  }
}
