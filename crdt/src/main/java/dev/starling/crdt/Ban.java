package dev.starling.crdt;

/**
 * A user who may not enter a room.
 *
 * @param user the user's id
 * @param untilMillis when it ends, milliseconds since 1970; {@link Long#MAX_VALUE} for never
 */
public record Ban(String user, long untilMillis) {

  /** Whether it has ended. */
  public boolean expired(long epochMillis) {
    return untilMillis <= epochMillis;
  }
}
