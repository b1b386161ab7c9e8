package dev.starling.core.replication;

import dev.starling.core.protocol.ServerMessage.Chatted;
import dev.starling.core.protocol.ServerMessage.Event;
import dev.starling.core.protocol.ServerMessage.LeaveReason;
import dev.starling.core.protocol.ServerMessage.MemberChanged;
import dev.starling.core.protocol.ServerMessage.MemberEvent;
import dev.starling.core.protocol.ServerMessage.SettingsChanged;
import dev.starling.core.room.Circumstances;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the notes of a change tell of it; without any, members left of their own accord. */
final class Noted implements Circumstances {
  private final TreeMap<String, LeaveReason> reasons = new TreeMap<>();
  private final TreeSet<String> configurers = new TreeSet<>();

  Noted(Change change) {
    for (Note note : change.notes()) {
      switch (note) {
        case Note.Left left -> reasons.put(left.session(), left.reason());
        case Note.Asked asked -> {
          if (change.delta().settings().containsKey(asked.dot())) {
            configurers.add(asked.session());
          }
        }
      }
    }
  }

  @Override
  public LeaveReason reasonOf(String session) {
    return reasons.getOrDefault(session, LeaveReason.LEAVE);
  }

  @Override
  public boolean concerns(String session, Event event) {
    return switch (event) {
      // Who went by itself knows; whoever was taken out, as one whose host was taken for dead,
      // doesn't.
      case MemberChanged changed when changed.member().session().equals(session) ->
          changed.event() == MemberEvent.LEFT && reasons.get(session) != LeaveReason.LEAVE;
      case Chatted chatted -> !chatted.message().session().equals(session);
      case SettingsChanged changed -> !(configurers.size() == 1 && configurers.contains(session));
      default -> true;
    };
  }
}
