package dev.starling.core.world;

import dev.starling.core.protocol.ServerMessage.Chatted;
import dev.starling.core.protocol.ServerMessage.Event;
import dev.starling.core.protocol.ServerMessage.Joined;
import dev.starling.core.protocol.ServerMessage.MemberChanged;
import dev.starling.core.protocol.ServerMessage.MemberEvent;
import dev.starling.crdt.ChatMessage;
import dev.starling.crdt.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** What a client knows of a room: a snapshot, and every event since. */
final class RoomPicture {
  private final TreeMap<String, Member> others = new TreeMap<>();
  private final List<String> chat = new ArrayList<>();

  RoomPicture(Joined joined) {
    joined.members().forEach(member -> others.put(member.session(), member));
    joined.chat().stream().map(ChatMessage::id).forEach(chat::add);
  }

  void take(Event event) {
    if (event instanceof MemberChanged change && change.event() == MemberEvent.LEFT) {
      others.remove(change.member().session());
    } else if (event instanceof MemberChanged change) {
      others.put(change.member().session(), change.member());
    } else if (event instanceof Chatted chatted) {
      chat.add(chatted.message().id());
    }
  }

  /** The other members' sessions, in order. */
  Set<String> sessions() {
    return others.keySet();
  }

  TreeMap<String, Member> others() {
    return others;
  }

  /** The ids of the chat messages, as they came. */
  List<String> chat() {
    return chat;
  }
}
