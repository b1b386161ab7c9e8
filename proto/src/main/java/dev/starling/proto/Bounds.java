package dev.starling.proto;

/**
 * Bounds of what a client's message may hold, the same in every wire form; lengths in UTF-16 units.
 */
public final class Bounds {
  public static final int ROOM = 128;
  public static final int SESSION = 128;
  public static final int USER = 128;
  public static final int PASSWORD = 256;
  public static final int MESSAGE_ID = 256;
  public static final int TOKEN = 8 * 1024;
  public static final int OFFSET = 2 * 1024;

  /** The largest request number: what a JSON number holds exactly. */
  public static final long ID = (1L << 53) - 1;

  /** A page of chat history. */
  public static final int PAGE = 100;

  public static final int DEFAULT_PAGE = 50;

  /** A room's limit of members. */
  public static final int LIMIT = 1_000_000;

  /** Ten years; a longer ban is one for good. */
  public static final long BAN_SECONDS = 315_360_000;

  private Bounds() {}

  /** Whether a text has a control character. */
  public static boolean hasControl(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }
}
