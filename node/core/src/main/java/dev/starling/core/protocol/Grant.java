package dev.starling.core.protocol;

import dev.starling.crdt.Role;

/**
 * What a verified token allows.
 *
 * @param user the user's id, from {@code sub}
 * @param rooms which rooms
 * @param role what the user may do there
 * @param expiresAtNanos when it ends, on the monotonic clock that drives the session; {@link
 *     Long#MAX_VALUE} for never
 */
public record Grant(String user, RoomPattern rooms, Role role, long expiresAtNanos) {

  /** Whether the grant has ended. */
  public boolean expired(long nowNanos) {
    return expiresAtNanos != Long.MAX_VALUE && nowNanos - expiresAtNanos >= 0;
  }
}
