package dev.starling.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.starling.core.handshake.HandshakeOutput;
import dev.starling.core.protocol.ClientLimits;
import dev.starling.core.protocol.ClientMessage.Hello;
import dev.starling.core.protocol.ClientMessage.Join;
import dev.starling.core.protocol.ClientMessage.Resume;
import dev.starling.core.protocol.IceServer;
import dev.starling.core.protocol.ServerMessage.Welcome;
import dev.starling.crdt.Content;
import dev.starling.server.auth.SharedSecret;
import dev.starling.server.auth.Tokens;
import dev.starling.server.auth.TurnCredentials;
import dev.starling.server.config.Secret;
import dev.starling.server.config.SettingSources;
import dev.starling.server.config.SettingsReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Nobody logs these on purpose; but a record in a debug line is soon written. */
final class LoggedSecretsTest {
  private static final String SECRET = "very-secret-0123456789-0123456789";

  @Test
  void secretsStayOutOfTheTextWhateverIsLogged() {
    log(LogOutput::text);
  }

  @Test
  void secretsStayOutOfTheJsonWhateverIsLogged() {
    log(LogOutput::json);
  }

  private static void log(Consumer<Level> form) {
    List<Object> things = thingsWithSecrets().toList();
    try (StandardError output = new StandardError()) {
      form.accept(Level.TRACE);
      for (Object thing : things) {
        LoggerFactory.getLogger("dev.starling.Any")
            .atDebug()
            .addKeyValue("thing", thing)
            .log("{}", thing);
      }
      assertEquals(things.size(), output.text().lines().count());
      assertFalse(output.text().contains(SECRET), output::text);
    }
  }

  private static Stream<Object> thingsWithSecrets() {
    byte[] key = SECRET.getBytes(StandardCharsets.UTF_8);
    TurnCredentials turn =
        new TurnCredentials(List.of("turn:a"), key, Duration.ofHours(1), InstantSource.system());
    IceServer ice = new IceServer(List.of("turn:a"), "1:ann", SECRET);
    return Stream.of(
        new Secret(SECRET),
        settings("auth.secret=" + SECRET, "ice.turnUrls=turn:a", "ice.turnSecret=" + SECRET),
        settings("auth.secret=" + SECRET, "client.port=" + "x"),
        new SettingSources(null, Map.of("X", SECRET), List.of(SECRET), "host"),
        Tokens.verdict(Tokens.ofSecret(SECRET), SECRET),
        new SharedSecret("id", key),
        settings("auth.secrets=a=" + SECRET, "api.keys=b=" + SECRET),
        settings("auth.secrets=a=b=" + SECRET + ",,c", "api.keys=" + SECRET),
        turn,
        turn.serverFor("ann"),
        ice,
        new Hello(SECRET, new Resume(SECRET, "0")),
        new Resume(SECRET, "0"),
        new HandshakeOutput.Verify(SECRET),
        new HandshakeOutput.Resume(SECRET, "0", null),
        new Join(1, "den", Content.EMPTY_OBJECT, SECRET),
        new Welcome(
            "session",
            SECRET,
            false,
            null,
            "ann",
            "node",
            "region",
            List.of(),
            List.of(),
            1,
            1,
            List.of(ice),
            new ClientLimits(1, 1, 1, 1, 1)));
  }

  private static Object settings(String... assignments) {
    return SettingsReader.read(new SettingSources(null, Map.of(), List.of(assignments), "host"));
  }
}
