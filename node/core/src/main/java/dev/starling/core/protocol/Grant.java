package dev.starling.core.protocol;

import dev.starling.crdt.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a verified token allows.
 *
 * @param user the user's id, from {@code sub}
 * @param rooms which rooms
 * @param role what the user may do there
 * @param expiresAtNanos when it ends, on the monotonic clock that drives the session; {@link
 *     Long#MAX_VALUE} for never
 * @param tokenId the token's id, from {@code jti}, or null where it has none
 * @param issuedAtMillis when the token was made, since 1970; {@link Long#MIN_VALUE} where it
 *     doesn't say, {@link Long#MAX_VALUE} where there is none
 * @param residency the regions that its rooms are kept in, and nowhere else; empty for all
 */
public record Grant(
    String user,
    RoomPattern rooms,
    Role role,
    long expiresAtNanos,
    @Nullable String tokenId,
    long issuedAtMillis,
    List<String> residency) {

  public Grant {
    residency = List.copyOf(residency);
  }

  /** What somebody without a token is allowed; no revocation covers it. */
  public Grant(String user, RoomPattern rooms, Role role, long expiresAtNanos) {
    this(user, rooms, role, expiresAtNanos, null, Long.MAX_VALUE, List.of());
  }

  /** Whether the grant has ended. */
  public boolean expired(long nowNanos) {
    return expiresAtNanos != Long.MAX_VALUE && nowNanos - expiresAtNanos >= 0;
  }
}
