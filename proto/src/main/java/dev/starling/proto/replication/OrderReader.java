package dev.starling.proto.replication;

import static dev.starling.proto.replication.ReadTables.check;
import static dev.starling.proto.replication.ReadTables.text;

import dev.starling.core.replication.PeerMessage;
import dev.starling.core.room.RoomOrder;
import dev.starling.core.room.RoomRequest;
import dev.starling.proto.replication.v1.Announce;
import dev.starling.proto.replication.v1.Command;
import dev.starling.proto.replication.v1.Judge;

/** Reads an application's orders that another node passes on. */
final class OrderReader {
  private OrderReader() {}

  static PeerMessage command(Command command) throws MalformedException {
    return new PeerMessage.Command(
        text(command.getRoom()), command.getTicket(), order(command), command.getOpens());
  }

  private static RoomOrder order(Command command) throws MalformedException {
    return switch (command.getOrderCase()) {
      case SHOW -> new RoomOrder.Show();
      case CONFIGURE -> new RoomOrder.Configure(RequestReader.change(command.getConfigure()));
      case JUDGE -> judge(command.getJudge());
      case ANNOUNCE -> announce(command.getAnnounce());
      case ORDER_NOT_SET -> throw new MalformedException("no order");
    };
  }

  private static RoomOrder judge(Judge parsed) throws MalformedException {
    RoomRequest.Judge judge = RequestReader.judge("", RoomRequest.NO_ANSWER, parsed);
    return switch (judge.action()) {
      case KICK -> new RoomOrder.Kick(judge.member(), judge.user());
      case BAN -> new RoomOrder.Ban(judge.member(), judge.user(), judge.seconds());
      case UNBAN -> {
        check(judge.user() != null, "nobody named");
        yield new RoomOrder.Unban(parsed.getUser());
      }
      case CLOSE -> new RoomOrder.Close();
      case ADMIT, DENY, MUTE -> throw new MalformedException("no order of applications");
    };
  }

  private static RoomOrder announce(Announce announce) throws MalformedException {
    return new RoomOrder.Announce(
        announce.hasMember() ? text(announce.getMember()) : null,
        announce.hasUser() ? text(announce.getUser()) : null,
        RequestReader.content(announce.getData()));
  }
}
