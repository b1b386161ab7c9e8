package dev.starling.server.config;

import static dev.starling.server.config.Reading.SECRET;
import static dev.starling.server.config.Reading.accepted;
import static dev.starling.server.config.Reading.read;
import static dev.starling.server.config.Reading.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.server.config.SettingsResult.Accepted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

final class SettingsReaderTest {
  @TempDir Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("starling.conf");
  }

  @Test
  void nothingGivenMakesAUsableNodeOnLoopback() {
    NodeSettings settings = accepted(null, Map.of());
    assertEquals("127.0.0.1", settings.client().host());
    assertEquals(7400, settings.client().port());
    assertEquals(TlsMode.OFF, settings.client().tls());
    assertTrue(settings.client().loopback());
    assertNull(settings.auth().secret());
    assertFalse(settings.auth().anonymous());
    assertEquals("my-host", settings.node().name());
    assertEquals(65_536, settings.limits().messageBytes());
    assertEquals(Level.INFO, settings.log().level());
  }

  @Test
  void higherSourceOverridesLower() throws IOException {
    write("client.port = 1\nroom.graceMs = 2\nlimits { rooms = 3, connections = 4 }");
    Map<String, String> environment =
        Map.of("STARLING_ROOM_GRACE_MS", "20", "STARLING_LIMITS_ROOMS", "30");
    NodeSettings settings = accepted(file, environment, "limits.rooms=300", "limits.rooms=301");
    assertEquals(1, settings.client().port());
    assertEquals(20, settings.room().graceMillis());
    assertEquals(301, settings.limits().rooms());
    assertEquals(4, settings.limits().connections());
  }

  @Test
  void sourceThatCountedIsNamedForEachSettingThatWasGiven() throws IOException {
    write("\n\nauth.secret = \"" + SECRET + "\"");
    SettingsResult result = read(file, Map.of("STARLING_CLIENT_PORT", "0"), "log.level=debug");
    List<String> lines =
        assertInstanceOf(Accepted.class, result).given().stream()
            .map(SettingsResult.GivenSetting::line)
            .toList();
    assertEquals(
        List.of(
            "client.port = 0 (STARLING_CLIENT_PORT)",
            "auth.secret = (secret) (" + file + ":3)",
            "log.level = debug (--set)"),
        lines);
  }

  @Test
  void jsonIsReadToo() throws IOException {
    write("{\"ice\": {\"stunUrls\": [\"stun:a.example\", \"stun:b.example:3478\"]}}");
    assertEquals(
        List.of("stun:a.example", "stun:b.example:3478"),
        accepted(file, Map.of()).ice().stunUrls());
  }

  @Test
  void listsAreWrittenWithCommasOutsideOfFiles() {
    String urls = "turn:a.example?transport=tcp, turns:b.example:443";
    NodeSettings settings =
        accepted(
            null, Map.of("STARLING_ICE_TURN_URLS", urls), "ice.turnSecret=sixteen-bytes-or-more");
    assertEquals(
        List.of("turn:a.example?transport=tcp", "turns:b.example:443"), settings.ice().turnUrls());
  }

  @Test
  void fileMayReferToTheEnvironment() throws IOException {
    write("auth.secret = ${APP_KEY}");
    Secret secret = accepted(file, Map.of("APP_KEY", SECRET)).auth().secret();
    assertEquals(SECRET, Objects.requireNonNull(secret).text());
  }

  @Test
  void digitsOfASecretStayAsWritten() throws IOException {
    String digits = "00012345678901234567890123456789012";
    write("auth.secret = " + digits);
    assertEquals(digits, Objects.requireNonNull(accepted(file, Map.of()).auth().secret()).text());
  }

  @Test
  void nullInAFileAndEmptyVariablesCountAsNotSet() throws IOException {
    write("client.port = null");
    assertEquals(7400, accepted(file, Map.of("STARLING_ROOM_GRACE_MS", "")).client().port());
  }

  @Test
  void variablesOfTheLauncherAreNoSettings() {
    accepted(null, Map.of("STARLING_HOME", "/x", "STARLING_JAVA_OPTS", "-Xmx1g", "OTHER", "1"));
  }

  @Test
  void everyErrorOfEverySourceIsNamedAtOnce() throws IOException {
    write("client.prot = 1\nclient.port = 70000");
    assertEquals(
        List.of(
            file + ":2: client.port: must be a whole number from 0 to 65535 (not \"70000\")",
            file + ":1: client.prot: no setting has this name; did you mean client.port?",
            "STARLING_LOG_LEVEL: log.level: must be one of `error`, `warn`, `info`, `debug`,"
                + " `trace` (not \"loud\")",
            "--set: room.graceMs: must be a whole number of milliseconds from 0 to 60000 (not"
                + " \"4s\")"),
        refused(file, Map.of("STARLING_LOG_LEVEL", "loud"), "room.graceMs=4s"));
  }

  @Test
  void unknownVariableIsAnErrorThatNamesTheNearest() {
    assertEquals(
        List.of(
            "STARLING_LIMIT_CHAT_BYTES: no setting has this name; did you mean"
                + " STARLING_LIMITS_CHAT_BYTES?",
            "STARLING_XYZ: no setting has this name; unset it, or see docs/CONFIGURATION.md for the"
                + " names there are"),
        refused(null, Map.of("STARLING_LIMIT_CHAT_BYTES", "9", "STARLING_XYZ", "1")));
  }

  @Test
  void assignmentWithoutAKeyIsExplained() {
    List<String> expected =
        List.of(
            "--set: takes KEY=VALUE, for example client.port=7401",
            "--set: takes KEY=VALUE, for example client.port=7401");
    assertEquals(expected, refused(null, Map.of(), "client.port", "=1"));
  }

  @Test
  void missingFileIsNamed() {
    assertEquals(
        List.of(file + ": can't be read; check its path and mode"), refused(file, Map.of()));
  }

  @Test
  void malformedFileIsNamedWithItsLineAndWithoutItsContent() throws IOException {
    write("client.port = 1\nauth.secret = \"" + SECRET + "\n");
    List<String> problems = refused(file, Map.of());
    assertEquals(1, problems.size());
    assertTrue(problems.getFirst().startsWith(file + ":2: isn't HOCON"), problems::toString);
    assertFalse(problems.getFirst().contains("a-secret"), problems::toString);
  }

  @Test
  void referenceToNothingIsNamedWithItsLine() throws IOException {
    write("\nnode.name = ${NOWHERE}");
    assertEquals(
        List.of(file + ":2: a ${…} here names neither a key nor an environment variable"),
        refused(file, Map.of()));
  }

  @Test
  void shortSecretIsRefusedWithoutBeingShown() {
    assertEquals(
        List.of("STARLING_AUTH_SECRET: auth.secret: must be a text of at least 32 bytes"),
        refused(null, Map.of("STARLING_AUTH_SECRET", "hunter2")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "client.host=::g|client.host|must be a host name or an IP address",
        "client.publicUrl=ftp://a|client.publicUrl|must be a URL with http",
        "client.publicUrl=https://u@a|client.publicUrl|must be a URL with http",
        "client.publicUrl=wss:a|client.publicUrl|must be a URL with http",
        "tls.key=nowhere.pem|tls.key|must be a file that this process can read",
        "ice.stunUrls=http://a|ice.stunUrls|must be a list of stun: or stuns: URLs",
        "node.name=Node_1|node.name|must be 1 to 63 lower-case letters",
        "auth.anonymous=yes|auth.anonymous|must be `true` or `false`",
        "client.port=+-1|client.port|must be a whole number from 0 to 65535",
        "session.requestTimeoutMs=10000|session.requestTimeoutMs|must be a whole number",
        "client.tls=none|client.tls|must be one of `off`, `on`, `proxied`",
      })
  void valueThatDoesNotFitIsRefused(String assignment, String setting, String message) {
    String problem = refused(null, Map.of(), assignment).getFirst();
    assertTrue(problem.startsWith("--set: " + setting + ": " + message), problem);
  }

  @ParameterizedTest
  @CsvSource({"Web-7.eu.example, web-7", "-_x_-, x", "'', node", "10.1.2.3, 10"})
  void nodeIsNamedAfterItsHost(String hostName, String name) {
    SettingsResult result =
        SettingsReader.read(new SettingSources(null, Map.of(), List.of(), hostName));
    assertEquals(name, assertInstanceOf(Accepted.class, result).settings().node().name());
  }

  @Test
  void noSecretIsPrinted() {
    SettingsResult result =
        read(
            null,
            Map.of("STARLING_AUTH_SECRET", SECRET),
            "ice.turnUrls=turn:a",
            "ice.turnSecret=" + SECRET);
    assertFalse(result.toString().contains(SECRET), result::toString);
    Given given = new Given("auth.secret", SECRET, "--set");
    assertFalse(given.toString().contains(SECRET), given::toString);
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }
}
