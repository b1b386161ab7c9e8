package dev.starling.server.admin;

import dev.starling.crdt.HybridTime;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.NodeRole;
import dev.starling.membership.ring.Ring;
import dev.starling.proto.admin.v1.ListMembersResponse;
import dev.starling.proto.admin.v1.ListNodesResponse;
import dev.starling.proto.admin.v1.ListRegionsResponse;
import dev.starling.proto.admin.v1.ListShardsResponse;
import dev.starling.proto.admin.v1.Member;
import dev.starling.proto.admin.v1.Node;
import dev.starling.proto.admin.v1.Owners;
import dev.starling.proto.admin.v1.Region;
import dev.starling.proto.admin.v1.Role;
import dev.starling.proto.admin.v1.Shard;
import dev.starling.proto.admin.v1.Status;
import dev.starling.proto.inquiry.v1.Store;
import dev.starling.server.admin.ClusterView.Peer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Puts what is known into the messages that operators get. */
final class Answers {
  private static final Comparator<Node> NODES =
      Comparator.comparing(Node::getRegion).thenComparing(Node::getName);
  private static final Comparator<Member> MEMBERS =
      Comparator.comparing(Member::getRegion).thenComparing(Member::getName);

  private Answers() {}

  /**
   * The nodes that live.
   *
   * @param stores how they keep rooms on their disks, as far as they say
   */
  static ListNodesResponse nodes(ClusterView cluster, Map<String, Store> stores) {
    return ListNodesResponse.newBuilder()
        .addAllNodes(
            cluster.peers().stream()
                .map(peer ->
                    node(
                        peer,
                        cluster,
                        stores.getOrDefault(peer.id().name(), Store.getDefaultInstance())))
                .sorted(NODES)
                .toList())
        .build();
  }

  private static Node node(Peer peer, ClusterView cluster, Store store) {
    NodeInfo info = peer.info();
    Node.Builder node =
        Node.newBuilder()
            .setName(peer.id().name())
            .setRegion(info.region())
            .setZone(info.zone())
            .addAllRoles(roles(info.roles()))
            .setReachable(peer.reachable())
            .setSelf(peer.id().equals(cluster.self()))
            .setDraining(info.draining())
            .setLoadPermille(info.loadPermille())
            .setStartedMillis(new HybridTime(peer.id().generation()).millis())
            .addAllUrls(info.urls())
            .setStore(store.getState())
            .setStoreMessage(store.getMessage());
    if (cluster.inARing()) {
      node.setDatagrams(info.datagrams().toString()).setStreams(info.streams().toString());
    }
    return node.build();
  }

  static ListMembersResponse members(ClusterView cluster) {
    Set<String> unreachable = Set.copyOf(cluster.unreachable());
    return ListMembersResponse.newBuilder()
        .addAllMembers(
            cluster.facts().stream()
                .map(fact -> member(fact, unreachable))
                .sorted(MEMBERS)
                .toList())
        .build();
  }

  private static Member member(Fact fact, Set<String> unreachable) {
    Member.Builder member =
        Member.newBuilder()
            .setName(fact.node().name())
            .setGeneration(fact.node().generation())
            .setIncarnation(fact.incarnation())
            .setStatus(status(fact, unreachable));
    NodeInfo info = fact.info();
    if (info != null) {
      member.setRegion(info.region()).setZone(info.zone()).addAllRoles(roles(info.roles()));
    }
    if (fact.by() != null) {
      member.setSuspectedBy(fact.by().name());
    }
    return member.build();
  }

  private static Status status(Fact fact, Set<String> unreachable) {
    boolean cutOff = fact.info() != null && unreachable.contains(fact.info().region());
    return switch (fact.status()) {
      case ALIVE -> cutOff ? Status.STATUS_QUARANTINED : Status.STATUS_ALIVE;
      case SUSPECT -> cutOff ? Status.STATUS_QUARANTINED : Status.STATUS_SUSPECT;
      case DEAD -> Status.STATUS_DEAD;
      case LEFT, FORGOTTEN -> Status.STATUS_LEFT;
    };
  }

  static ListRegionsResponse regions(ClusterView cluster, Map<String, Long> roundTripNanos) {
    Map<String, Region.Builder> regions = new TreeMap<>();
    for (Peer peer : cluster.peers()) {
      String name = peer.info().region();
      Region.Builder region =
          regions.computeIfAbsent(
              name,
              absent ->
                  Region.newBuilder()
                      .setName(name)
                      .setReachable(!cluster.unreachable().contains(name)));
      region.setNodes(region.getNodes() + 1);
      region.setCoreNodes(region.getCoreNodes() + (peer.info().isCore() ? 1 : 0));
      if (peer.id().equals(cluster.self())) {
        region.setSelf(true);
      }
    }
    roundTripNanos.forEach((name, nanos) -> {
      Region.Builder region = regions.get(name);
      if (region != null && region.getReachable()) {
        region.setRoundTripNanos(nanos);
      }
    });
    return ListRegionsResponse.newBuilder()
        .addAllRegions(regions.values().stream().map(Region.Builder::build).toList())
        .build();
  }

  /**
   * The owners of some shards.
   *
   * @param from the first one
   * @param to the one after the last one
   */
  static ListShardsResponse shards(Ring ring, int from, int to) {
    ListShardsResponse.Builder all = ListShardsResponse.newBuilder();
    for (int number = from; number < to; number++) {
      Shard.Builder shard = Shard.newBuilder().setNumber(number);
      for (String region : ring.regions()) {
        shard.addOwners(
            Owners.newBuilder().setRegion(region).addAllNodes(ring.owners(number, region)));
      }
      all.addShards(shard);
    }
    return all.build();
  }

  private static List<Role> roles(Set<NodeRole> roles) {
    return roles.stream()
        .map(role ->
            switch (role) {
              case CORE -> Role.ROLE_CORE;
              case EDGE -> Role.ROLE_EDGE;
            })
        .toList();
  }
}
