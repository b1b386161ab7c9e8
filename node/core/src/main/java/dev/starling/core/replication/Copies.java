package dev.starling.core.replication;

import dev.starling.core.protocol.Outage;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.Joined;
import dev.starling.core.protocol.ServerMessage.Said;
import java.util.List;

/** Writes into answers how many owners hold what they are about. */
final class Copies {
  private Copies() {}

  static ServerMessage in(ServerMessage answer, int copies) {
    return switch (answer) {
      case Done done -> new Done(done.id(), copies, done.missed());
      case Said said -> new Said(said.id(), said.message(), said.atMillis(), copies);
      default -> answer;
    };
  }

  /** An answer without members that aren't shown here. */
  static ServerMessage shown(ServerMessage answer, Room room) {
    return answer instanceof Joined joined
        ? in(joined, joined.copies(), room, joined.degraded())
        : answer;
  }

  static Joined in(Joined joined, int copies, Room room, List<Outage> degraded) {
    return new Joined(
        joined.id(),
        joined.room(),
        joined.self(),
        joined.members().stream().filter(m -> !room.audience.hides(m.session())).toList(),
        joined.settings(),
        joined.chat(),
        copies,
        degraded);
  }
}
