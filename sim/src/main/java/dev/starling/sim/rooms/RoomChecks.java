package dev.starling.sim.rooms;

import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.replication.ClusterView;
import dev.starling.core.replication.RoomReplica;
import dev.starling.crdt.CausalContext;
import dev.starling.crdt.ChatMessage;
import dev.starling.crdt.Content;
import dev.starling.crdt.Member;
import dev.starling.crdt.Register;
import dev.starling.crdt.ReplicaId;
import dev.starling.crdt.RoomDelta;
import dev.starling.crdt.RoomState;
import dev.starling.sim.check.Violations;
import dev.starling.sim.rooms.Ledger.Saying;
import dev.starling.sim.rooms.Ledger.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of rooms: now and then, soon after a heal, and when everything has come to rest.
 */
final class RoomChecks {
  private static final long SECOND = 1_000_000_000L;

  /**
   * How far wall clocks may be apart in a storm, both ways, and how late a write may take effect.
   */
  private static final long CLOCKS_AND_RETRIES = 20 * SECOND;

  private static final long MOST_BYTES = 4L * 1024 * 1024;

  private final RoomWorld rooms;
  private final Crowd crowd;
  private final Ledger ledger;
  private final Violations violations;
  private final TreeMap<String, CausalContext> lastLooked = new TreeMap<>();
  private final TreeMap<String, NavigableMap<ReplicaId, Long>> known = new TreeMap<>();
  private boolean copiesMayBeFew;

  RoomChecks(RoomWorld rooms, Crowd crowd, Ledger ledger) {
    this.rooms = rooms;
    this.crowd = crowd;
    this.ledger = ledger;
    this.violations = rooms.violations();
  }

  /** A disk may have lost something: what one owner alone held may be gone. */
  void diskFailed() {
    copiesMayBeFew = true;
  }

  /** What may be asked at any time. */
  void always() {
    for (RoomNode node : rooms.nodes()) {
      for (String room : crowd.names()) {
        RoomReplica replica = node.replica(room);
        if (replica != null) {
          equalContextsStandForEqualStates(node, room, replica.state());
          isBounded(node, room, replica);
        }
        isWhereItMayBe(node, room, replica);
      }
    }
    if (rooms.world().events().size() > 1_000 * rooms.world().size()) {
      violations.add("no timer leaks", rooms.world().events().size() + " events are waiting");
    }
  }

  private void equalContextsStandForEqualStates(RoomNode node, String room, RoomState state) {
    CausalContext context = state.context();
    if (context.equals(lastLooked.put(node.name() + " " + room, context))) {
      return;
    }
    NavigableMap<ReplicaId, Long> hashes = state.digest().hashes();
    NavigableMap<ReplicaId, Long> before = known.put(room + " " + context, hashes);
    if (before != null && !before.equals(hashes)) {
      violations.add(
          "equal contexts stand for equal states",
          room + " at " + node.self() + ": " + before + " / " + hashes + " of " + context);
    }
  }

  private void isBounded(RoomNode node, String room, RoomReplica replica) {
    CausalContext context = replica.state().context();
    if (context.gaps() > RoomState.MAX_GAPS || replica.heldBytes() > MOST_BYTES) {
      violations.add(
          "what a room takes up is bounded",
          room + " at " + node.self() + ": " + context.gaps() + " gaps, " + replica.heldBytes());
    }
  }

  private void isWhereItMayBe(RoomNode node, String room, @Nullable RoomReplica replica) {
    List<String> regions = crowd.residency(room);
    if (regions.isEmpty() || regions.contains(node.region())) {
      return;
    }
    boolean kept = node.machine().disk().records().containsKey(room);
    if (kept || (replica != null && !replica.state().isBlank())) {
      violations.add("a pinned room is nowhere else", room + " at " + node.self());
    }
  }

  /** Whether all owners of every room have the same of it; the first that differs, or null. */
  @Nullable String unequal() {
    for (String room : crowd.names()) {
      RoomDelta first = null;
      for (RoomNode owner : owners(room)) {
        RoomReplica replica = owner.replica(room);
        RoomDelta all =
            replica == null || replica.state().isBlank() ? RoomDelta.EMPTY : replica.state().full();
        if (first != null && !first.equals(all)) {
          return room + " at " + owner.self() + ": " + sizes(all) + " / " + sizes(first);
        }
        first = all;
      }
    }
    return null;
  }

  /** What anybody has seen of each room. */
  TreeMap<String, CausalContext> seen() {
    TreeMap<String, CausalContext> seen = new TreeMap<>();
    for (RoomNode node : rooms.nodes()) {
      for (String room : crowd.names()) {
        RoomReplica replica = node.replica(room);
        if (replica != null) {
          seen.merge(room, replica.state().context(), CausalContext::union);
        }
      }
    }
    return seen;
  }

  /** The first owner that hasn't seen all this of its room yet, or null. */
  @Nullable String lagging(TreeMap<String, CausalContext> seen) {
    for (var each : seen.entrySet()) {
      for (RoomNode owner : owners(each.getKey())) {
        RoomReplica replica = owner.replica(each.getKey());
        CausalContext here = replica == null ? CausalContext.EMPTY : replica.state().context();
        if (!here.covers(each.getValue())) {
          return each.getKey() + " at " + owner.self() + ": " + here + " / " + each.getValue();
        }
      }
    }
    return null;
  }

  private static String sizes(RoomDelta all) {
    return all.context() + " with " + all.size() + " entries";
  }

  private List<RoomNode> owners(String room) {
    ClusterView view = Objects.requireNonNull(rooms.nodes().getFirst().view());
    List<String> regions = crowd.residency(room);
    return rooms.owners(room, view).stream()
        .filter(owner -> regions.isEmpty() || regions.contains(owner.region()))
        .toList();
  }

  /** What must hold when nothing is under way any more. */
  void inTheEnd() {
    String unequal = unequal();
    if (unequal != null) {
      violations.add("all owners have the same", unequal);
      return;
    }
    for (String room : crowd.names()) {
      List<RoomNode> owners = owners(room);
      RoomReplica replica = owners.isEmpty() ? null : owners.getFirst().replica(room);
      RoomState state =
          replica == null ? new RoomState(new ReplicaId("none", 1), 1) : replica.state();
      chatIsKept(room, state);
      settingsAreKept(room, state);
      whoIsInIsKnown(room, state);
    }
    for (Client client : crowd.clients()) {
      if (!client.isSettled()) {
        violations.add("each request is answered", client.id() + ": " + client.asked());
      }
    }
  }

  private boolean mayBeLost(int copies) {
    return copiesMayBeFew && copies < 2;
  }

  private void chatIsKept(String room, RoomState state) {
    TreeSet<String> kept = new TreeSet<>();
    TreeSet<String> texts = new TreeSet<>();
    for (ChatMessage message : state.chat().messages()) {
      kept.add(message.id());
      String text = message.data().bytes().text();
      if (!texts.add(text) && !rooms.wasPassedOn(message.session())) {
        violations.add("nothing is said twice", message.toString());
      }
    }
    for (Saying saying : ledger.sayings(room)) {
      if (!kept.contains(saying.message())) {
        if (mayBeLost(saying.copies())) {
          ledger.lost(saying.message());
        } else {
          violations.add("what was acknowledged is kept", room + ": " + saying);
        }
      }
    }
  }

  /** A write is undone by none that was acknowledged long before it was asked for. */
  private void settingsAreKept(String room, RoomState state) {
    Register<Content> metadata = state.settings().get("metadata");
    String text = metadata == null ? "{\"n\":0}" : metadata.value().bytes().text();
    long number = Long.parseLong(text.substring(text.indexOf(':') + 1, text.length() - 1));
    List<Write> writes = ledger.writes(room);
    Write last = writes.stream().filter(write -> write.number() == number).findFirst().orElse(null);
    for (Write write : writes) {
      boolean older =
          number == 0
              || (last != null && last.answeredNanos() + CLOCKS_AND_RETRIES < write.askedNanos());
      if (older && !mayBeLost(write.copies())) {
        violations.add("what was acknowledged is kept", room + ": " + write + ", not " + text);
      }
    }
  }

  private void whoIsInIsKnown(String room, RoomState state) {
    List<String> members = state.members().stream().map(Member::session).toList();
    state.members().forEach(member -> isNoGhost(room, member));
    for (Client client : crowd.clients()) {
      var standing = client.rooms().get(room);
      if (standing == null) {
        continue;
      }
      if (!members.contains(client.id())) {
        if (!mayBeLost(standing.copies)) {
          violations.add("what was acknowledged is kept", client.id() + " is in " + room);
        }
      } else if (!new ArrayList<>(standing.members).equals(members)) {
        violations.add(
            "every member knows who is in",
            room
                + ": "
                + client.id()
                + " of "
                + client.node().self()
                + " believes "
                + standing.members
                + ", and it is "
                + members);
      } else if (!client.node().viewOf(room).sessions().equals(members)) {
        violations.add(
            "signals find every member",
            room + ": " + client.node().viewOf(room).sessions() + ", and it is " + members);
      }
    }
  }

  private void isNoGhost(String room, Member member) {
    RoomNode host = rooms.node(member.host().node());
    Client client = host == null ? null : host.sessions().get(member.session());
    boolean present =
        host != null
            && host.life().equals(member.host())
            && client != null
            && (client.rooms().containsKey(room) || isEntering(client, room));
    if (!present && !rooms.wasPassedOn(member.session())) {
      violations.add("nobody is in who is gone", room + ": " + member);
    }
  }

  /** Whose join had its effect, and who wasn't told. */
  private static boolean isEntering(Client client, String room) {
    Client.Asked asked = client.asked();
    return asked != null
        && asked.room().equals(room)
        && asked.request() instanceof dev.starling.core.room.RoomRequest.Enter
        && !(client.answer() instanceof ServerMessage.Joined);
  }
}
