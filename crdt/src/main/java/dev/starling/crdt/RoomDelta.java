package dev.starling.crdt;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A part of a room's state: what one operation changed, or several, or everything. Joining it twice
 * or late changes nothing (Almeida et al. 2018).
 *
 * @param context the dots this delta speaks of; one that no entry carries was removed
 * @param members the live entries among them
 * @param settings registers by key
 * @param chat messages, each with its dot in the context
 * @param bans the live ones among the context's dots
 */
public record RoomDelta(
    CausalContext context,
    NavigableMap<Dot, Member> members,
    NavigableMap<String, Register<Content>> settings,
    List<ChatMessage> chat,
    NavigableMap<Dot, Ban> bans) {

  /** A delta that says nothing. */
  public static final RoomDelta EMPTY = of(CausalContext.EMPTY);

  /** A delta that only removes, or only makes dots known. */
  static RoomDelta of(CausalContext context) {
    return new RoomDelta(context, new TreeMap<>(), new TreeMap<>(), List.of(), new TreeMap<>());
  }
}
