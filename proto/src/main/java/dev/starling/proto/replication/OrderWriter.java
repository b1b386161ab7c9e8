package dev.starling.proto.replication;

import dev.starling.core.protocol.ClientMessage.Action;
import dev.starling.core.replication.PeerMessage;
import dev.starling.core.room.RoomOrder;
import dev.starling.proto.replication.v1.Announce;
import dev.starling.proto.replication.v1.Command;
import dev.starling.proto.replication.v1.Show;

/** Writes an application's orders that one node passes on to another. */
final class OrderWriter {
  private OrderWriter() {}

  static Command command(PeerMessage.Command command) {
    Command.Builder built =
        Command.newBuilder()
            .setRoom(command.room())
            .setTicket(command.ticket())
            .setOpens(command.opens());
    switch (command.order()) {
      case RoomOrder.Show show -> built.setShow(Show.getDefaultInstance());
      case RoomOrder.Configure configure ->
          built.setConfigure(RequestWriter.configure(configure.change()));
      case RoomOrder.Kick kick ->
          built.setJudge(RequestWriter.judge(Action.KICK, kick.member(), kick.user(), null));
      case RoomOrder.Ban ban ->
          built.setJudge(RequestWriter.judge(Action.BAN, ban.member(), ban.user(), ban.seconds()));
      case RoomOrder.Unban unban ->
          built.setJudge(RequestWriter.judge(Action.UNBAN, null, unban.user(), null));
      case RoomOrder.Close close ->
          built.setJudge(RequestWriter.judge(Action.CLOSE, null, null, null));
      case RoomOrder.Announce announce -> built.setAnnounce(announce(announce));
    }
    return built.build();
  }

  private static Announce announce(RoomOrder.Announce announce) {
    Announce.Builder built = Announce.newBuilder().setData(PeerWriter.data(announce.data()));
    if (announce.member() != null) {
      built.setMember(announce.member());
    }
    if (announce.user() != null) {
      built.setUser(announce.user());
    }
    return built.build();
  }
}
