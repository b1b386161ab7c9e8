package dev.starling.membership.swim;

import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.Status;
import dev.starling.membership.swim.SwimInput.Received;
import dev.starling.membership.swim.SwimMessage.Ack;
import dev.starling.membership.swim.SwimMessage.Digest;
import dev.starling.membership.swim.SwimMessage.Nack;
import dev.starling.membership.swim.SwimMessage.News;
import dev.starling.membership.swim.SwimMessage.Ping;
import dev.starling.membership.swim.SwimMessage.PingRequest;
import dev.starling.membership.swim.SwimMessage.Table;
import dev.starling.membership.swim.SwimOutput.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a packet: learns its facts, tells its sender what it should know, and answers. */
final class Reception {
  private final SwimContext node;
  private final Beliefs beliefs;
  private final Prober prober;
  private final Relays relays;
  private final AntiEntropy antiEntropy;
  private final Joining joining;

  Reception(
      SwimContext node,
      Beliefs beliefs,
      Prober prober,
      Relays relays,
      AntiEntropy antiEntropy,
      Joining joining) {
    this.node = node;
    this.beliefs = beliefs;
    this.prober = prober;
    this.relays = relays;
    this.antiEntropy = antiEntropy;
    this.joining = joining;
  }

  void receive(Received received) {
    Packet packet = received.packet();
    if (!packet.group().equals(node.group.name())) {
      node.reject(Reason.OTHER_GROUP);
    } else if (packet.from().equals(node.self())) {
      node.reject(Reason.FROM_SELF);
    } else {
      learn(packet);
      informSender(received);
      answer(received);
    }
  }

  private void learn(Packet packet) {
    boolean isTable = packet.message() instanceof Table;
    for (Fact fact : packet.facts()) {
      if (isTable) {
        beliefs.readFromTable(fact, packet.from());
      } else {
        beliefs.hear(fact);
      }
    }
  }

  /** Whoever is believed not to live hears so at once, and can refute; so does an earlier life. */
  private void informSender(Received received) {
    NodeId from = received.packet().from();
    Member member = node.table.get(from.name());
    if (member == null) {
      meet(received);
      return;
    }
    long known = member.id().generation();
    boolean doubted = known == from.generation() && member.status() != Status.ALIVE;
    boolean wrong = known > from.generation() || doubted;
    if (wrong && member.mayBeTold(node.now(), node.config.gossip().tickNanos())) {
      tell(received, member.fact().brief());
    }
  }

  private void tell(Received received, Fact fact) {
    Endpoint to = answerTo(received, infoOf(received.packet().from()));
    if (received.channel() == Channel.DATAGRAM) {
      node.datagram(received.source(), new News(), fact);
    } else if (to != null) {
      node.stream(to, new News(), List.of(fact));
    }
  }

  /** A stranger is asked for its table, which also tells it of this node. */
  private void meet(Received received) {
    if (received.channel() == Channel.DATAGRAM
        && !(received.packet().message() instanceof Digest)) {
      node.datagram(received.source(), new Digest(node.table.hash(), false), node.selfFact());
    }
  }

  private void answer(Received received) {
    NodeId from = received.packet().from();
    NodeInfo info = infoOf(from);
    Endpoint to = answerTo(received, info);
    switch (received.packet().message()) {
      case Ping ping -> ping(received, ping, to);
      case Ack ack -> {
        if (!relays.ack(ack.sequence(), from)) {
          prober.ack(ack.sequence(), from, received.channel());
        }
      }
      case Nack nack -> prober.nack(nack.sequence(), from);
      case PingRequest request -> relays.request(received.source(), request);
      case News news -> {}
      case Digest digest -> {
        if (info != null) {
          antiEntropy.digest(digest, info.streams());
        }
      }
      case Table table -> table(table, info);
    }
  }

  private void ping(Received received, Ping ping, @Nullable Endpoint to) {
    if (!ping.target().equals(node.self())) {
      node.reject(Reason.OTHER_TARGET);
    } else if (received.channel() == Channel.DATAGRAM) {
      node.datagram(received.source(), new Ack(ping.sequence()));
    } else if (to != null) {
      node.stream(to, new Ack(ping.sequence()), List.of());
    }
  }

  private void table(Table table, @Nullable NodeInfo info) {
    joining.join();
    if (info != null) {
      antiEntropy.table(table, info.streams());
    }
  }

  private @Nullable NodeInfo infoOf(NodeId from) {
    Member member = node.table.get(from.name());
    return member == null ? null : member.info();
  }

  private static @Nullable Endpoint answerTo(Received received, @Nullable NodeInfo info) {
    if (received.channel() == Channel.DATAGRAM) {
      return received.source();
    }
    return info == null ? null : info.streams();
  }
}
