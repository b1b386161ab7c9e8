package dev.starling.server.ring.atomix;

import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.Status;
import dev.starling.server.ring.RingHost;
import dev.starling.server.ring.RingNode;
import dev.starling.server.ring.RingView;
import io.atomix.cluster.BootstrapService;
import io.atomix.cluster.Member;
import io.atomix.cluster.MemberId;
import io.atomix.cluster.discovery.NodeDiscoveryService;
import io.atomix.cluster.protocol.GroupMembershipEvent;
import io.atomix.cluster.protocol.GroupMembershipEventListener;
import io.atomix.cluster.protocol.GroupMembershipProtocol;
import io.atomix.cluster.protocol.GroupMembershipProtocolConfig;
import io.atomix.utils.event.AbstractListenerManager;
import io.atomix.utils.net.Address;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * This project's SWIM in the place of Atomix's: members are the nodes that live, whoever is
 * suspected or behind a cut is not reachable. Events come on the ring's loop, after the view that
 * they tell of.
 */
final class RingProtocol
    extends AbstractListenerManager<GroupMembershipEvent, GroupMembershipEventListener>
    implements GroupMembershipProtocol {
  private volatile Map<MemberId, RingMember> members = Map.of();
  private volatile @Nullable RingHost host;
  private @Nullable List<Endpoint> sought;

  static Address address(Endpoint endpoint) {
    return Address.from(endpoint.host(), endpoint.port());
  }

  /** The node's part in the ring; null before it has joined. */
  @Nullable RingHost host() {
    return host;
  }

  @Override
  public Set<Member> getMembers() {
    return Collections.unmodifiableSet(new LinkedHashSet<>(members.values()));
  }

  @Override
  public @Nullable Member getMember(MemberId id) {
    return members.get(id);
  }

  @Override
  public CompletableFuture<Void> join(
      BootstrapService bootstrap, NodeDiscoveryService discovery, Member localMember) {
    if (!(bootstrap instanceof RingBootstrap transports)) {
      return CompletableFuture.failedFuture(NoMessaging.refusal());
    }
    try {
      RingHost opened = transports.open(this::see);
      host = opened;
      CompletableFuture<Void> seen = opened.tellView();
      discovery.addListener(event -> seek(opened, discovery));
      seek(opened, discovery);
      if (transports.config().seeds().isEmpty()) {
        opened.seek(List.of());
      }
      return seen;
    } catch (IOException unavailable) {
      return CompletableFuture.failedFuture(unavailable);
    }
  }

  @Override
  public CompletableFuture<Void> leave(Member localMember) {
    RingHost opened = host;
    if (opened != null) {
      opened.close();
    }
    return CompletableFuture.completedFuture(null);
  }

  /** Several events may tell of one change. */
  private synchronized void seek(RingHost opened, NodeDiscoveryService discovery) {
    List<Endpoint> seeds =
        discovery.getNodes().stream()
            .map(node -> new Endpoint(node.address().host(), node.address().port()))
            .toList();
    if (!seeds.isEmpty() && !seeds.equals(sought)) {
      sought = seeds;
      opened.seek(seeds);
    }
  }

  private synchronized void see(RingView view) {
    Map<MemberId, RingMember> before = members;
    Map<MemberId, RingMember> now = new LinkedHashMap<>();
    for (Fact fact : view.members()) {
      NodeInfo info = fact.info();
      if (info != null && fact.status().isLive()) {
        boolean reachable =
            fact.status() == Status.ALIVE && !view.unreachable().contains(info.region());
        RingMember member = new RingMember(new RingNode(fact.node(), info, reachable));
        now.put(member.id(), member);
      }
    }
    members = Collections.unmodifiableMap(now);
    changes(before, now).forEach(this::post);
  }

  private static List<GroupMembershipEvent> changes(
      Map<MemberId, RingMember> before, Map<MemberId, RingMember> now) {
    List<GroupMembershipEvent> events = new ArrayList<>();
    for (RingMember was : before.values()) {
      RingMember is = now.get(was.id());
      if (is == null || is.timestamp() != was.timestamp()) {
        events.add(new GroupMembershipEvent(GroupMembershipEvent.Type.MEMBER_REMOVED, was));
      }
    }
    for (RingMember is : now.values()) {
      RingMember was = before.get(is.id());
      if (was == null || is.timestamp() != was.timestamp()) {
        events.add(new GroupMembershipEvent(GroupMembershipEvent.Type.MEMBER_ADDED, is));
      } else {
        if (!is.node().info().equals(was.node().info())) {
          events.add(new GroupMembershipEvent(GroupMembershipEvent.Type.METADATA_CHANGED, is));
        }
        if (is.isReachable() != was.isReachable()) {
          events.add(new GroupMembershipEvent(GroupMembershipEvent.Type.REACHABILITY_CHANGED, is));
        }
      }
    }
    return events;
  }

  /** The settings of this project say it all. */
  @Override
  public GroupMembershipProtocolConfig config() {
    throw new UnsupportedOperationException("configured by cluster.*");
  }
}
