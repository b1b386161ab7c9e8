package dev.starling.membership.swim;

import dev.starling.membership.NodeId;
import dev.starling.membership.Status;
import dev.starling.membership.swim.SwimMessage.Ping;
import dev.starling.membership.swim.SwimMessage.PingRequest;
import dev.starling.membership.swim.SwimOutput.EdgeDegraded;
import dev.starling.membership.swim.SwimOutput.EdgeRestored;
import dev.starling.membership.swim.SwimOutput.ProbeFailed;
import dev.starling.membership.swim.SwimOutput.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks one member a period whether it lives: directly, then through helpers and over a stream, and
 * suspects it only when every way failed (SWIM section 3, Lifeguard section IV-A). A broken stream
 * has its peer probed at once, beside that.
 */
final class Prober {
  private static final double HELPER_SHARE = 0.8;
  private static final long MILLI = 1_000_000;

  private final SwimContext node;
  private final Beliefs beliefs;
  private final StallGuard guard;
  private final ProbeOrder order;
  private final List<Probe> running = new ArrayList<>();
  private long nextPeriodNanos;
  private long sequence;

  Prober(SwimContext node, Beliefs beliefs, StallGuard guard, ProbeOrder order) {
    this.node = node;
    this.beliefs = beliefs;
    this.guard = guard;
    this.order = order;
    // Nodes that start together don't probe together.
    this.nextPeriodNanos = node.now() + node.random.nextLong(node.config.probe().periodNanos());
  }

  /** When something is due next. */
  long nextNanos() {
    long next = nextPeriodNanos;
    for (Probe probe : running) {
      next = Math.min(next, probe.nextNanos());
    }
    return next;
  }

  /** How many probes are under way. */
  int running() {
    return running.size();
  }

  /** Does what is due. */
  void run() {
    for (int i = running.size() - 1; i >= 0; i--) {
      advance(running.get(i));
    }
    if (nextPeriodNanos <= node.now()) {
      startPeriod();
    }
  }

  /** Drops what is under way: this node stood still, and its silence says nothing about others. */
  void abandon() {
    running.clear();
  }

  /** Probes a peer at once, beside those that have their turn. */
  void probeNow(NodeId peer) {
    Member member = node.table.get(peer.name());
    if (member == null || !node.table.isPeer(member) || !member.id().equals(peer)) {
      return;
    }
    if (running.size() > node.config.bounds().urgentProbes()) {
      node.reject(Reason.BUSY);
    } else if (running.stream().noneMatch(probe -> probe.targetId().equals(peer))) {
      start(member);
    }
  }

  /** An answer, from the target or from a helper. */
  void ack(long number, NodeId from, Channel channel) {
    Probe probe = find(number);
    if (probe == null) {
      node.reject(Reason.UNASKED);
    } else if (!from.equals(probe.targetId())) {
      if (probe.asked(from)) {
        probe.answerVia(from);
      } else {
        node.reject(Reason.UNASKED);
      }
    } else if (channel == Channel.STREAM) {
      // Whatever refused a connection before accepts them again.
      probe.target().connectionRefused(false);
      probe.answerVia(null);
    } else {
      answeredDirectly(probe);
    }
  }

  /** A helper got no answer. */
  void nack(long number, NodeId from) {
    Probe probe = find(number);
    if (probe == null) {
      node.reject(Reason.UNASKED);
    } else {
      probe.nack(from);
    }
  }

  private void startPeriod() {
    long period = node.health.stretch(node.config.probe().periodNanos());
    nextPeriodNanos = node.now() + period;
    Member target = order.next(node.random);
    if (target != null) {
      start(target);
    }
  }

  private void start(Member target) {
    SwimConfig.Probe config = node.config.probe();
    long now = node.now();
    long direct = now + node.health.stretch(directTimeoutNanos());
    long end = now + node.health.stretch(config.periodNanos());
    Probe probe = new Probe(++sequence, target, now, direct, end);
    running.add(probe);
    boolean believedAlive = target.status() == Status.ALIVE;
    node.datagram(
        target.info().datagrams(),
        new Ping(probe.sequence(), target.id()),
        believedAlive ? null : target.fact().brief());
  }

  private long directTimeoutNanos() {
    SwimConfig.Probe config = node.config.probe();
    if (node.trips.isEmpty()) {
      return config.mostTimeoutNanos();
    }
    return Math.clamp(
        2 * node.trips.percentile99(), config.leastTimeoutNanos(), config.mostTimeoutNanos());
  }

  private void answeredDirectly(Probe probe) {
    running.remove(probe);
    node.trips.add(node.now() - probe.startNanos());
    Member target = probe.target();
    target.connectionRefused(false);
    if (target.edgeDegraded()) {
      target.edgeDegraded(false);
      node.emit(new EdgeRestored(target.id()));
    }
    if (!probe.isIndirect()) {
      node.health.better();
    }
    guard.answered(probe.startNanos());
  }

  private void advance(Probe probe) {
    if (!isStillWanted(probe)) {
      running.remove(probe);
    } else if (probe.endNanos() <= node.now()) {
      finish(probe);
    } else if (!probe.isIndirect() && probe.nextNanos() <= node.now()) {
      goIndirect(probe);
    }
  }

  private boolean isStillWanted(Probe probe) {
    return node.table.isPeer(probe.target()) && probe.target().id().equals(probe.targetId());
  }

  private void goIndirect(Probe probe) {
    probe.goIndirect();
    Member target = probe.target();
    if (target.connectionRefused()) {
      // Neither a datagram nor a connection gets through: others' refusals decide how soon it ends.
      beliefs.suspect(target, true);
    }
    long left = probe.endNanos() - node.now();
    int budget = Math.clamp((long) (left * HELPER_SHARE) / MILLI, 1, PingRequest.MAX_BUDGET_MILLIS);
    for (Member helper : helpersFor(target)) {
      probe.ask(helper.id());
      node.datagram(
          helper.info().datagrams(), new PingRequest(probe.sequence(), target.id(), budget));
    }
    if (node.config.probe().streams()) {
      node.stream(target.info().streams(), new Ping(probe.sequence(), target.id()), List.of());
    }
  }

  /** Random members, one of them in another zone where there is one. */
  private List<Member> helpersFor(Member target) {
    int wanted = node.config.probe().helpers();
    List<Member> helpers =
        node.table.sample(
            wanted, node.random, member -> member != target && member.status() == Status.ALIVE);
    String zone = node.selfInfo().zone();
    if (wanted == 0 || helpers.stream().anyMatch(helper -> !helper.info().zone().equals(zone))) {
      return helpers;
    }
    List<Member> elsewhere =
        node.table.sample(
            1,
            node.random,
            member ->
                member != target
                    && member.status() == Status.ALIVE
                    && !member.info().zone().equals(zone));
    if (!elsewhere.isEmpty() && helpers.size() == wanted) {
      helpers.removeLast();
    }
    helpers.addAll(elsewhere);
    return helpers;
  }

  private void finish(Probe probe) {
    running.remove(probe);
    Member target = probe.target();
    if (probe.isAnswered()) {
      guard.answered(probe.startNanos());
      if (!target.edgeDegraded()) {
        target.edgeDegraded(true);
        node.emit(new EdgeDegraded(target.id(), probe.answeredVia()));
      }
    } else {
      node.emit(new ProbeFailed(target.id()));
      node.health.worse(1 + probe.missingNacks());
      beliefs.suspect(target, target.connectionRefused());
    }
  }

  private @Nullable Probe find(long number) {
    for (Probe probe : running) {
      if (probe.sequence() == number) {
        return probe;
      }
    }
    return null;
  }
}
