package dev.starling.server.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.starling.server.cluster.DevCluster.Node;
import dev.starling.server.edge.Message;
import dev.starling.server.edge.NativeClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What happens to a cluster of nine, one thing after another, since starting it takes its time.
 * Times are printed and not promised here.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledOnOs(
    value = {OS.LINUX, OS.MAC},
    disabledReason = "it needs signals of POSIX")
final class NineProcessesTest {
  private DevCluster cluster;
  private final Map<Node, NativeClient> clients = new LinkedHashMap<>();
  private Instant saidAt = Instant.EPOCH;

  NineProcessesTest(@TempDir Path home) throws IOException {
    cluster = DevCluster.start(home);
  }

  @AfterAll
  void end() throws InterruptedException {
    cluster.end();
  }

  private static boolean is(Map<String, JsonNode> members, String name, String status) {
    JsonNode member = members.get(name);
    return member != null && member.get("status").asText().equals(status);
  }

  private static long incarnation(Map<String, JsonNode> members, Node node) {
    JsonNode member = members.get(node.name());
    return member == null ? -1 : member.get("incarnation").asLong();
  }

  private static List<String> degraded(JsonNode health) {
    return health.get("degraded").valueStream().map(JsonNode::asText).toList();
  }

  private static String gone(Node node) {
    return node.name() + " of " + node.region() + " is gone";
  }

  private void print(String what, List<Node> observers, Instant since, String line)
      throws IOException {
    List<Duration> times = cluster.written(observers, since, line);
    System.out.println(
        what
            + ": noticed by "
            + times.size()
            + " of "
            + observers.size()
            + " after "
            + times.stream()
                .map(time -> Long.toString(time.toMillis()))
                .collect(Collectors.joining(", "))
            + " ms");
  }

  /** The nodes of all that follows are those that came back. */
  @Test
  @Order(0)
  void whatWasAcknowledgedOutlivesTheDeathOfAllNodesAtOnce() throws Exception {
    KeptRoom room = KeptRoom.filledIn(cluster);
    cluster = cluster.killedAndStartedAgain();
    room.checkIn(cluster);
  }

  @Test
  @Order(1)
  void everyNodeSeesAllNine() {
    List<Node> all = cluster.others(List.of());
    assertEquals(9, all.size());
    String nine = "{\"ap-southeast-1\":3,\"eu-west-1\":3,\"us-west-2\":3}";
    cluster.awaitHealth(
        all,
        health ->
            health.get("ring").get("living").toString().equals(nine) && degraded(health).isEmpty());
    cluster.awaitMembers(
        all,
        members ->
            members.size() == 9
                && members.keySet().stream().allMatch(name -> is(members, name, "ALIVE")));
  }

  @Test
  @Order(2)
  void clientsOfAllNineAreInOneRoomAndReachEachOther() throws Exception {
    for (Node node : cluster.others(List.of())) {
      NativeClient client = NativeClient.over(cluster.socket(node));
      client.hello(null);
      assertEquals(2, client.join("nine").number("copies"));
      clients.put(node, client);
      stayAlive();
    }
    for (NativeClient client : clients.values()) {
      await()
          .until(() -> {
            stayAlive();
            return joined(client).list("members").size() == 8;
          });
    }
    for (NativeClient from : clients.values()) {
      for (NativeClient to : clients.values()) {
        if (from != to) {
          stayAlive();
          signal(from, to);
        }
      }
    }
    List<Long> asked = new ArrayList<>();
    for (NativeClient client : clients.values()) {
      asked.add(client.ask("'type':'chat','room':'nine','data':1"));
    }
    int next = 0;
    for (NativeClient client : clients.values()) {
      assertEquals(2, client.answerTo(asked.get(next)).number("copies"));
      next++;
    }
    awaitSameChat(clients.values());
    for (Node node : clients.keySet()) {
      stayAlive();
      await(node.name()).until(() -> cluster.lists(node, "nine", 9));
    }
  }

  /** Clients that wait for others say something now and then, or the server would give them up. */
  private void stayAlive() throws IOException {
    if (Duration.between(saidAt, Instant.now()).toMillis() > 1_000) {
      saidAt = Instant.now();
      for (NativeClient client : clients.values()) {
        client.say("{'type':'ping'}");
      }
    }
  }

  private static Message joined(NativeClient client) throws IOException {
    return client.join("nine");
  }

  private static void signal(NativeClient from, NativeClient to) throws IOException {
    long id =
        from.ask("'type':'signal','room':'nine','to':'" + to.session() + "','data':{'sdp':1}");
    Message signal = to.next();
    while (!signal.text("type").equals("signal")) {
      signal = to.next();
    }
    assertEquals(from.session(), signal.text("from"));
    to.confirm();
    assertEquals("done", from.answerTo(id).text("type"));
  }

  private void awaitSameChat(Collection<NativeClient> all) {
    await()
        .until(() -> {
          Set<List<String>> orders = new HashSet<>();
          stayAlive();
          for (NativeClient client : all) {
            orders.add(KeptRoom.chat(client, "nine"));
          }
          return orders.size() == 1 && orders.iterator().next().size() == 9;
        });
  }

  /** What was acknowledged is there, and whoever was on a node that died has left just once. */
  private void checkRoomWithout(Node victim, Instant killed) throws IOException {
    NativeClient dead = Objects.requireNonNull(clients.remove(victim));
    for (NativeClient client : clients.values()) {
      stayAlive();
      Message left = client.next();
      while (!"left".equals(left.has("event") ? left.text("event") : "")) {
        left = client.next();
      }
      assertTrue(left.json().contains(dead.session()), left.json());
      assertEquals("timeout", left.text("reason"));
    }
    System.out.println(
        "members of the killed node left everywhere after "
            + Duration.between(killed, Instant.now()).toMillis()
            + " ms");
    awaitSameChat(clients.values());
    for (NativeClient client : clients.values()) {
      assertEquals(7, joined(client).list("members").size());
      client.close();
    }
  }

  @Test
  @Order(3)
  void processThatIsKilledIsDeadToAllRegions() throws Exception {
    Node victim = cluster.node("us-west-2-3");
    List<Node> others = cluster.others(List.of(victim));
    Instant killed = cluster.signal("KILL", List.of(victim));
    checkRoomWithout(victim, killed);
    cluster.awaitMembers(others, members -> is(members, victim.name(), "DEAD"));
    print("kill -9", others, killed, gone(victim));
    cluster.awaitHealth(
        others, health -> degraded(health).equals(List.of("node " + victim.name())));
  }

  @Test
  @Order(4)
  void processThatStandsStillIsDeadAndComesBackWithAHigherIncarnation() throws Exception {
    Node victim = cluster.node("eu-west-1-2");
    List<Node> others = cluster.others(List.of(victim, cluster.node("us-west-2-3")));
    long before = incarnation(cluster.members(others.getFirst()), victim);
    Instant stopped = cluster.signal("STOP", List.of(victim));
    cluster.awaitMembers(others, members -> is(members, victim.name(), "DEAD"));
    print("kill -STOP", others, stopped, gone(victim));
    Instant continued = cluster.signal("CONT", List.of(victim));
    cluster.awaitMembers(
        others,
        members -> is(members, victim.name(), "ALIVE") && incarnation(members, victim) > before);
    print("kill -CONT", others, continued, victim.name() + " of " + victim.region() + " is there");
    cluster.awaitHealth(
        List.of(victim), health -> degraded(health).equals(List.of("node us-west-2-3")));
  }

  @Test
  @Order(5)
  void nodeThatStoodStillTakesNoClientsUntilItIsInStepAgain() throws Exception {
    Node late = cluster.node("us-west-2-1");
    List<Node> region = List.of(late, cluster.node("us-west-2-2"));
    List<Node> others = cluster.inRegion("eu-west-1");
    cluster.signal("STOP", region);
    cluster.awaitHealth(others, health -> degraded(health).contains("region us-west-2"));
    cluster.signal("CONT", List.of(late));
    cluster.awaitReadiness(late, "503 stalled");
    cluster.signal("CONT", region);
    for (Node node : region) {
      cluster.awaitReadiness(node, "200 ready");
    }
    cluster.awaitHealth(others, health -> !degraded(health).contains("region us-west-2"));
    cluster.awaitMembers(
        cluster.others(List.of(cluster.node("us-west-2-3"))),
        members -> region.stream().allMatch(node -> is(members, node.name(), "ALIVE")));
  }

  @Test
  @Order(6)
  void regionThatIsLostIsQuarantinedAndNotDead() throws Exception {
    List<Node> lost = cluster.inRegion("ap-southeast-1");
    List<Node> others =
        cluster.others(List.of(lost.get(0), lost.get(1), lost.get(2), cluster.node("us-west-2-3")));
    Instant killed = cluster.signal("KILL", lost);
    cluster.awaitMembers(
        others, members -> lost.stream().allMatch(node -> is(members, node.name(), "QUARANTINED")));
    print("region killed", others, killed, "the region ap-southeast-1 is cut off");
    cluster.awaitHealth(others, health -> degraded(health).contains("region ap-southeast-1"));
    for (Node observer : others) {
      List<Duration> deaths =
          lost.stream().flatMap(node -> deaths(observer, killed, node).stream()).toList();
      assertEquals(List.of(), deaths, observer.name());
    }
    assertEquals(5, others.size());
  }

  private List<Duration> deaths(Node observer, Instant since, Node dead) {
    try {
      return cluster.written(List.of(observer), since, gone(dead));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
