package dev.starling.server.hostile;

import static dev.starling.server.hostile.HostileInput.row;
import static dev.starling.server.hostile.Outcome.closes;
import static dev.starling.server.hostile.Outcome.stays;

import dev.starling.core.protocol.Code;
import dev.starling.server.edge.Token;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Room tokens (RFC 7519) that are forged, out of date or used beyond what they allow. */
final class TokenInputs {
  private static final String HS256 = "{'alg':'HS256'}";
  private static final String GOOD = "{'sub':'eve','room':'*','exp':4102444800}";

  static final List<HostileInput> ROWS =
      List.of(
          row("no token", Attack.first("{'type':'hello'}"), closes(Code.UNAUTHENTICATED)),
          row("an empty token", hello(""), closes(Code.INVALID)),
          row("a word", hello("secret"), closes(Code.UNAUTHENTICATED)),
          row("three empty parts", hello(".."), closes(Code.UNAUTHENTICATED)),
          row("a token of 8,193 characters", hello("x".repeat(8193)), closes(Code.INVALID)),
          row(
              "algorithm none",
              hello(unsigned("{'alg':'none'}", GOOD) + "."),
              closes(Code.UNAUTHENTICATED)),
          row(
              "algorithm none with a signature",
              signed("{'alg':'none'}", GOOD),
              closes(Code.UNAUTHENTICATED)),
          row(
              "algorithm nOnE",
              hello(unsigned("{'alg':'nOnE'}", GOOD) + "."),
              closes(Code.UNAUTHENTICATED)),
          row(
              "RS256 signed with the shared secret",
              signed("{'alg':'RS256'}", GOOD),
              closes(Code.UNAUTHENTICATED)),
          row(
              "HS512 signed with the shared secret",
              signed("{'alg':'HS512'}", GOOD),
              closes(Code.UNAUTHENTICATED)),
          row("no algorithm", signed("{}", GOOD), closes(Code.UNAUTHENTICATED)),
          row(
              "a key of the client's own in the header",
              signed(
                  "{'alg':'HS256','jwk':{'kty':'oct','k':'AAAA'},'kid':'../../dev/null'}",
                  GOOD,
                  "another-secret-that-is-long-enough"),
              closes(Code.UNAUTHENTICATED)),
          row(
              "another secret's signature",
              signed(HS256, GOOD, "another-secret-that-is-long-enough"),
              closes(Code.UNAUTHENTICATED)),
          row(
              "a signature cut short",
              hello(chop(token(HS256, GOOD, Token.SECRET))),
              closes(Code.UNAUTHENTICATED)),
          row(
              "claims changed after signing",
              hello(
                  unsigned(HS256, GOOD.replace("eve", "ada"))
                      + token(HS256, GOOD, Token.SECRET).replaceFirst(".*\\.", ".")),
              closes(Code.UNAUTHENTICATED)),
          row(
              "an extension that must be understood",
              signed("{'alg':'HS256','crit':['x'],'x':1}", GOOD),
              closes(Code.UNAUTHENTICATED)),
          row(
              "expired in 2001",
              signed(HS256, GOOD.replace("4102444800", "1000000000")),
              closes(Code.TOKEN_EXPIRED)),
          row(
              "good from 2100 on",
              signed(HS256, GOOD.replace("'exp'", "'nbf':4102444800,'exp'")),
              closes(Code.UNAUTHENTICATED)),
          row("no end", signed(HS256, "{'sub':'eve','room':'*'}"), closes(Code.UNAUTHENTICATED)),
          row(
              "an end in words",
              signed(HS256, GOOD.replace("4102444800", "'never'")),
              closes(Code.UNAUTHENTICATED)),
          row(
              "no user",
              signed(HS256, GOOD.replace("'sub'", "'name'")),
              closes(Code.UNAUTHENTICATED)),
          row(
              "an empty user",
              signed(HS256, GOOD.replace("'eve'", "''")),
              closes(Code.UNAUTHENTICATED)),
          row(
              "a user with a line break",
              signed(HS256, GOOD.replace("eve", "eve\\n")),
              closes(Code.UNAUTHENTICATED)),
          row(
              "no room",
              signed(HS256, GOOD.replace("'room'", "'door'")),
              closes(Code.UNAUTHENTICATED)),
          row(
              "a role nobody knows",
              signed(HS256, GOOD.replace("'exp'", "'role':'owner','exp'")),
              closes(Code.UNAUTHENTICATED)),
          row(
              "claims that are an array",
              signed(HS256, "[" + GOOD + "]"),
              closes(Code.UNAUTHENTICATED)),
          row(
              "two users",
              signed(HS256, GOOD.replace("'sub'", "'sub':'ada','sub'")),
              closes(Code.UNAUTHENTICATED)),
          row("a room beside the token's", joining("team", "teams"), stays(Code.FORBIDDEN)),
          row("a room before the token's prefix", joining("team-*", "team"), stays(Code.FORBIDDEN)),
          row(
              "the pattern itself, of a token for one room",
              joining("team", "*"),
              stays(Code.FORBIDDEN)),
          row(
              "a star in the middle, which stands for itself",
              joining("a*b", "axb"),
              stays(Code.FORBIDDEN)),
          row("a regular expression", joining(".+", "team"), stays(Code.FORBIDDEN)));

  private TokenInputs() {}

  private static Attack hello(String token) {
    return Attack.first("{'type':'hello','token':'" + token + "'}");
  }

  private static Attack signed(String header, String claims) {
    return signed(header, claims, Token.SECRET);
  }

  private static Attack signed(String header, String claims, String secret) {
    return hello(token(header, claims, secret));
  }

  private static Attack joining(String pattern, String room) {
    return intruder -> {
      intruder.hello(Token.of("eve").forRoom(pattern));
      intruder.say("{'type':'join','id':1,'room':'" + room + "'}");
    };
  }

  private static String chop(String token) {
    return token.substring(0, token.length() - 4);
  }

  private static String unsigned(String header, String claims) {
    return base64(header.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
        + "."
        + base64(claims.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  /** With the signature of HS256, whatever the header says. */
  private static String token(String header, String claims, String secret) {
    String unsigned = unsigned(header, claims);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return unsigned + "." + base64(mac.doFinal(unsigned.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
