package dev.starling.membership.region;

import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.Status;
import dev.starling.membership.swim.Channel;
import dev.starling.membership.swim.Packet;
import dev.starling.membership.swim.SwimCore;
import dev.starling.membership.swim.SwimInput;
import dev.starling.membership.swim.SwimInput.BeFirst;
import dev.starling.membership.swim.SwimInput.Carry;
import dev.starling.membership.swim.SwimInput.Consider;
import dev.starling.membership.swim.SwimInput.Received;
import dev.starling.membership.swim.SwimInput.Seek;
import dev.starling.membership.swim.SwimMessage.Digest;
import dev.starling.membership.swim.SwimMessage.Table;
import dev.starling.membership.swim.SwimOutput;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a node finds its region when all it knows is a node of another one: it asks there, and is
 * told whom they know of its region, and the bridges of all.
 */
final class Introductions {
  private static final int MAX_FOUND = 16;

  private final SwimCore local;
  private final RegionTables tables;
  private final String region;
  private final int tableFacts;
  private final SequencedSet<Endpoint> found = new LinkedHashSet<>();
  private List<Endpoint> configured = List.of();

  Introductions(SwimCore local, RegionTables tables, String region, int tableFacts) {
    this.local = local;
    this.tables = tables;
    this.region = region;
    this.tableFacts = tableFacts;
  }

  /** Takes the configured seeds; those that others told of stay. */
  void seek(List<Endpoint> seeds, Consumer<? super SwimInput> toLocal) {
    configured = List.copyOf(seeds);
    seek(toLocal);
  }

  /**
   * Others' facts about their own nodes are carried; what they hold of this region is considered.
   */
  void learn(Packet packet, Consumer<? super SwimInput> toLocal) {
    List<Fact> foreign = new ArrayList<>();
    List<Fact> own = new ArrayList<>();
    boolean isNew = false;
    for (Fact fact : packet.facts()) {
      NodeInfo subject = fact.info() != null ? fact.info() : local.infoOf(fact.node());
      if (subject != null && !subject.region().equals(region)) {
        foreign.add(fact);
      } else if (subject != null) {
        own.add(fact);
        isNew |= find(fact, subject);
      }
    }
    if (isNew) {
      // Once for all of them: each search calls others.
      seek(toLocal);
    }
    if (packet.message() instanceof Table) {
      considerOrBeFirst(own, packet, toLocal);
    } else {
      considerForgotten(own, packet, toLocal);
    }
    toLocal.accept(new Carry(foreign));
  }

  /** The only news that others have of this region. */
  private static void considerForgotten(
      List<Fact> own, Packet packet, Consumer<? super SwimInput> toLocal) {
    List<Fact> forgotten = own.stream().filter(fact -> fact.status() == Status.FORGOTTEN).toList();
    if (!forgotten.isEmpty()) {
      toLocal.accept(new Consider(forgotten, packet.from()));
    }
  }

  private void considerOrBeFirst(
      List<Fact> own, Packet packet, Consumer<? super SwimInput> toLocal) {
    String self = local.self().name();
    boolean others =
        own.stream().anyMatch(f -> f.status().isLive() && !f.node().name().equals(self));
    // Whoever isn't known here is taken as said: it answers the next probe, or dies here as it
    // should.
    toLocal.accept(new Consider(own, packet.from()));
    if (!others && found.isEmpty()) {
      toLocal.accept(new BeFirst());
    }
  }

  /** Whether a node of another region looks for its own. */
  boolean isAskedFor(Received received) {
    Packet packet = received.packet();
    NodeInfo asker = asker(packet);
    return packet.message() instanceof Digest digest
        && digest.joining()
        && received.channel() == Channel.STREAM
        && asker != null
        && asker.region().equals(packet.group());
  }

  /** Tells it whom this node knows there, and how regions are bridged. */
  void introduce(Packet packet, Bridges bridges, long nowNanos, Consumer<? super SwimOutput> out) {
    NodeInfo asker = asker(packet);
    if (asker == null || !tables.mayAnswer(nowNanos, out)) {
      return;
    }
    Set<Fact> told = new LinkedHashSet<>();
    bridges.byRegion().values().forEach(told::addAll);
    for (Fact fact : local.facts()) {
      boolean theirs = fact.info() != null && fact.info().region().equals(asker.region());
      if (theirs && fact.status().isLive() && told.size() < tableFacts) {
        told.add(fact);
      }
    }
    tables.send(asker.streams(), List.copyOf(told), out);
  }

  /** Somebody of this region that another region knows and this node doesn't. */
  private boolean find(Fact fact, NodeInfo subject) {
    boolean unknown = fact.status().isLive() && local.infoOf(fact.node()) == null;
    boolean isNew = unknown && found.add(subject.streams());
    if (found.size() > MAX_FOUND) {
      // The one found first had its chance.
      found.removeFirst();
    }
    return isNew;
  }

  private void seek(Consumer<? super SwimInput> toLocal) {
    Set<Endpoint> seeds = new LinkedHashSet<>(configured);
    seeds.addAll(found);
    toLocal.accept(new Seek(List.copyOf(seeds)));
  }

  private static @Nullable NodeInfo asker(Packet packet) {
    for (Fact fact : packet.facts()) {
      if (fact.node().equals(packet.from())) {
        return fact.info();
      }
    }
    return null;
  }
}
