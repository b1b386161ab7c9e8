package dev.starling.core.protocol;

/**
 * Which rooms a token is good for: a name, a prefix followed by {@code *}, or {@code *} alone for
 * any room. A star anywhere else stands for itself.
 *
 * @param text as in the token's {@code room} claim
 */
public record RoomPattern(String text) {
  /** Any room. */
  public static final RoomPattern ANY = new RoomPattern("*");

  /** Whether a room's name fits. */
  public boolean matches(String room) {
    return text.endsWith("*")
        ? room.startsWith(text.substring(0, text.length() - 1))
        : room.equals(text);
  }
}
