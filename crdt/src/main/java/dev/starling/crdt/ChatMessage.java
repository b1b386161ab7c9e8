package dev.starling.crdt;

import java.util.Comparator;

/**
 * One chat message. Its order is by hybrid time, then by dot: one order everywhere, which never
 * contradicts causality.
 *
 * @param dot the operation that wrote it
 * @param at when it was accepted
 * @param session the author's public session id
 * @param user the author's user id
 * @param data the text or whatever the application sends
 * @param rest what a later version says beside it, as it came; opaque here
 */
public record ChatMessage(
    Dot dot, HybridTime at, String session, String user, Content data, Bytes rest)
    implements Comparable<ChatMessage> {
  private static final Comparator<ChatMessage> ORDER =
      Comparator.comparing(ChatMessage::at).thenComparing(ChatMessage::dot);

  /** As this version writes it. */
  public ChatMessage(Dot dot, HybridTime at, String session, String user, Content data) {
    this(dot, at, session, user, data, Bytes.EMPTY);
  }

  /** The message's id on the wire: unique in its room, and stable on every replica. */
  public String id() {
    return Long.toString(at.packed(), 36)
        + "-"
        + Long.toString(dot.counter(), 36)
        + "-"
        + dot.replica().node();
  }

  @Override
  public int compareTo(ChatMessage other) {
    return ORDER.compare(this, other);
  }
}
