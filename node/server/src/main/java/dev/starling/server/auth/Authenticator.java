package dev.starling.server.auth;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.RoomPattern;
import dev.starling.crdt.Role;
import dev.starling.server.auth.TokenVerdict.Refused;
import dev.starling.server.auth.TokenVerdict.Verified;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides about a client by the token it brought or didn't bring. Thread-safe where the random
 * generator is.
 */
public final class Authenticator {
  private final RoomTokens tokens;
  private final boolean guests;
  private final RandomGenerator random;

  /**
   * @param guests whether clients may come without a token
   * @param random names guests
   */
  public Authenticator(RoomTokens tokens, boolean guests, RandomGenerator random) {
    this.tokens = tokens;
    this.guests = guests;
    this.random = random;
  }

  /**
   * Says what a client may do, once, at once or later and from any thread. A token that doesn't
   * verify is refused even where none is needed.
   */
  public void authenticate(@Nullable String token, Consumer<? super TokenVerdict> verdict) {
    if (token != null) {
      tokens.verify(token, verdict);
    } else if (guests) {
      verdict.accept(
          new Verified(new Grant(guestName(), RoomPattern.ANY, Role.MEMBER, Long.MAX_VALUE)));
    } else {
      verdict.accept(new Refused(Code.UNAUTHENTICATED, "a token is needed"));
    }
  }

  /** 50 random bits, in digits and letters. */
  private String guestName() {
    String digits = Long.toString(random.nextLong() >>> 14, 32);
    return "guest-" + "0".repeat(10 - digits.length()) + digits;
  }
}
