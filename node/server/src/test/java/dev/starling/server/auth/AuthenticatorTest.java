package dev.starling.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.RoomPattern;
import dev.starling.crdt.Role;
import dev.starling.server.auth.TokenVerdict.Refused;
import dev.starling.server.auth.TokenVerdict.Verified;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AuthenticatorTest {
  private static final String TOKEN =
      HandmadeToken.of("{\"sub\":\"ann\",\"room\":\"den\",\"exp\":1900000000}");

  private final RoomTokens tokens = Tokens.ofSecret(HandmadeToken.SECRET);

  @Test
  void tokenIsNeededWhereGuestsAreNotLetIn() {
    Authenticator strict = new Authenticator(tokens, false, new Random(1));
    assertEquals(new Refused(Code.UNAUTHENTICATED, "a token is needed"), verdict(strict, null));
    assertEquals("ann", granted(strict, TOKEN).user());
  }

  @Test
  void guestIsAMemberOfAnyRoomForeverUnderANameOfItsOwn() {
    Authenticator open = new Authenticator(tokens, true, new Random(1));
    Grant guest = granted(open, null);
    assertTrue(guest.user().matches("guest-[0-9a-v]{10}"), guest.user());
    assertEquals(RoomPattern.ANY, guest.rooms());
    assertEquals(Role.MEMBER, guest.role());
    assertFalse(guest.expired(Long.MAX_VALUE));
    assertNotEquals(guest.user(), granted(open, null).user());
  }

  @Test
  void badTokenIsRefusedEvenWhereNoneIsNeeded() {
    Authenticator open = new Authenticator(tokens, true, new Random(1));
    assertInstanceOf(Refused.class, verdict(open, "nonsense"));
  }

  private static Grant granted(Authenticator authenticator, @Nullable String token) {
    return assertInstanceOf(Verified.class, verdict(authenticator, token)).grant();
  }

  private static TokenVerdict verdict(Authenticator authenticator, @Nullable String token) {
    List<TokenVerdict> verdicts = new ArrayList<>();
    authenticator.authenticate(token, verdicts::add);
    assertEquals(1, verdicts.size());
    return verdicts.getFirst();
  }
}
