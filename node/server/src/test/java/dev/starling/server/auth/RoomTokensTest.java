package dev.starling.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.RoomPattern;
import dev.starling.crdt.Role;
import dev.starling.server.auth.TokenVerdict.Refused;
import dev.starling.server.auth.TokenVerdict.Verified;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RoomTokensTest {
  private static final long NOW_SECONDS = Tokens.NOW_SECONDS;
  private static final long NOW_NANOS = Tokens.NOW_NANOS;
  private static final String GOOD = claims("\"exp\":" + (NOW_SECONDS + 60));
  private static final String HS256 = "{\"alg\":\"HS256\"}";

  private final RoomTokens tokens = Tokens.ofSecret(HandmadeToken.SECRET);

  @Test
  void goodTokenGrantsWhatItSays() {
    String token =
        HandmadeToken.of(
            "{\"sub\":\"ann\",\"room\":\"team-*\",\"role\":\"moderator\",\"exp\":1800000060,"
                + "\"nbf\":1799999999,\"iat\":\"soon\",\"else\":{},\"residency\":[\"eu-west-1\",\"us-west-2\"]}");
    Grant expected =
        new Grant(
            "ann",
            new RoomPattern("team-*"),
            Role.MODERATOR,
            NOW_NANOS + TimeUnit.SECONDS.toNanos(65),
            null,
            Long.MIN_VALUE,
            List.of("eu-west-1", "us-west-2"));
    assertEquals(new Verified(expected), Tokens.verdict(tokens, token));
  }

  @Test
  void roleIsMemberUnlessItIsSaid() {
    assertEquals(Role.MEMBER, granted(GOOD).role());
  }

  @Test
  void everyScriptIsAName() {
    String user = "Жанна-愛-😀-ß";
    String payload = "{\"sub\":\"" + user + "\",\"room\":\"зал\",\"exp\":1800000060}";
    assertEquals(user, granted(payload).user());
  }

  @Test
  void clocksMayBeFiveSecondsApart() {
    assertEquals(
        NOW_NANOS + TimeUnit.SECONDS.toNanos(1),
        granted(claims("\"exp\":" + (NOW_SECONDS - 4))).expiresAtNanos());
    granted(claims("\"exp\":1900000000,\"nbf\":" + (NOW_SECONDS + 5)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e300", "99999999999999999999999999", "9223372036854775807"})
  void endBeyondAllClocksIsNoEnd(String exp) {
    assertEquals(Long.MAX_VALUE, granted(claims("\"exp\":" + exp)).expiresAtNanos());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1799999995", "0", "-1", "-9223372036854775808", "-1e300", "1799999995.9"})
  void expiredTokenIsToldFromABadOne(String exp) {
    Refused refused = refused(HandmadeToken.of(claims("\"exp\":" + exp)));
    assertEquals(Code.TOKEN_EXPIRED, refused.code());
  }

  @ParameterizedTest
  @MethodSource({"malformed", "forged", "withClaimsThatDoNotFit", "withTimesThatDoNotFit"})
  void hostileTokenIsRefused(String token, String reason) {
    Refused refused = refused(token);
    assertEquals(Code.UNAUTHENTICATED, refused.code());
    assertTrue(refused.message().contains(reason), refused::message);
  }

  static Stream<Arguments> malformed() {
    String good = HandmadeToken.of(GOOD);
    return Stream.of(
        hostile("nothing", "", "not a signed JWT"),
        hostile("two dots", "..", "not a signed JWT"),
        hostile("garbage", "%%%.\u0000\uD83D.=", "not a signed JWT"),
        hostile("four parts", good + ".AAAA", "not a signed JWT"),
        hostile("encrypted token", good + ".AAAA.AAAA", "not a signed JWT"),
        hostile("header that is no JSON", "AAAA" + good.substring(4), "not a signed JWT"),
        hostile("no signature", unsigned() + ".", "not a signed JWT"),
        hostile("oversized", "a".repeat(SignedToken.MAX_LENGTH + 1), "longer than 8192"),
        hostile("oversized but signed", signed(HS256, " ".repeat(9000) + GOOD), "longer than"),
        hostile("list for a payload", HandmadeToken.of("[1]"), "not a JSON object"),
        hostile("deep payload", HandmadeToken.of("{\"a\":" + "[".repeat(5000) + "}"), "not a"),
        hostile("empty payload", HandmadeToken.of(""), "not a JSON object"));
  }

  static Stream<Arguments> forged() throws NoSuchAlgorithmException, JOSEException {
    String good = HandmadeToken.of(GOOD);
    String otherPayload = "." + HandmadeToken.text(GOOD.replace("ann", "eve")) + ".";
    String jwk = "{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AA\"}}";
    return Stream.of(
        hostile("no algorithm", signed("{\"typ\":\"JWT\"}", GOOD), "not a signed JWT"),
        hostile("alg none", signed("{\"alg\":\"none\"}", GOOD), "not a signed JWT"),
        hostile("alg None", signed("{\"alg\":\"None\"}", GOOD), "fits no key"),
        hostile("alg none, bare", HandmadeToken.text("{\"alg\":\"none\"}") + ".e30.", "not a"),
        hostile("alg hs256", signed("{\"alg\":\"hs256\"}", GOOD), "fits no key"),
        hostile("alg RS256 over HMAC", signed("{\"alg\":\"RS256\"}", GOOD), "fits no key"),
        hostile("alg RS256 by somebody's key", signedByRsa(), "fits no key"),
        hostile("alg HS512 by the secret", signedWithHs512(), "fits no key"),
        hostile("key brought along", signedBy(jwk, "A".repeat(32)), "not a signed JWT"),
        hostile("wrong key", signedBy(HS256, "x".repeat(40)), "signature"),
        hostile(
            "critical claim", signed("{\"alg\":\"HS256\",\"crit\":[\"x\"]}", GOOD), "extensions"),
        hostile(
            "unencoded payload",
            signed("{\"alg\":\"HS256\",\"b64\":false,\"crit\":[\"b64\"]}", GOOD),
            "extensions"),
        hostile("signature of nothing", unsigned() + ".AA", "signature"),
        hostile("payload exchanged", good.replaceFirst("\\..*\\.", otherPayload), "signature"));
  }

  static Stream<Arguments> withClaimsThatDoNotFit() {
    return Stream.of(
        claiming("none at all", "{}", "no claim sub"),
        claiming("no user", GOOD.replace("sub", "Sub"), "no claim sub"),
        claiming("empty user", GOOD.replace("ann", ""), "claim sub"),
        claiming("long user", GOOD.replace("ann", "a".repeat(129)), "claim sub"),
        claiming("user of a number", GOOD.replace("\"ann\"", "7"), "claim sub"),
        claiming("null user", GOOD.replace("\"ann\"", "null"), "no claim sub"),
        claiming("user with a line break", GOOD.replace("ann", "a\\nb"), "control"),
        claiming("user with half a pair", GOOD.replace("ann", "\\ud83d"), "control"),
        claiming("no room", GOOD.replace("room", "rooms"), "no claim room"),
        claiming("list of rooms", GOOD.replace("\"den\"", "[\"*\"]"), "claim room"),
        claiming("other role", claims("\"exp\":1900000000,\"role\":\"root\""), "role"),
        claiming("list of roles", claims("\"exp\":19e8,\"role\":[]"), "role"),
        claiming("a region", claims("\"exp\":19e8,\"residency\":\"eu\""), "residency"),
        claiming("no region", claims("\"exp\":19e8,\"residency\":[]"), "residency"),
        claiming("no region's name", claims("\"exp\":19e8,\"residency\":[\"a,b\"]"), "residency"));
  }

  static Stream<Arguments> withTimesThatDoNotFit() {
    return Stream.of(
        claiming("no end", claims("\"iat\":1"), "no claim exp"),
        claiming("end in words", claims("\"exp\":\"1900000000\""), "claim exp"),
        claiming("not yet", claims("\"exp\":1900000000,\"nbf\":1800000006"), "not valid"),
        claiming("nbf in words", claims("\"exp\":1900000000,\"nbf\":[]"), "claim nbf"));
  }

  /** Whatever is cut, flipped or put in somewhere: an answer, and never a grant. */
  @Test
  void damagedTokenIsRefusedWherever() {
    Random random = new Random(7);
    String good = HandmadeToken.of(GOOD);
    for (int round = 0; round < 2000; round++) {
      StringBuilder damaged = new StringBuilder(good);
      int at = random.nextInt(good.length());
      switch (round % 3) {
        case 0 -> damaged.setLength(at);
        case 1 -> damaged.setCharAt(at, (char) random.nextInt(0x10000));
        default -> damaged.insert(at, (char) random.nextInt(0x80));
      }
      if (!sameBytes(good, damaged.toString())) {
        refused(damaged.toString());
      }
    }
  }

  @Test
  void refusalTellsNothingOfTheToken() {
    String token = HandmadeToken.of(GOOD.replace("\"ann\"", "[\"ann\"]"));
    assertFalse(refused(token).toString().contains("ann"));
  }

  @Test
  void shortSecretIsRefusedAtOnce() {
    assertThrows(
        IllegalArgumentException.class, () -> VerificationKey.ofSecret(null, new byte[31]));
  }

  /** The last character of a signature has bits that stand for nothing. */
  private static boolean sameBytes(String good, String damaged) {
    return damaged.length() == good.length()
        && damaged.startsWith(good.substring(0, good.length() - 1));
  }

  private static String claims(String more) {
    return "{\"sub\":\"ann\",\"room\":\"den\"," + more + "}";
  }

  private Grant granted(String payload) {
    TokenVerdict verdict = Tokens.verdict(tokens, HandmadeToken.of(payload));
    return assertInstanceOf(Verified.class, verdict, verdict::toString).grant();
  }

  private Refused refused(String token) {
    TokenVerdict verdict = Tokens.verdict(tokens, token);
    return assertInstanceOf(Refused.class, verdict, token);
  }

  private static Arguments hostile(String name, String token, String reason) {
    return Arguments.of(Named.of(name, token), reason);
  }

  private static Arguments claiming(String name, String payload, String reason) {
    return hostile(name, HandmadeToken.of(payload), reason);
  }

  private static String unsigned() {
    return new HandmadeToken(HS256, GOOD).unsigned();
  }

  private static String signed(String header, String payload) {
    return new HandmadeToken(header, payload).signed("HmacSHA256", HandmadeToken.SECRET);
  }

  private static String signedBy(String header, String secret) {
    return new HandmadeToken(header, GOOD).signed("HmacSHA256", secret);
  }

  private static String signedWithHs512() {
    return new HandmadeToken("{\"alg\":\"HS512\"}", GOOD)
        .signed("HmacSHA512", HandmadeToken.SECRET);
  }

  private static String signedByRsa() throws NoSuchAlgorithmException, JOSEException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    JWSObject token = new JWSObject(new JWSHeader(JWSAlgorithm.RS256), new Payload(GOOD));
    token.sign(new RSASSASigner(generator.generateKeyPair().getPrivate()));
    return token.serialize();
  }
}
