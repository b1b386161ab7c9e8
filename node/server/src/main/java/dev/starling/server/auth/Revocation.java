package dev.starling.server.auth;

import org.jspecify.annotations.Nullable;

/** Takes tokens back before their end. */
public sealed interface Revocation {

  /**
   * Takes one token back.
   *
   * @param id its {@code jti}
   * @param untilMillis when the token has ended anyhow and this may be forgotten, since 1970, or
   *     null for never
   */
  record OfToken(String id, @Nullable Long untilMillis) implements Revocation {}

  /**
   * Takes back all tokens of a user that were issued before a time, or that don't say when.
   *
   * @param user their {@code sub}
   * @param beforeMillis compared with {@code iat}, since 1970
   */
  record OfUser(String user, long beforeMillis) implements Revocation {}
}
