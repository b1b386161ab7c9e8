package dev.starling.crdt;

/**
 * A user who may not enter a room.
 *
 * @param user the user's id
 * @param untilMillis when it ends, milliseconds since 1970; {@link Long#MAX_VALUE} for never
 * @param rest what a later version says beside it, as it came; opaque here
 */
public record Ban(String user, long untilMillis, Bytes rest) {

  /** As this version writes it. */
  public Ban(String user, long untilMillis) {
    this(user, untilMillis, Bytes.EMPTY);
  }

  /** Whether it has ended. */
  public boolean expired(long epochMillis) {
    return untilMillis <= epochMillis;
  }
}
