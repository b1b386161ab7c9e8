package dev.starling.proto.replication.flock;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.ClientMessage.Action;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.replication.RoomReplica;
import dev.starling.core.room.RoomRequest;
import dev.starling.crdt.ChatMessage;
import dev.starling.crdt.Member;
import dev.starling.crdt.ReplicaId;
import dev.starling.property.Choices;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Clients that go on as clients do while nodes, links, disks, clocks and regions fail. */
final class Storm {
  static final int NODES = 8;
  private static final int CLIENTS = 6;
  private static final long BETWEEN_DEATHS_NANOS = 8 * Timeline.SECOND;

  /** Something that happens. */
  sealed interface Twist {
    record Act(int client, int what) implements Twist {}

    record Kill(int node, boolean keepDisk) implements Twist {}

    record Restart(int node) implements Twist {}

    record Break(int node, int other) implements Twist {}

    record Cut(int region) implements Twist {}

    record Mend() implements Twist {}

    record Drain(int node, boolean now) implements Twist {}

    record Slow(int node, int millis) implements Twist {}

    record Skew(int node, int millis) implements Twist {}

    record Pass(int millis) implements Twist {}

    static Twist draw(Choices choices) {
      int node = choices.between(0, NODES - 1);
      return switch (choices.between(0, 31)) {
        case 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 ->
            new Act(choices.between(0, CLIENTS - 1), choices.between(0, 9));
        case 14, 15 -> new Kill(node, choices.nextBoolean());
        case 16 -> new Restart(node);
        case 17, 18, 19 -> new Break(node, choices.between(0, NODES - 1));
        case 20 -> new Cut(choices.between(0, 1));
        case 21, 22 -> new Mend();
        case 25, 26 -> new Drain(node, choices.nextBoolean());
        case 23 -> new Slow(node, choices.oneOf(0, 1, 20, 700));
        case 24 -> new Skew(node, choices.oneOf(0, 0, 300, 2_000, -400));
        default -> new Pass(choices.oneOf(0, 1, 10, 100, 1_000, 3_000, 9_000));
      };
    }
  }

  private final World world;
  private final List<Node> nodes;
  private final List<Session> clients = new ArrayList<>();
  private final TreeMap<String, TreeSet<String>> said = new TreeMap<>();
  private final String room;
  private long lastDeathNanos = -BETWEEN_DEATHS_NANOS;
  private @Nullable String cutRegion;

  Storm(Choices choices) {
    world = new World(choices).region("eu", 3, 1).region("us", 3, 1).start();
    nodes = List.copyOf(world.nodes());
    room = world.roomOf("eu-a");
    for (int i = 0; i < CLIENTS; i++) {
      Node node = nodes.get(i * 5 % NODES);
      clients.add(i == 0 ? world.moderator(node.name()) : world.session(node.name()));
    }
  }

  World world() {
    return world;
  }

  void happen(Twist twist) {
    switch (twist) {
      case Twist.Act act -> act(act.client(), act.what());
      case Twist.Kill kill -> kill(nodes.get(kill.node()), kill.keepDisk());
      case Twist.Restart restart -> restart(nodes.get(restart.node()));
      case Twist.Break broken ->
          world.links().breakUp(nodes.get(broken.node()), nodes.get(broken.other()));
      case Twist.Cut cut -> {
        if (cutRegion == null) {
          cutRegion = cut.region() == 0 ? "eu" : "us";
          world.cutRegion(cutRegion);
        }
      }
      case Twist.Mend mend -> mend();
      case Twist.Drain drain -> drain(nodes.get(drain.node()), drain.now());
      case Twist.Slow slow -> nodes.get(slow.node()).storeNanos(slow.millis() * Timeline.MILLI + 1);
      case Twist.Skew skew -> nodes.get(skew.node()).clockAheadMillis(skew.millis());
      case Twist.Pass pass -> world.pass(pass.millis() * Timeline.MILLI);
    }
  }

  private void mend() {
    String cut = cutRegion;
    if (cut != null) {
      world.mendRegion(cut);
      cutRegion = null;
    }
  }

  /** One node of a region at a time: a region without any owner has nobody to ask. */
  private void drain(Node node, boolean now) {
    boolean another =
        nodes.stream()
            .anyMatch(other ->
                other != node && other.isDraining() && other.region().equals(node.region()));
    if (!(now && another)) {
      world.drain(node.name(), now);
    }
  }

  private void kill(Node node, boolean keepDisk) {
    boolean alone = world.living().size() == NODES && cutRegion == null;
    if (alone && world.time().nowNanos() - lastDeathNanos >= BETWEEN_DEATHS_NANOS) {
      lastDeathNanos = world.time().nowNanos();
      world.kill(node.name(), keepDisk);
    }
  }

  private void restart(Node node) {
    if (!node.lives()) {
      lastDeathNanos = world.time().nowNanos();
      world.restart(node.name());
    }
  }

  private void act(int number, int what) {
    Session client = clients.get(number);
    if (!client.node().lives()) {
      return;
    }
    if (!client.node().sessions().containsKey(client.id())) {
      client =
          number == 0 ? world.moderator(client.node().name()) : world.session(client.node().name());
      clients.set(number, client);
    }
    note(client);
    if (isOpen(client)) {
      client.repeat(room, client.asked().lastKey());
    } else if (client.members(room) == null) {
      client.join(room);
    } else {
      switch (what) {
        case 0, 1 -> client.leave(room);
        case 2 -> client.describe(room, "v" + world.time().nowNanos());
        case 3 -> kick(client);
        default -> client.say(room, client.id() + " at " + world.time().nowNanos());
      }
    }
  }

  private void kick(Session client) {
    TreeSet<String> others = client.members(room);
    if (others != null && client.id().startsWith("m")) {
      others.stream()
          .filter(other -> !other.equals(client.id()))
          .findFirst()
          .ifPresent(other -> client.judge(room, Action.KICK, other));
    }
  }

  /** Whether a client doesn't know what became of its last request. */
  private static boolean isOpen(Session client) {
    if (client.asked().isEmpty()) {
      return false;
    }
    ServerMessage answer = client.answer(client.asked().lastKey());
    return answer == null
        || (answer instanceof Failed failed && failed.code() == Code.INDETERMINATE);
  }

  private void note(Session client) {
    client
        .asked()
        .forEach((id, request) -> {
          if (client.answer(id) instanceof ServerMessage.Said answer) {
            said.computeIfAbsent(client.id(), absent -> new TreeSet<>()).add(answer.message());
          }
        });
  }

  /** Nothing fails any more, and everybody learns what became of what it asked. */
  void calm() {
    mend();
    for (Node node : nodes) {
      node.clockAheadMillis(0);
      node.storeNanos(Timeline.MILLI);
      world.drain(node.name(), false);
      if (!node.lives()) {
        world.restart(node.name());
      }
    }
    world.pass(70 * Timeline.SECOND);
    for (int round = 0; round < 3; round++) {
      for (Session client : clients) {
        if (client.node().sessions().containsKey(client.id()) && isOpen(client)) {
          client.repeat(room, client.asked().lastKey());
        }
      }
      world.pass(10 * Timeline.SECOND);
    }
  }

  void check() {
    world.checkEqual(room);
    RoomReplica replica = world.owners(room).getFirst().replica(room);
    TreeSet<String> kept = new TreeSet<>();
    if (replica != null) {
      TreeSet<String> texts = new TreeSet<>();
      for (ChatMessage message : replica.state().chat().messages()) {
        kept.add(message.id());
        assertTrue(texts.add(message.data().bytes().text()), () -> "said twice: " + message);
      }
      for (Member member : replica.state().members()) {
        checkPresent(member);
      }
    }
    for (Session client : clients) {
      note(client);
      if (client.node().sessions().containsKey(client.id())) {
        assertFalse(isOpen(client), () -> client.id() + " has no answer: " + client.asked());
      }
    }
    boolean cleared = replica == null || kept.isEmpty();
    said.forEach((session, messages) ->
        messages.forEach(message ->
            assertTrue(
                cleared || kept.contains(message) || kept.size() == 64,
                () -> "lost what " + session + " said: " + message)));
  }

  private void checkPresent(Member member) {
    ReplicaId host = member.host();
    Node node = world.node(host.node());
    assertTrue(node.life().equals(host), () -> "a ghost: " + member);
    Session client = node.sessions().get(member.session());
    assertTrue(client != null && client.members(room) != null, () -> "left: " + member);
    RoomRequest last = client.asked().lastEntry().getValue();
    assertFalse(last instanceof RoomRequest.Part, () -> "left: " + member);
  }
}
