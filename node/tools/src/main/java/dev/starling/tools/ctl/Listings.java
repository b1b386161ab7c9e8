package dev.starling.tools.ctl;

import com.google.protobuf.ProtocolMessageEnum;
import dev.starling.proto.admin.v1.Member;
import dev.starling.proto.admin.v1.Node;
import dev.starling.proto.admin.v1.Owners;
import dev.starling.proto.admin.v1.Region;
import dev.starling.proto.admin.v1.Role;
import dev.starling.proto.admin.v1.Shard;
import dev.starling.tools.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Puts what a node answers into listings. */
final class Listings {
  private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final String UNKNOWN = "-";

  private static final List<String> NODE_HEADINGS =
      List.of(
          "NAME",
          "REGION",
          "ZONE",
          "ROLES",
          "REACHABLE",
          "DRAINING",
          "LOAD",
          "UP",
          "STORE",
          "RING",
          "CLIENTS");

  private Listings() {}

  static Listing nodes(List<Node> nodes, Instant now) {
    Table table = new Table(NODE_HEADINGS);
    List<Map<String, Object>> objects = new ArrayList<>();
    for (Node node : nodes) {
      Instant started = Instant.ofEpochMilli(node.getStartedMillis());
      Map<String, Object> object = place(node.getName(), node.getRegion(), node.getZone());
      object.put("roles", roles(node.getRolesList()));
      object.put("reachable", node.getReachable());
      object.put("self", node.getSelf());
      object.put("draining", node.getDraining());
      object.put("loadPermille", node.getLoadPermille());
      object.put("started", started);
      object.put("datagrams", node.getDatagrams());
      object.put("streams", node.getStreams());
      object.put("urls", List.copyOf(node.getUrlsList()));
      if (!node.getStore().isEmpty()) {
        object.put("store", node.getStore());
        object.put("storeMessage", node.getStoreMessage());
      }
      objects.add(object);
      table.add(
          List.of(
              node.getName() + (node.getSelf() ? " *" : ""),
              node.getRegion(),
              node.getZone(),
              String.join(",", roles(node.getRolesList())),
              yes(node.getReachable()),
              yes(node.getDraining()),
              String.format(Locale.ROOT, "%.1f %%", node.getLoadPermille() / 10.0),
              span(Duration.between(started, now)),
              known(node.getStore()),
              known(node.getStreams()),
              known(String.join(" ", node.getUrlsList()))));
    }
    return new Listing(objects, table);
  }

  static Listing members(List<Member> members) {
    Table table =
        new Table(
            List.of("NAME", "REGION", "ZONE", "STATUS", "GENERATION", "INCARNATION", "ROLES"));
    List<Map<String, Object>> objects = new ArrayList<>();
    for (Member member : members) {
      String status = name(member.getStatus(), "STATUS_");
      Map<String, Object> object = place(member.getName(), member.getRegion(), member.getZone());
      object.put("status", status);
      object.put("generation", member.getGeneration());
      object.put("incarnation", member.getIncarnation());
      object.put("roles", roles(member.getRolesList()));
      if (!member.getSuspectedBy().isEmpty()) {
        object.put("suspectedBy", member.getSuspectedBy());
      }
      objects.add(object);
      table.add(
          List.of(
              member.getName(),
              member.getRegion(),
              member.getZone(),
              status,
              Long.toString(member.getGeneration()),
              Long.toString(member.getIncarnation()),
              String.join(",", roles(member.getRolesList()))));
    }
    return new Listing(objects, table);
  }

  static Listing regions(List<Region> regions) {
    Table table = new Table(List.of("REGION", "REACHABLE", "NODES", "CORE NODES", "ROUND TRIP"));
    List<Map<String, Object>> objects = new ArrayList<>();
    for (Region region : regions) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("name", region.getName());
      object.put("self", region.getSelf());
      object.put("reachable", region.getReachable());
      object.put("nodes", region.getNodes());
      object.put("coreNodes", region.getCoreNodes());
      double millis = Math.round(region.getRoundTripNanos() / NANOS_PER_MILLI * 1000) / 1000.0;
      if (region.hasRoundTripNanos()) {
        object.put("roundTripMillis", millis);
      }
      objects.add(object);
      table.add(
          List.of(
              region.getName() + (region.getSelf() ? " *" : ""),
              yes(region.getReachable()),
              Integer.toString(region.getNodes()),
              Integer.toString(region.getCoreNodes()),
              region.hasRoundTripNanos()
                  ? String.format(Locale.ROOT, "%.1f ms", millis)
                  : UNKNOWN));
    }
    return new Listing(objects, table);
  }

  static Listing shards(List<Shard> shards) {
    List<String> headings = new ArrayList<>(List.of("SHARD"));
    if (!shards.isEmpty()) {
      shards.getFirst().getOwnersList().forEach(owners -> headings.add(owners.getRegion()));
    }
    Table table = new Table(headings);
    List<Map<String, Object>> objects = new ArrayList<>();
    for (Shard shard : shards) {
      Map<String, Object> owners = new LinkedHashMap<>();
      List<String> cells = new ArrayList<>(List.of(Integer.toString(shard.getNumber())));
      for (Owners regional : shard.getOwnersList()) {
        owners.put(regional.getRegion(), List.copyOf(regional.getNodesList()));
        cells.add(String.join(" ", regional.getNodesList()));
      }
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("shard", shard.getNumber());
      object.put("owners", owners);
      objects.add(object);
      table.add(cells);
    }
    return new Listing(objects, table);
  }

  private static Map<String, Object> place(String name, String region, String zone) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", name);
    object.put("region", region);
    object.put("zone", zone);
    return object;
  }

  private static List<String> roles(List<Role> roles) {
    return roles.stream().map(role -> name(role, "ROLE_").toLowerCase(Locale.ROOT)).toList();
  }

  /** A constant's name without what makes it unique in its package. */
  private static String name(ProtocolMessageEnum constant, String prefix) {
    return constant.toString().replace(prefix, "");
  }

  static String yes(boolean is) {
    return is ? "yes" : "no";
  }

  static String known(String text) {
    return text.isEmpty() ? UNKNOWN : text;
  }

  /** The two largest units of a time. */
  private static String span(Duration time) {
    if (time.isNegative()) {
      return "0s";
    }
    if (time.toDays() > 0) {
      return time.toDays() + "d" + time.toHoursPart() + "h";
    }
    if (time.toHours() > 0) {
      return time.toHours() + "h" + time.toMinutesPart() + "m";
    }
    return time.toMinutes() > 0
        ? time.toMinutes() + "m" + time.toSecondsPart() + "s"
        : time.toSeconds() + "s";
  }
}
