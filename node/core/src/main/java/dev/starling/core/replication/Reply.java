package dev.starling.core.replication;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.ServerMessage.Joined;
import dev.starling.core.protocol.ServerMessage.Said;
import dev.starling.core.protocol.ServerMessage.Waiting;
import dev.starling.core.room.RoomReport;
import dev.starling.crdt.CausalContext;
import dev.starling.crdt.Dot;
import dev.starling.crdt.RoomDelta;
import dev.starling.crdt.RoomState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an owner says to a request or an order that another node passed on to it. */
public sealed interface Reply {

  /**
   * The session is in the room.
   *
   * @param covers what the asking node's replica must have seen before it says so
   */
  record Entered(CausalContext covers, int copies) implements Reply {}

  /** The session waits in the lobby; another reply follows. */
  record Waits() implements Reply {}

  /** It is done. */
  record Finished(int copies) implements Reply {}

  /** A message was accepted. */
  record Accepted(String message, long atMillis, int copies) implements Reply {}

  /** It was refused. */
  record Refused(Code code, String message) implements Reply {}

  /** This node doesn't serve the room, or not yet, or no longer: ask another owner. */
  record NotServing() implements Reply {}

  /**
   * The room is kept in these regions alone.
   *
   * @param regions at least one
   */
  record Elsewhere(List<String> regions) implements Reply {}

  /** An order was carried out, and concerned so many members. */
  record Counted(int members) implements Reply {}

  /**
   * The room that an order was about.
   *
   * @param present its members and settings
   * @param waiting how many are in the lobby
   */
  record Pictured(RoomDelta present, int waiting) implements Reply {}

  /** The reply that stands for a report about a room. */
  static Reply of(RoomReport report, RoomState state) {
    return switch (report) {
      case RoomReport.Done done -> new Counted(done.members());
      case RoomReport.Refused refused -> new Refused(refused.code(), refused.message());
      case RoomReport.Shown shown -> new Pictured(present(state.full()), shown.waiting());
    };
  }

  private static RoomDelta present(RoomDelta all) {
    List<Dot> dots = new ArrayList<>(all.members().keySet());
    dots.addAll(all.settings().keySet());
    RoomDelta present = RoomDelta.of(CausalContext.of(dots));
    present.members().putAll(all.members());
    present.settings().putAll(all.settings());
    return present;
  }

  /** The reply that stands for an answer of a room; null for one that is no answer to a request. */
  static @Nullable Reply of(ServerMessage answer, CausalContext seen, int copies) {
    return switch (answer) {
      case Joined joined -> new Entered(seen, copies);
      case Waiting waiting -> new Waits();
      case Done done -> new Finished(copies);
      case Said said -> new Accepted(said.message(), said.atMillis(), copies);
      case Failed failed -> new Refused(failed.code(), failed.message());
      default -> null;
    };
  }
}
