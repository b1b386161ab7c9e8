package dev.starling.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.Revocations;
import dev.starling.core.protocol.RoomPattern;
import dev.starling.server.auth.TokenVerdict.Refused;
import dev.starling.server.auth.TokenVerdict.Verified;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may command over HTTP, and the claims that say for whom a token is. */
final class AdminTokenTest {
  private static final String KEY = "an-api-key-of-at-least-32-bytes-0123";
  private static final String OTHER_KEY = "other-api-key-of-at-least-32-bytes-0";

  private final TokenKeys secrets =
      Tokens.keys(List.of(Tokens.secret(null, HandmadeToken.SECRET)), null);
  private final ApiKeys keys =
      new ApiKeys(
          List.of(Tokens.secret("one", KEY), Tokens.secret("two", OTHER_KEY)),
          Tokens.of(secrets, Tokens.ANY_PARTY, Revocations.NONE));

  @Test
  void everyKeyOpensAllRooms() {
    for (String key : List.of(KEY, OTHER_KEY)) {
      Verified verified = assertInstanceOf(Verified.class, verdict(key));
      assertEquals(RoomPattern.ANY, verified.grant().rooms());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "an-api-key-of-at-least-32-bytes-012, UNAUTHENTICATED",
    "an-api-key-of-at-least-32-bytes-01234, UNAUTHENTICATED",
    "x, UNAUTHENTICATED"
  })
  void otherKeyIsRefused(String key, Code code) {
    assertEquals(code, assertInstanceOf(Refused.class, verdict(key)).code());
  }

  @Test
  void tokenWithTheScopeOpensTheRoomsThatItNames() {
    assertEquals(RoomPattern.ANY, verified("\"scope\":\"a starling:admin\"").grant().rooms());
    assertEquals(
        new RoomPattern("team-*"),
        verified("\"scope\":\"starling:admin\",\"room\":\"team-*\"").grant().rooms());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"room\":\"*\",\"role\":\"moderator\"|FORBIDDEN",
        "\"scope\":\"starling:administrator\"|FORBIDDEN",
        "\"scope\":[\"starling:admin\"]|FORBIDDEN",
        "\"scope\":\"starling:admin\",\"nbf\":1800000006|UNAUTHENTICATED",
        "\"scope\":\"starling:admin\",\"room\":7|UNAUTHENTICATED",
      })
  void otherTokenIsRefused(String claims, Code code) {
    TokenVerdict verdict = verdict(token("1900000000", claims));
    assertEquals(code, assertInstanceOf(Refused.class, verdict).code());
  }

  @Test
  void adminTokenEndsLikeAnyOther() {
    TokenVerdict verdict = verdict(token("1799999990", "\"scope\":\"starling:admin\""));
    assertEquals(Code.TOKEN_EXPIRED, assertInstanceOf(Refused.class, verdict).code());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"iss\":\"us\",\"aud\":\"here\"|true",
        "\"iss\":\"us\",\"aud\":[\"there\",\"here\"]|true",
        "\"iss\":\"them\",\"aud\":\"here\"|false",
        "\"iss\":\"us\",\"aud\":\"there\"|false",
        "\"iss\":\"us\",\"aud\":[]|false",
        "\"iss\":[\"us\"],\"aud\":\"here\"|false",
        "\"iss\":\"us\"|false",
        "\"aud\":\"here\"|false",
      })
  void tokenMustBeFromWhomAndForWhomTheSettingsSay(String claims, boolean good) {
    RoomTokens strict = Tokens.of(secrets, new ClaimRules("us", "here", 5000), Revocations.NONE);
    TokenVerdict verdict =
        Tokens.verdict(strict, token("1900000000", "\"room\":\"den\"," + claims));
    assertEquals(good, verdict instanceof Verified, verdict::toString);
  }

  @ParameterizedTest
  @CsvSource({"0, 1800000000, false", "0, 1800000001, true", "60, 1799999941, true"})
  void leewayIsWhatTheSettingsSay(long leewaySeconds, String exp, boolean good) {
    RoomTokens tokens =
        Tokens.of(secrets, new ClaimRules(null, null, leewaySeconds * 1000), Revocations.NONE);
    TokenVerdict verdict = Tokens.verdict(tokens, token(exp, "\"room\":\"den\""));
    assertEquals(good, verdict instanceof Verified, verdict::toString);
  }

  private Verified verified(String claims) {
    return assertInstanceOf(Verified.class, verdict(token("1900000000", claims)));
  }

  private static String token(String exp, String claims) {
    return HandmadeToken.of("{\"sub\":\"app\",\"exp\":" + exp + "," + claims + "}");
  }

  private TokenVerdict verdict(String credential) {
    List<TokenVerdict> verdicts = new ArrayList<>();
    keys.authorise(credential, verdicts::add);
    assertEquals(1, verdicts.size());
    return verdicts.getFirst();
  }
}
