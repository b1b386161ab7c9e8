package dev.starling.server.edge.api;

import org.jspecify.annotations.Nullable;

/** Takes tokens back. Safe from any thread; each answers false where there is no place for more. */
public interface RevocationDesk {
  /**
   * Takes one token back.
   *
   * @param id its {@code jti}
   * @param untilMillis when this may be forgotten, since 1970, or null for never
   */
  boolean revokeToken(String id, @Nullable Long untilMillis);

  /**
   * Takes a user's tokens back.
   *
   * @param beforeMillis those that were issued before, since 1970
   */
  boolean revokeUser(String user, long beforeMillis);
}
