package dev.starling.server.admin;

import dev.starling.membership.ring.Ring;
import dev.starling.proto.admin.v1.Copies;
import dev.starling.proto.admin.v1.ListRoomsRequest;
import dev.starling.proto.admin.v1.ListRoomsResponse;
import dev.starling.proto.admin.v1.ListedRoom;
import dev.starling.proto.admin.v1.Outage;
import dev.starling.proto.admin.v1.RoomReplica;
import dev.starling.proto.admin.v1.ShowRoomResponse;
import dev.starling.proto.inquiry.v1.Answer;
import dev.starling.proto.inquiry.v1.Question;
import dev.starling.proto.inquiry.v1.Replica;
import dev.starling.proto.inquiry.v1.Rooms;
import dev.starling.proto.inquiry.v1.Store;
import dev.starling.server.host.Inquiries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what all nodes say of rooms. Thread-safe; calls wait for a second at most for nodes
 * that are silent.
 */
public final class RoomSurvey {
  private static final int DEFAULT_ROOMS = 100;

  private final ClusterView cluster;
  private final Inquiries others;
  private final RoomDesk here;

  public RoomSurvey(ClusterView cluster, Inquiries others, RoomDesk here) {
    this.cluster = cluster;
    this.others = others;
    this.here = here;
  }

  /** What a node has of a room, and how it keeps rooms on its disk. */
  private record At(String node, Replica replica, String store) {}

  private Map<String, Answer> everybody(Question question) {
    Map<String, Answer> answers = new TreeMap<>(others.ask(question));
    answers.put(cluster.self().name(), here.answer(question));
    return answers;
  }

  private List<String> silent(Map<String, Answer> answers) {
    return cluster.peers().stream()
        .map(peer -> peer.id().name())
        .filter(name -> !answers.containsKey(name))
        .sorted()
        .toList();
  }

  /** How the nodes that answer keep rooms on their disks. */
  Map<String, Store> stores() {
    Map<String, Store> stores = new TreeMap<>();
    everybody(Question.getDefaultInstance())
        .forEach((node, answer) -> stores.put(node, answer.getStore()));
    return stores;
  }

  ListRoomsResponse list(ListRoomsRequest request) {
    int wanted = request.getLimit() == 0 ? DEFAULT_ROOMS : request.getLimit();
    int limit = Math.clamp(wanted, 1, RoomDesk.MOST_ROOMS);
    Rooms rooms =
        Rooms.newBuilder()
            .setAfter(request.getAfter())
            .setLimit(limit)
            .setMatch(request.getMatch())
            .build();
    Map<String, Answer> answers = everybody(Question.newBuilder().setRooms(rooms).build());
    NavigableMap<String, List<At>> byRoom = byRoom(answers);
    String through = through(answers);
    NavigableMap<String, List<At>> known = through == null ? byRoom : byRoom.headMap(through, true);
    ListRoomsResponse.Builder response = ListRoomsResponse.newBuilder();
    Ring ring = Ring.of(cluster.facts());
    Map<String, String> regions = regions();
    known.entrySet().stream()
        .limit(limit)
        .forEach(room -> response.addRooms(listed(room.getKey(), room.getValue(), ring, regions)));
    if (known.size() > limit) {
      response.setNext(response.getRooms(limit - 1).getName());
    } else if (through != null) {
      response.setNext(through);
    }
    return response.addAllSilent(silent(answers)).build();
  }

  private static NavigableMap<String, List<At>> byRoom(Map<String, Answer> answers) {
    NavigableMap<String, List<At>> byRoom = new TreeMap<>();
    answers.forEach((node, answer) -> {
      for (Replica replica : answer.getReplicasList()) {
        byRoom
            .computeIfAbsent(replica.getRoom(), first -> new ArrayList<>())
            .add(new At(node, replica, answer.getStore().getState()));
      }
    });
    return byRoom;
  }

  /** The last name that all speak of; null where nobody has more. */
  private static @Nullable String through(Map<String, Answer> answers) {
    return answers.values().stream()
        .map(Answer::getThrough)
        .filter(name -> !name.isEmpty())
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** Where the nodes are. */
  private Map<String, String> regions() {
    Map<String, String> regions = new HashMap<>();
    cluster.peers().forEach(peer -> regions.put(peer.id().name(), peer.info().region()));
    return regions;
  }

  /** The one that knows best: that serves, near here. */
  private At best(List<At> replicas, Map<String, String> regions) {
    String region = regions.getOrDefault(cluster.self().name(), "");
    return replicas.stream()
        .min(
            Comparator.comparing((At at) -> !at.replica().getServing())
                .thenComparing(at -> !at.replica().getOwned())
                .thenComparing(at -> !region.equals(regions.get(at.node())))
                .thenComparing(At::node))
        .orElseThrow();
  }

  private ListedRoom listed(
      String name, List<At> replicas, Ring ring, Map<String, String> regions) {
    Replica best = best(replicas, regions).replica();
    List<At> owned = replicas.stream().filter(at -> at.replica().getOwned()).toList();
    ListedRoom.Builder room =
        ListedRoom.newBuilder()
            .setName(name)
            .setMembers(best.getMembers())
            .setEqual(owned.stream().map(at -> at.replica().getSummary()).distinct().count() <= 1);
    List<String> pinned = best.getResidencyList();
    for (String region : ring.regions()) {
      List<String> owners = ring.owners(Ring.shardOf(name), region);
      if (pinned.isEmpty() || pinned.contains(region)) {
        long holding = owned.stream().filter(at -> owners.contains(at.node())).count();
        room.addCopies(
            Copies.newBuilder()
                .setRegion(region)
                .setHolding((int) holding)
                .setOwners(owners.size()));
      }
    }
    Map<String, Long> outages = new TreeMap<>();
    owned.forEach(at ->
        at.replica()
            .getDegradedList()
            .forEach(cut -> outages.merge(cut.getRegion(), cut.getSinceMillis(), Math::min)));
    outages.forEach((region, since) ->
        room.addDegraded(Outage.newBuilder().setRegion(region).setSinceMillis(since)));
    return room.build();
  }

  /** A room; null where nobody who answers has anything of it. */
  @Nullable ShowRoomResponse show(String name) {
    Map<String, Answer> answers = everybody(Question.newBuilder().setRoom(name).build());
    List<At> replicas = byRoom(answers).get(name);
    if (replicas == null) {
      return null;
    }
    Map<String, String> regions = regions();
    Replica best = best(replicas, regions).replica();
    ShowRoomResponse.Builder response =
        ShowRoomResponse.newBuilder()
            .setRoom(listed(name, replicas, Ring.of(cluster.facts()), regions))
            .setSettings(best.getDetails().getSettings())
            .setBans(best.getBans())
            .setChat(best.getChat())
            .addAllMembers(best.getDetails().getMembersList())
            .addAllSilent(silent(answers));
    replicas.stream()
        .map(at ->
            RoomReplica.newBuilder()
                .setNode(at.node())
                .setRegion(regions.getOrDefault(at.node(), ""))
                .setOwner(at.replica().getOwned())
                .setServing(at.replica().getServing())
                .setEqual(at.replica().getSummary() == best.getSummary())
                .setMembers(at.replica().getMembers())
                .setStore(at.store())
                .build())
        .sorted(Comparator.comparing(RoomReplica::getRegion).thenComparing(RoomReplica::getNode))
        .forEach(response::addReplicas);
    return response.build();
  }
}
