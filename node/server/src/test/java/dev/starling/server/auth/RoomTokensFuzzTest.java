package dev.starling.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.starling.property.Choices;
import dev.starling.property.Corpus;
import dev.starling.property.Fuzzing;
import dev.starling.property.Property;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/** Damaged tokens, and good signatures over damaged claims: nothing throws, nothing is forged. */
final class RoomTokensFuzzTest {
  private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
  private static final Corpus CLAIMS =
      Corpus.text(
          RoomTokensFuzzTest.class,
          "claims.txt",
          List.of(
              "{",
              "}",
              "[",
              "]",
              "\"",
              ",",
              ":",
              "\\u0000",
              "\\ud800",
              "null",
              "true",
              "-1",
              "1e999",
              "9223372036854775808",
              "\"exp\":0,",
              "\"sub\":",
              "\"nbf\":9e18,",
              "\"role\":\"owner\",",
              "\u0000",
              "*"));

  private static final Fuzzing TOKENS = new Fuzzing("tokens with damaged claims", 65_536, 64);
  private static final Fuzzing FORGERIES = new Fuzzing("damaged tokens", 65_536, 64);

  private final RoomTokens tokens = Tokens.ofSecret(HandmadeToken.SECRET);

  @Property(tries = 5_000)
  void signedClaimsAreTakenOnlyWithAUserAndARoom(Choices choices) {
    String token = signed(CLAIMS.damaged(choices));
    switch (TOKENS.parse(token.length(), () -> Tokens.verdict(tokens, token))) {
      case TokenVerdict.Verified verified -> {
        assertFalse(verified.grant().user().isEmpty());
        assertFalse(verified.grant().rooms().text().isEmpty());
        TOKENS.count("accepted");
      }
      case TokenVerdict.Refused refused -> TOKENS.count(refused.code().name());
    }
  }

  @Property(tries = 5_000)
  void damagedTokenIsTakenOnlyWhereItSaysTheSame(Choices choices) {
    String good = signed(choices.oneOf(CLAIMS.seeds()));
    String damaged = damaged(good, choices);
    switch (FORGERIES.parse(damaged.length(), () -> Tokens.verdict(tokens, damaged))) {
      case TokenVerdict.Verified verified -> {
        assertEquals(unsigned(good), unsigned(damaged));
        FORGERIES.count("accepted");
      }
      case TokenVerdict.Refused refused -> FORGERIES.count(refused.code().name());
    }
  }

  private static String signed(byte[] claims) {
    // One byte a character would be another text: what isn't UTF-8 is damaged further here.
    return new HandmadeToken(HEADER, new String(claims, StandardCharsets.UTF_8))
        .signed("HmacSHA256", HandmadeToken.SECRET);
  }

  private static String unsigned(String token) {
    return token.substring(0, token.lastIndexOf('.'));
  }

  private static String damaged(String token, Choices choices) {
    StringBuilder damaged = new StringBuilder(token);
    for (int left = choices.between(1, 3); left > 0; left--) {
      int at = choices.between(0, damaged.length() - 1);
      switch (choices.between(0, 3)) {
        case 0 -> damaged.setCharAt(at, (char) choices.between(0, 0x7f));
        case 1 -> damaged.setCharAt(at, token.charAt(choices.between(0, token.length() - 1)));
        case 2 -> damaged.insert(at, choices.oneOf(".", "=", "-", "A", "\u00e9", "\u0000"));
        default -> damaged.setLength(Math.max(1, at));
      }
    }
    return damaged.toString();
  }

  @AfterAll
  static void report() {
    System.out.println(TOKENS);
    System.out.println(FORGERIES);
  }
}
