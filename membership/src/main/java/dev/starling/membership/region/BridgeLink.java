package dev.starling.membership.region;

import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.swim.Channel;
import dev.starling.membership.swim.Group;
import dev.starling.membership.swim.Packet;
import dev.starling.membership.swim.Sizes;
import dev.starling.membership.swim.SwimConfig;
import dev.starling.membership.swim.SwimCore;
import dev.starling.membership.swim.SwimInput.Received;
import dev.starling.membership.swim.SwimMessage;
import dev.starling.membership.swim.SwimMessage.Ack;
import dev.starling.membership.swim.SwimMessage.Digest;
import dev.starling.membership.swim.SwimMessage.Nack;
import dev.starling.membership.swim.SwimMessage.News;
import dev.starling.membership.swim.SwimMessage.Ping;
import dev.starling.membership.swim.SwimMessage.PingRequest;
import dev.starling.membership.swim.SwimMessage.Table;
import dev.starling.membership.swim.SwimOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What bridges of different regions say to each other: they ping each other directly, which decides
 * about regions, and exchange what each region believes of its own nodes. Works while this node is
 * a bridge; answers otherwise, too.
 */
final class BridgeLink {
  private final RegionConfig config;
  private final SwimConfig.Bounds bounds;
  private final SwimCore local;
  private final RegionTables tables;
  private final String region;
  private final RandomGenerator random;
  private final SortedMap<String, RegionContact> contacts = new TreeMap<>();
  private final Map<String, Fact> news = new LinkedHashMap<>();
  private boolean active;
  private long round;
  private long hailedNanos;
  private long nextHailNanos;
  private long nextNewsNanos;
  private long nextDigestNanos;

  BridgeLink(
      RegionConfig config,
      SwimConfig.Bounds bounds,
      SwimCore local,
      RegionTables tables,
      String region,
      RandomGenerator random) {
    this.config = config;
    this.bounds = bounds;
    this.local = local;
    this.tables = tables;
    this.region = region;
    this.random = random;
  }

  /** Takes the result of an election. */
  void elect(Bridges bridges, boolean isBridge, long nowNanos) {
    if (isBridge && !active) {
      contacts.clear();
      news.clear();
      nextHailNanos = nowNanos;
      nextDigestNanos = nowNanos;
      nextNewsNanos = nowNanos;
    }
    active = isBridge;
    contacts.keySet().retainAll(bridges.byRegion().keySet());
    bridges
        .byRegion()
        .forEach((other, elected) -> {
          if (!other.equals(region)) {
            contacts.computeIfAbsent(other, name -> new RegionContact(nowNanos)).bridges(elected);
          }
        });
  }

  /** Something changed in this region, and others are to hear of it. */
  void tell(Fact fact) {
    // With nobody to tell it would be kept for ever.
    if (active && !contacts.isEmpty()) {
      news.put(fact.node().name(), fact);
    }
  }

  /** This node has left, and tells every bridge of the other regions by itself. */
  void sayGoodbye(Consumer<? super SwimOutput> out) {
    List<Fact> left = List.of(local.selfFact());
    for (RegionContact contact : contacts.values()) {
      for (Fact bridge : contact.bridges()) {
        datagram(infoOf(bridge).datagrams(), new News(), left, out);
      }
    }
  }

  /** The regions that this bridge misses, in the order of their names; as many as fit a fact. */
  List<String> missed() {
    List<String> missed = new ArrayList<>();
    int room = NodeInfo.MAX_UNREACHABLE_CHARACTERS;
    for (Map.Entry<String, RegionContact> entry : contacts.entrySet()) {
      String name = entry.getKey();
      boolean fits = missed.size() < NodeInfo.MAX_UNREACHABLE && name.length() <= room;
      if (active && entry.getValue().isMissed() && fits) {
        missed.add(name);
        room -= name.length();
      }
    }
    return missed;
  }

  /** The last direct round trip to a region, in nanoseconds; negative when there was none. */
  long lastRoundTripNanos(String other) {
    RegionContact contact = contacts.get(other);
    return contact == null ? -1 : contact.lastRoundTripNanos();
  }

  long nextNanos() {
    if (!active || contacts.isEmpty()) {
      return Long.MAX_VALUE;
    }
    long next = Math.min(nextHailNanos, nextDigestNanos);
    return news.isEmpty() ? next : Math.min(next, nextNewsNanos);
  }

  /** Does what is due. */
  void run(long nowNanos, Consumer<? super SwimOutput> out) {
    if (!active || contacts.isEmpty()) {
      return;
    }
    if (nextHailNanos <= nowNanos) {
      hail(nowNanos, out);
    }
    if (!news.isEmpty() && nextNewsNanos <= nowNanos) {
      sendNews(out);
      nextNewsNanos = nowNanos + config.newsNanos();
    }
    if (nextDigestNanos <= nowNanos) {
      nextDigestNanos = nowNanos + config.digestNanos();
      contacts.values().forEach(contact -> compare(contact, out));
    }
  }

  /** Answers a packet of this group; its facts are the caller's to learn. */
  void receive(Received received, long nowNanos, Consumer<? super SwimOutput> out) {
    Packet packet = received.packet();
    switch (packet.message()) {
      case Ping ping -> {
        if (ping.target().equals(local.self())) {
          datagram(received.source(), new Ack(ping.sequence()), List.of(), out);
        }
      }
      case Ack ack -> answered(ack, packet.from(), nowNanos);
      case Digest digest -> tables.digest(digest, received, nowNanos, out);
      case Nack nack -> reject(out);
      case PingRequest request -> reject(out);
      case News news -> {}
      case Table table -> {}
    }
  }

  private void hail(long nowNanos, Consumer<? super SwimOutput> out) {
    boolean stalled = round > 0 && nowNanos - nextHailNanos > 2 * config.hailNanos();
    nextHailNanos = nowNanos + config.hailNanos();
    hailedNanos = nowNanos;
    round++;
    for (RegionContact contact : contacts.values()) {
      if (stalled) {
        contact.pardon(nowNanos);
      }
      if (contact.judge(nowNanos, config.missNanos()) && !contact.isMissed()) {
        compare(contact, out);
      }
      for (Fact bridge : contact.bridges()) {
        Ping ping = new Ping(round, bridge.node());
        datagram(infoOf(bridge).datagrams(), ping, List.of(local.selfFact()), out);
      }
    }
  }

  private void answered(Ack ack, NodeId from, long nowNanos) {
    for (RegionContact contact : contacts.values()) {
      if (contact.bridges().stream().anyMatch(bridge -> bridge.node().equals(from))) {
        contact.answered(nowNanos, ack.sequence() == round ? nowNanos - hailedNanos : -1);
      }
    }
  }

  private void sendNews(Consumer<? super SwimOutput> out) {
    int room = bounds.datagramBytes() - Sizes.PACKET;
    List<Fact> batch = new ArrayList<>();
    int used = 0;
    for (Fact fact : news.values()) {
      int size = Sizes.of(fact);
      if (used + size > room) {
        sendNews(List.copyOf(batch), out);
        batch.clear();
        used = 0;
      }
      batch.add(fact);
      used += size;
    }
    sendNews(batch, out);
    news.clear();
  }

  private void sendNews(List<Fact> batch, Consumer<? super SwimOutput> out) {
    for (RegionContact contact : contacts.values()) {
      List<Fact> left = new ArrayList<>(contact.bridges());
      for (int i = 0; i < config.fanOut() && !left.isEmpty(); i++) {
        Fact bridge = left.remove(random.nextInt(left.size()));
        datagram(infoOf(bridge).datagrams(), new News(), batch, out);
      }
    }
  }

  /** Compares what this region believes of itself with what another holds of it. */
  private void compare(RegionContact contact, Consumer<? super SwimOutput> out) {
    List<Fact> bridges = contact.bridges();
    if (!bridges.isEmpty()) {
      Fact bridge = bridges.get(random.nextInt(bridges.size()));
      tables.compare(infoOf(bridge), out);
    }
  }

  private void datagram(
      Endpoint to, SwimMessage message, List<Fact> facts, Consumer<? super SwimOutput> out) {
    Packet packet = new Packet(Group.BRIDGES, local.self(), message, facts);
    out.accept(new SwimOutput.Send(to, Channel.DATAGRAM, packet));
  }

  private static void reject(Consumer<? super SwimOutput> out) {
    out.accept(new SwimOutput.Rejected(SwimOutput.Reason.UNASKED));
  }

  private static NodeInfo infoOf(Fact fact) {
    return Objects.requireNonNull(fact.info());
  }
}
