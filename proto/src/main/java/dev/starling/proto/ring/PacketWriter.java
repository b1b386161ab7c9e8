package dev.starling.proto.ring;

import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.NodeRole;
import dev.starling.membership.Status;
import dev.starling.membership.swim.Packet;
import dev.starling.membership.swim.SwimMessage.Ack;
import dev.starling.membership.swim.SwimMessage.Digest;
import dev.starling.membership.swim.SwimMessage.Nack;
import dev.starling.membership.swim.SwimMessage.News;
import dev.starling.membership.swim.SwimMessage.Ping;
import dev.starling.membership.swim.SwimMessage.PingRequest;
import dev.starling.membership.swim.SwimMessage.Table;
import dev.starling.proto.ring.v1.Info;
import dev.starling.proto.ring.v1.Node;
import dev.starling.proto.ring.v1.Role;

/** Turns packets of the membership core into {@code starling.ring.v1.Packet}. */
public final class PacketWriter {
  private PacketWriter() {}

  /** The packet's bytes. */
  public static byte[] write(Packet packet) {
    return message(packet).toByteArray();
  }

  /** The packet as a message, for what writes messages itself. */
  public static dev.starling.proto.ring.v1.Packet message(Packet packet) {
    dev.starling.proto.ring.v1.Packet.Builder built =
        dev.starling.proto.ring.v1.Packet.newBuilder()
            .setGroup(packet.group())
            .setFrom(node(packet.from()));
    for (Fact fact : packet.facts()) {
      built.addFacts(fact(fact));
    }
    switch (packet.message()) {
      case Ping ping ->
          built.getPingBuilder().setSequence(ping.sequence()).setTarget(node(ping.target()));
      case Ack ack -> built.getAckBuilder().setSequence(ack.sequence());
      case Nack nack -> built.getNackBuilder().setSequence(nack.sequence());
      case PingRequest request ->
          built
              .getPingRequestBuilder()
              .setSequence(request.sequence())
              .setTarget(node(request.target()))
              .setBudgetMillis(request.budgetMillis());
      case News news -> built.setNews(dev.starling.proto.ring.v1.News.getDefaultInstance());
      case Digest digest ->
          built.getDigestBuilder().setHash(digest.hash()).setJoining(digest.joining());
      case Table table -> built.getTableBuilder().setAnswerWanted(table.answerWanted());
    }
    return built.build();
  }

  private static Node node(NodeId id) {
    return Node.newBuilder().setName(id.name()).setGeneration(id.generation()).build();
  }

  private static dev.starling.proto.ring.v1.Fact fact(Fact fact) {
    dev.starling.proto.ring.v1.Fact.Builder built =
        dev.starling.proto.ring.v1.Fact.newBuilder()
            .setNode(node(fact.node()))
            .setIncarnation(fact.incarnation())
            .setStatus(status(fact.status()))
            .setRefused(fact.refused());
    if (fact.info() != null) {
      built.setInfo(info(fact.info()));
    }
    if (fact.by() != null) {
      built.setBy(node(fact.by()));
    }
    return built.build();
  }

  private static dev.starling.proto.ring.v1.Status status(Status status) {
    return switch (status) {
      case ALIVE -> dev.starling.proto.ring.v1.Status.STATUS_ALIVE;
      case SUSPECT -> dev.starling.proto.ring.v1.Status.STATUS_SUSPECT;
      case DEAD -> dev.starling.proto.ring.v1.Status.STATUS_DEAD;
      case LEFT -> dev.starling.proto.ring.v1.Status.STATUS_LEFT;
      case FORGOTTEN -> dev.starling.proto.ring.v1.Status.STATUS_FORGOTTEN;
    };
  }

  private static Info info(NodeInfo info) {
    Info.Builder built =
        Info.newBuilder()
            .setDatagrams(endpoint(info.datagrams()))
            .setStreams(endpoint(info.streams()))
            .setRegion(info.region())
            .setZone(info.zone())
            .setLoadPermille(info.loadPermille())
            .setDraining(info.draining())
            .setOldestVersion(info.versions().oldest())
            .setNewestVersion(info.versions().newest())
            .addAllUrls(info.urls())
            .addAllUnreachable(info.unreachable());
    for (NodeRole role : info.roles()) {
      built.addRoles(role == NodeRole.CORE ? Role.ROLE_CORE : Role.ROLE_EDGE);
    }
    return built.build();
  }

  private static dev.starling.proto.ring.v1.Endpoint endpoint(Endpoint endpoint) {
    return dev.starling.proto.ring.v1.Endpoint.newBuilder()
        .setHost(endpoint.host())
        .setPort(endpoint.port())
        .build();
  }
}
