package dev.starling.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.Revocations;
import dev.starling.server.auth.SignedTokens.Pair;
import dev.starling.server.auth.TokenVerdict.Refused;
import dev.starling.server.auth.TokenVerdict.Verified;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Public keys: which tokens they open the door to, and which they must not. */
final class KeySetTest {
  private static final Pair RSA = SignedTokens.rsa("r");
  private static final Pair P256 = SignedTokens.ec("p256", Curve.P_256);
  private static final Pair P384 = SignedTokens.ec("p384", Curve.P_384);
  private static final Pair P521 = SignedTokens.ec("p521", Curve.P_521);
  private static final Pair ED = SignedTokens.edwards("ed");

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("goodTokens")
  void tokenOfEveryKindIsVerified(Pair pair, JWSAlgorithm algorithm) throws IOException {
    RoomTokens tokens = tokens(SignedTokens.document(RSA, P256, P384, P521, ED));
    assertInstanceOf(Verified.class, Tokens.verdict(tokens, pair.sign(algorithm)));
    String withoutId = pair.sign(new JWSHeader(algorithm), SignedTokens.PAYLOAD);
    assertInstanceOf(Verified.class, Tokens.verdict(tokens, withoutId));
  }

  static Stream<Arguments> goodTokens() {
    return Stream.of(
        Arguments.of(RSA, JWSAlgorithm.RS256),
        Arguments.of(RSA, JWSAlgorithm.RS384),
        Arguments.of(RSA, JWSAlgorithm.RS512),
        Arguments.of(RSA, JWSAlgorithm.PS256),
        Arguments.of(RSA, JWSAlgorithm.PS384),
        Arguments.of(RSA, JWSAlgorithm.PS512),
        Arguments.of(P256, JWSAlgorithm.ES256),
        Arguments.of(P384, JWSAlgorithm.ES384),
        Arguments.of(P521, JWSAlgorithm.ES512),
        Arguments.of(ED, JWSAlgorithm.EdDSA),
        Arguments.of(ED, JWSAlgorithm.Ed25519));
  }

  @ParameterizedTest
  @MethodSource("confusedTokens")
  void keyIsTakenForNothingElse(String token, String reason) throws IOException {
    RSAKey forOne = new RSAKey.Builder(RSA.open().toRSAKey()).algorithm(JWSAlgorithm.RS256).build();
    String document = SignedTokens.document(new Pair(forOne, null), P256, ED);
    Refused refused = refused(tokens(document), token);
    assertEquals(Code.UNAUTHENTICATED, refused.code());
    assertTrue(refused.message().contains(reason), refused::message);
  }

  static Stream<Arguments> confusedTokens() {
    byte[] pem = RSA.open().toJSONString().getBytes(StandardCharsets.UTF_8);
    String hmac =
        new HandmadeToken("{\"alg\":\"HS256\",\"kid\":\"r\"}", SignedTokens.PAYLOAD)
            .signed("HmacSHA256", new String(pem, StandardCharsets.UTF_8));
    JWSHeader withKey =
        new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("p256").jwk(P256.open()).build();
    JWSHeader withUrl =
        new JWSHeader.Builder(JWSAlgorithm.ES256).jwkURL(URI.create("https://e.org/k")).build();
    JWSHeader withChain =
        new JWSHeader.Builder(JWSAlgorithm.ES256).x509CertURL(URI.create("https://e.org")).build();
    JWSHeader otherId = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("ed").build();
    String good = P256.sign(JWSAlgorithm.ES256);
    return Stream.of(
        named("HMAC with the public key's text", hmac, "fits no key"),
        named("other algorithm than the key names", RSA.sign(JWSAlgorithm.PS256), "fits no key"),
        named("another curve's", P384.sign(JWSAlgorithm.ES384), "fits no key"),
        named("another's key id", RSA.sign(otherId, SignedTokens.PAYLOAD), "fits no key"),
        named("nobody's key", SignedTokens.rsa("r").sign(JWSAlgorithm.RS256), "signature"),
        named("key brought along", P256.sign(withKey, SignedTokens.PAYLOAD), "of its own"),
        named("URL of a key", P256.sign(withUrl, SignedTokens.PAYLOAD), "of its own"),
        named("URL of a certificate", P256.sign(withChain, SignedTokens.PAYLOAD), "of its own"),
        named("signature cut off", good.substring(0, good.lastIndexOf('.') + 5), "signature"),
        named("signature of zeros", good.replaceFirst("[^.]*$", "A".repeat(86)), "signature"),
        named(
            "another's signature",
            ED.sign(JWSAlgorithm.EdDSA).replaceFirst("[^.]*$", "AAAA"),
            "signature"));
  }

  @Test
  void keysThatAreForSomethingElseAreLeftOut() throws IOException {
    RSAKey forEncryption =
        new RSAKey.Builder(SignedTokens.rsa("e").open().toRSAKey())
            .keyUse(KeyUse.ENCRYPTION)
            .build();
    Pair weak = SignedTokens.rsa("w", 1024);
    String document =
        SignedTokens.document(new Pair(forEncryption, null), weak, P256)
            .replace(
                "{\"keys\":[",
                "{\"keys\":[{\"kty\":\"oct\",\"k\":\""
                    + "A".repeat(43)
                    + "\"},{\"kty\":\"new\"},{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"AA\"},");
    assertEquals(1, KeySet.read(document).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"keys\":[]}",
        "{\"keys\":7}",
        "{\"keys\":[{\"kty\":\"RSA\"}]}",
        "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}]}",
        "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\"}]}",
        "<html>sign in</html>"
      })
  void documentWithoutAUsableKeyIsRefused(String document) {
    assertThrows(IOException.class, () -> KeySet.read(document));
  }

  @Test
  void nodeDoesNotStartWithAFileOfKeysThatItCannotUse() throws IOException {
    Path file = Files.writeString(folder.resolve("keys.json"), "{}");
    TokenKeys.Config config = new TokenKeys.Config(List.of(), file, null, 1, 1, 1);
    IOException refused =
        assertThrows(IOException.class, () -> TokenKeys.open(config, System::nanoTime));
    assertTrue(
        String.valueOf(refused.getMessage()).startsWith("auth.jwksFile: " + file),
        refused::getMessage);
  }

  private RoomTokens tokens(String document) throws IOException {
    Path file = Files.writeString(folder.resolve("keys.json"), document);
    return Tokens.of(Tokens.keys(List.of(), file), Tokens.ANY_PARTY, Revocations.NONE);
  }

  private static Refused refused(RoomTokens tokens, String token) {
    return assertInstanceOf(Refused.class, Tokens.verdict(tokens, token));
  }

  private static Arguments named(String name, String token, String reason) {
    return Arguments.of(Named.of(name, token), reason);
  }
}
