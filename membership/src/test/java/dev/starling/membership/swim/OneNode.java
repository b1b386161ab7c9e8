package dev.starling.membership.swim;

import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.HandNetwork;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.Status;
import dev.starling.membership.swim.SwimMessage.Ack;
import dev.starling.membership.swim.SwimMessage.News;
import dev.starling.membership.swim.SwimMessage.Ping;
import dev.starling.membership.swim.SwimMessage.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One core, stepped by hand: its peers p1, p2, … are played by the test. Unless they are told to be
 * silent they answer direct pings, and nothing else.
 */
final class OneNode {
  static final long MILLI = HandNetwork.MILLI;
  static final long SECOND = HandNetwork.SECOND;
  static final NodeId SELF = new NodeId("self", 1);

  final SwimCore core;
  final List<Sent> sent = new ArrayList<>();
  final List<SwimOutput> said = new ArrayList<>();
  private final Set<String> silent = new TreeSet<>();
  private final PriorityQueue<Coming> coming =
      new PriorityQueue<>(
          Comparator.comparingLong(Coming::atNanos).thenComparingLong(Coming::sequence));
  private boolean answering = true;
  private long answerNanos = MILLI;
  private long wakeAtNanos = Long.MAX_VALUE;
  private long nowNanos = 1_000 * SECOND;
  private long sequence;

  /** What went out, and when. */
  record Sent(long atNanos, SwimOutput.Send send) {
    SwimMessage message() {
      return send.packet().message();
    }

    List<Fact> facts() {
      return send.packet().facts();
    }

    String to() {
      return send.to().host();
    }
  }

  private record Coming(long atNanos, long sequence, SwimInput input) {}

  OneNode(SwimConfig config, long seed) {
    core =
        new SwimCore(
            Group.ofRegion(SmallGroup.REGION),
            SELF,
            HandNetwork.info("self", SmallGroup.REGION, "a"),
            config,
            new SplittableRandom(seed),
            nowNanos);
  }

  /** Knows so many peers, all in its own zone, and has told what it had to tell. */
  static OneNode among(int peers, SwimConfig config, long seed) {
    OneNode node = new OneNode(config, seed);
    node.step(new SwimInput.Seek(List.of()));
    List<Fact> facts = new ArrayList<>();
    for (int i = 1; i <= peers; i++) {
      facts.add(alive("p" + i));
    }
    node.hear(Channel.STREAM, "p1", new Table(false), facts.toArray(new Fact[0]));
    node.run(10 * SECOND);
    node.forget();
    return node;
  }

  static NodeId id(String name) {
    return new NodeId(name, 1);
  }

  static NodeInfo info(String name) {
    return HandNetwork.info(name, SmallGroup.REGION, "a");
  }

  static Fact alive(String name) {
    return Fact.alive(id(name), 0, info(name));
  }

  static Fact suspect(String name, String by) {
    return Fact.suspect(id(name), 0, id(by), false);
  }

  long now() {
    return nowNanos;
  }

  long wakeAt() {
    return wakeAtNanos;
  }

  /** These answer nothing from now on. */
  OneNode silence(String... names) {
    silent.addAll(List.of(names));
    return this;
  }

  OneNode unsilence(String... names) {
    List.of(names).forEach(silent::remove);
    return this;
  }

  /** Nobody answers by itself any more. */
  OneNode silenceAll() {
    answering = false;
    return this;
  }

  /** How long direct answers take. */
  OneNode answerAfter(long nanos) {
    answerNanos = nanos;
    return this;
  }

  void step(SwimInput input) {
    core.step(input, nowNanos, this::take);
  }

  void hear(String from, SwimMessage message, Fact... facts) {
    hear(Channel.DATAGRAM, from, message, facts);
  }

  void hear(Channel channel, String from, SwimMessage message, Fact... facts) {
    hear(channel, id(from), message, facts);
  }

  void hear(Channel channel, NodeId from, SwimMessage message, Fact... facts) {
    step(received(channel, from, message, facts));
  }

  void news(Fact... facts) {
    hear("p1", new News(), facts);
  }

  /** Lets time pass with every wake on time. */
  void run(long nanos) {
    runUntil(nowNanos + nanos);
  }

  void runUntil(long end) {
    while (nextNanos() <= end) {
      boolean isAnswer = !coming.isEmpty() && coming.peek().atNanos() <= wakeAtNanos;
      nowNanos = Math.max(nowNanos, nextNanos());
      step(isAnswer ? coming.remove().input() : new SwimInput.Wake());
    }
    nowNanos = end;
  }

  /** Stands still until so long after it wanted to wake, and loses what came meanwhile. */
  void stall(long nanos) {
    coming.clear();
    nowNanos = wakeAtNanos + nanos;
    step(new SwimInput.Wake());
  }

  void forget() {
    sent.clear();
    said.clear();
  }

  Fact belief(String name) {
    return core.facts().stream()
        .filter(fact -> fact.node().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  Status status(String name) {
    return belief(name).status();
  }

  boolean knows(String name) {
    return core.facts().stream().anyMatch(fact -> fact.node().name().equals(name));
  }

  <T extends SwimOutput> List<T> said(Class<T> kind) {
    return said.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  Stream<Sent> sent(Class<? extends SwimMessage> kind) {
    return sent.stream().filter(one -> kind.isInstance(one.message()));
  }

  /** Those pings that start a probe, and aren't sent in another's stead or to the dead. */
  List<Sent> probes() {
    return sent(Ping.class)
        .filter(one -> one.send().channel() == Channel.DATAGRAM)
        .filter(one -> ((Ping) one.message()).sequence() > 0)
        .toList();
  }

  /** How often a fact about a node went out. */
  long timesTold(String name) {
    return sent.stream()
        .flatMap(one -> one.facts().stream())
        .filter(fact -> fact.node().name().equals(name))
        .count();
  }

  private void take(SwimOutput output) {
    switch (output) {
      case SwimOutput.WakeAt wake -> wakeAtNanos = wake.nanos();
      case SwimOutput.Send send -> {
        sent.add(new Sent(nowNanos, send));
        answer(send);
      }
      default -> said.add(output);
    }
  }

  private void answer(SwimOutput.Send send) {
    if (answering
        && send.packet().message() instanceof Ping ping
        && send.channel() == Channel.DATAGRAM
        && !silent.contains(ping.target().name())) {
      Ack ack = new Ack(ping.sequence());
      SwimInput input = received(Channel.DATAGRAM, ping.target(), ack);
      coming.add(new Coming(nowNanos + answerNanos, sequence++, input));
    }
  }

  private long nextNanos() {
    return coming.isEmpty() ? wakeAtNanos : Math.min(wakeAtNanos, coming.peek().atNanos());
  }

  private static SwimInput received(
      Channel channel, NodeId from, SwimMessage message, Fact... facts) {
    int port = channel == Channel.DATAGRAM ? HandNetwork.DATAGRAM_PORT : HandNetwork.STREAM_PORT;
    Packet packet = new Packet(SmallGroup.REGION, from, message, List.of(facts));
    return new SwimInput.Received(new Endpoint(from.name(), port), channel, packet);
  }
}
