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
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AuthenticatorTest {
  private static final String TOKEN =
      HandmadeToken.of("{\"sub\":\"ann\",\"room\":\"den\",\"exp\":60}");

  private final RoomTokens tokens =
      new RoomTokens(
          HandmadeToken.SECRET.getBytes(StandardCharsets.UTF_8), () -> Instant.EPOCH, () -> 0);

  @Test
  void tokenIsNeededWhereGuestsAreNotLetIn() {
    Authenticator strict = new Authenticator(tokens, false, new Random(1));
    assertEquals(new Refused(Code.UNAUTHENTICATED, "a token is needed"), strict.authenticate(null));
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
    assertInstanceOf(Refused.class, open.authenticate("nonsense"));
  }

  private static Grant granted(Authenticator authenticator, @Nullable String token) {
    return assertInstanceOf(Verified.class, authenticator.authenticate(token)).grant();
  }
}
