package dev.starling.crdt;

/** What a member may do in a room. */
public enum Role {
  /** Takes part: signals, broadcasts, chats. */
  MEMBER("member"),
  /** Takes part and decides about others. */
  MODERATOR("moderator");

  private final String text;

  Role(String text) {
    this.text = text;
  }

  /** The name on the wire and in tokens. */
  public String text() {
    return text;
  }
}
