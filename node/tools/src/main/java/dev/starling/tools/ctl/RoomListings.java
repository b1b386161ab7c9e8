package dev.starling.tools.ctl;

import dev.starling.proto.admin.v1.Copies;
import dev.starling.proto.admin.v1.ListedRoom;
import dev.starling.proto.admin.v1.Outage;
import dev.starling.proto.admin.v1.RoomMember;
import dev.starling.proto.admin.v1.RoomReplica;
import dev.starling.proto.admin.v1.RoomSettings;
import dev.starling.proto.admin.v1.ShowRoomResponse;
import dev.starling.tools.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Puts what nodes answer about rooms into listings. */
final class RoomListings {
  private static final List<String> ROOM_HEADINGS =
      List.of("ROOM", "MEMBERS", "COPIES", "EQUAL", "REGIONS", "DEGRADED");

  private RoomListings() {}

  static Listing rooms(List<ListedRoom> rooms) {
    Table table = new Table(ROOM_HEADINGS);
    rooms.forEach(room -> table.add(row(room)));
    return new Listing(rooms.stream().map(RoomListings::object).toList(), table);
  }

  private static List<String> row(ListedRoom room) {
    return List.of(
        room.getName(),
        Integer.toString(room.getMembers()),
        total(room.getCopiesList()),
        Listings.yes(room.getEqual()),
        room.getCopiesList().stream()
            .map(
                copies -> copies.getRegion() + " " + copies.getHolding() + "/" + copies.getOwners())
            .collect(Collectors.joining(", ")),
        Listings.known(
            room.getDegradedList().stream()
                .map(Outage::getRegion)
                .collect(Collectors.joining(", "))));
  }

  private static String total(List<Copies> copies) {
    return copies.stream().mapToInt(Copies::getHolding).sum()
        + "/"
        + copies.stream().mapToInt(Copies::getOwners).sum();
  }

  private static Map<String, Object> object(ListedRoom room) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", room.getName());
    object.put("members", room.getMembers());
    List<Map<String, Object>> copies = new ArrayList<>();
    for (Copies regional : room.getCopiesList()) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("region", regional.getRegion());
      each.put("holding", regional.getHolding());
      each.put("owners", regional.getOwners());
      copies.add(each);
    }
    object.put("copies", copies);
    object.put("equal", room.getEqual());
    List<Map<String, Object>> degraded = new ArrayList<>();
    for (Outage outage : room.getDegradedList()) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("region", outage.getRegion());
      each.put("since", Instant.ofEpochMilli(outage.getSinceMillis()));
      degraded.add(each);
    }
    object.put("degraded", degraded);
    return object;
  }

  static Listing room(ShowRoomResponse answer) {
    ListedRoom room = answer.getRoom();
    RoomSettings settings = answer.getSettings();
    Map<String, Object> object = object(room);
    object.put("memberCount", room.getMembers());
    Map<String, Object> set = new LinkedHashMap<>();
    set.put("limit", settings.getLimit());
    set.put("locked", settings.getLocked());
    set.put("lobby", settings.getLobby());
    set.put("password", settings.getPassword());
    set.put("residency", List.copyOf(settings.getResidencyList()));
    object.put("settings", set);
    object.put("bans", answer.getBans());
    object.put("chat", answer.getChat());
    Table whole = new Table(ROOM_HEADINGS);
    whole.add(row(room));
    Table further =
        new Table(List.of("CHAT", "BANS", "LIMIT", "LOCKED", "LOBBY", "PASSWORD", "PINNED TO"));
    further.add(
        List.of(
            Integer.toString(answer.getChat()),
            Integer.toString(answer.getBans()),
            Integer.toString(settings.getLimit()),
            Listings.yes(settings.getLocked()),
            Listings.yes(settings.getLobby()),
            Listings.yes(settings.getPassword()),
            Listings.known(String.join(", ", settings.getResidencyList()))));
    return new Listing(
        object,
        List.of(
            whole,
            further,
            replicas(answer.getReplicasList(), object),
            members(answer.getMembersList(), object)));
  }

  private static Table replicas(List<RoomReplica> replicas, Map<String, Object> object) {
    Table table =
        new Table(List.of("NODE", "REGION", "OWNER", "SERVES", "EQUAL", "MEMBERS", "STORE"));
    List<Map<String, Object>> objects = new ArrayList<>();
    for (RoomReplica replica : replicas) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("node", replica.getNode());
      each.put("region", replica.getRegion());
      each.put("owner", replica.getOwner());
      each.put("serving", replica.getServing());
      each.put("equal", replica.getEqual());
      each.put("members", replica.getMembers());
      each.put("store", replica.getStore());
      objects.add(each);
      table.add(
          List.of(
              replica.getNode(),
              replica.getRegion(),
              Listings.yes(replica.getOwner()),
              Listings.yes(replica.getServing()),
              Listings.yes(replica.getEqual()),
              Integer.toString(replica.getMembers()),
              Listings.known(replica.getStore())));
    }
    object.put("replicas", objects);
    return table;
  }

  private static Table members(List<RoomMember> members, Map<String, Object> object) {
    Table table = new Table(List.of("MEMBER", "USER", "ROLE", "NODE", "REGION", "EPOCH", "SINCE"));
    List<Map<String, Object>> objects = new ArrayList<>();
    for (RoomMember member : members) {
      Instant since = Instant.ofEpochMilli(member.getSinceMillis());
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("member", member.getSession());
      each.put("user", member.getUser());
      each.put("role", member.getRole());
      each.put("node", member.getNode());
      each.put("region", member.getRegion());
      each.put("epoch", member.getEpoch());
      each.put("since", since);
      objects.add(each);
      table.add(
          List.of(
              member.getSession(),
              member.getUser(),
              member.getRole(),
              member.getNode(),
              member.getRegion(),
              Long.toString(member.getEpoch()),
              since.toString()));
    }
    object.put("members", objects);
    return table;
  }
}
