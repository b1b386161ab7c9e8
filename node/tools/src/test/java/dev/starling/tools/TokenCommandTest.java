package dev.starling.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TokenCommandTest {
  private static final String SECRET = "a-secret-of-more-than-thirty-two-bytes";

  @TempDir Path home;

  @Test
  void tokenIsAllThatIsPrinted() {
    CommandRun run =
        CommandRun.of(Map.of(), "token", "--room", "den", "--user", "ann", "--secret", SECRET);
    assertEquals(0, run.status(), run::err);
    assertTrue(run.out().matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+\\R"), run::out);
    assertEquals("", run.err());
  }

  @Test
  void tokenSaysWhatWasAskedFor() throws ParseException, JOSEException {
    CommandRun run =
        CommandRun.of(
            Map.of(),
            "token",
            "--room=team-*",
            "--user=Zoë 😀",
            "--role=moderator",
            "--ttl=90s",
            "--secret=" + SECRET);
    SignedJWT token = verified(run, SECRET);
    assertEquals(JWSAlgorithm.HS256, token.getHeader().getAlgorithm());
    JWTClaimsSet claims = token.getJWTClaimsSet();
    assertEquals("Zoë 😀", claims.getSubject());
    assertEquals("team-*", claims.getStringClaim("room"));
    assertEquals("moderator", claims.getStringClaim("role"));
    assertEquals(Date.from(CommandRun.NOW), claims.getIssueTime());
    assertEquals(Date.from(CommandRun.NOW.plusSeconds(90)), claims.getExpirationTime());
  }

  @Test
  void adminTokenIsForTheWholeClusterAndForNoRoom() throws ParseException, JOSEException {
    CommandRun run =
        CommandRun.of(Map.of("STARLING_AUTH_SECRET", SECRET), "token", "--admin", "--user=ann");
    JWTClaimsSet claims = verified(run, SECRET).getJWTClaimsSet();
    assertEquals("starling:admin", claims.getStringClaim("scope"));
    assertEquals("ann", claims.getSubject());
    assertNull(claims.getClaim("room"));
    assertEquals(Date.from(CommandRun.NOW.plus(Duration.ofHours(1))), claims.getExpirationTime());
  }

  @Test
  void membersForAnHourUnlessSaidOtherwise() throws ParseException, JOSEException {
    CommandRun run =
        CommandRun.of(Map.of("STARLING_AUTH_SECRET", SECRET), "token", "--room=*", "--user=ann");
    JWTClaimsSet claims = verified(run, SECRET).getJWTClaimsSet();
    assertEquals("member", claims.getStringClaim("role"));
    assertEquals(Date.from(CommandRun.NOW.plus(Duration.ofHours(1))), claims.getExpirationTime());
  }

  @Test
  void developmentKeyIsMadeOnceWhereNoSecretIsGiven()
      throws IOException, ParseException, JOSEException {
    Map<String, String> environment = Map.of("STARLING_HOME", home.toString());
    CommandRun first = CommandRun.of(environment, "token", "--room=den", "--user=ann");
    CommandRun second = CommandRun.of(environment, "token", "--room=den", "--user=ann");
    String secret = Files.readString(home.resolve("dev/auth.secret")).strip();
    verified(first, secret);
    verified(second, secret);
  }

  @Test
  void developmentKeyThatWasCutShortIsRefused() throws IOException {
    Files.createDirectories(home.resolve("dev"));
    Files.writeString(home.resolve("dev/auth.secret"), "short\n");
    CommandRun run =
        CommandRun.of(
            Map.of("STARLING_HOME", home.toString()), "token", "--room=den", "--user=ann");
    assertEquals(1, run.status());
    assertTrue(run.err().contains("remove it to have a new one made"), run::err);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--room=den|--user",
        "--user=ann|--room",
        "--admin --room=den --user=ann|--admin is for the whole cluster",
        "--room= --user=ann|--room takes 1 to 128",
        "--room=den --user=|--user takes 1 to 128",
        "--room=den --user=ann --role=root|--role",
        "--room=den --user=ann --ttl=soon|not a time such as",
        "--room=den --user=ann --ttl=0s|not between",
        "--room=den --user=ann --ttl=367d|not between",
        "--room=den --user=ann --ttl=-1h|not a time such as",
        "--room=den --user=ann --secret=hunter2|--secret has less than 32 bytes",
        "--room=den --user=ann --exclusive|--exclusive",
      })
  void wrongUsageIsNamed(String arguments, String complaint) {
    CommandRun run = CommandRun.of(Map.of(), ("token " + arguments).split(" ", -1));
    assertEquals(2, run.status());
    assertTrue(run.err().contains(complaint), run::err);
    assertFalse(run.err().contains("hunter2"), run::err);
    assertEquals("", run.out());
  }

  private static SignedJWT verified(CommandRun run, String secret)
      throws ParseException, JOSEException {
    assertEquals(0, run.status(), run::err);
    SignedJWT token = SignedJWT.parse(run.out().strip());
    assertTrue(token.verify(new MACVerifier(secret)));
    return token;
  }
}
