package dev.starling.tools.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.tools.CommandRun;
import dev.starling.tools.Context;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators are told when there is nobody to ask, or no way to. */
final class CtlUsageTest {
  @TempDir Path home;

  private CommandRun run(String... arguments) {
    return CommandRun.of(Map.of("STARLING_HOME", home.toString()), arguments);
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void leaveContext(String name, String... endpoints) {
    new Context(List.of(endpoints), false, null, null, null, "secret-token")
        .write(home.resolve("contexts").resolve(name + ".json"));
  }

  @Test
  void endpointThatIsDownIsUnreachable() throws IOException {
    String endpoint = "127.0.0.1:" + closedPort();
    CommandRun run = run("ctl", "members", "--endpoint", endpoint);
    assertEquals(3, run.status());
    assertEquals(
        "starling: no node answers: " + endpoint + " refuses connections", run.err().strip());
    assertEquals("", run.out());
  }

  @Test
  void everyEndpointOfTheContextIsTried() throws IOException {
    String one = "127.0.0.1:" + closedPort();
    String two = "127.0.0.1:" + closedPort();
    leaveContext("only", one, two);
    CommandRun run = run("ctl", "nodes");
    assertEquals(3, run.status());
    assertTrue(run.err().contains(one) && run.err().contains(two), run::err);
  }

  @Test
  void nodeThatIsSilentIsPassedOver() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CommandRun run = run("ctl", "nodes", "--endpoint", "127.0.0.1:" + silent.getLocalPort());
      assertEquals(3, run.status());
      assertTrue(run.err().contains("is silent"), run::err);
    }
  }

  @Test
  void withoutAClusterTheWayToOneIsNamed() {
    CommandRun run = run("ctl", "nodes");
    assertEquals(2, run.status());
    assertTrue(run.err().contains("./starling dev") && run.err().contains("--endpoint"), run::err);
  }

  @Test
  void severalClustersMustBeToldApart() throws IOException {
    leaveContext("east", "127.0.0.1:" + closedPort());
    leaveContext("west", "127.0.0.1:" + closedPort());
    CommandRun run = run("ctl", "nodes");
    assertEquals(2, run.status());
    assertTrue(run.err().contains("--context: east, west"), run::err);
    assertEquals(3, run("ctl", "nodes", "--context", "east").status());
    String file = home.resolve("contexts/west.json").toString();
    assertEquals(3, run("ctl", "nodes", "--context", file).status());
  }

  @Test
  void tokenIsNotSentInClearToAnotherMachine() {
    leaveContext("only", "192.0.2.1:7600");
    CommandRun run = run("ctl", "nodes");
    assertEquals(2, run.status());
    assertTrue(run.err().contains("by TLS only"), run::err);
    assertFalse(run.err().contains("secret-token"), run::err);
  }

  @Test
  void contextIsItsOwnersAlone() throws IOException {
    leaveContext("only", "127.0.0.1:1");
    Path file = home.resolve("contexts/only.json");
    assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
    assertFalse(Context.read(file).toString().contains("secret-token"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"endpoints\":[]}", "{\"endpoints\":[1],\"tls\":true}"})
  void brokenContextIsNamed(String content) throws IOException {
    Path file = Files.writeString(home.resolve("broken.json"), content);
    CommandRun run = run("ctl", "nodes", "--context", file.toString());
    assertEquals(1, run.status());
    assertTrue(run.err().contains("broken.json"), run::err);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ctl|subcommand",
        "ctl forget|NODE",
        "ctl nodes -o xml|--output",
        "ctl nodes extra|extra",
        "ctl nodes --endpoint nowhere|is not HOST:PORT",
        "ctl nodes --endpoint h:0|is not HOST:PORT",
        "ctl nodes --endpoint h:65536|is not HOST:PORT",
        "ctl nodes --endpoint 127.0.0.1:1 --certificate c.pem|--key",
      })
  void wrongUsageIsNamed(String arguments, String complaint) {
    CommandRun run = run(arguments.split(" ", -1));
    assertEquals(2, run.status());
    assertTrue(run.err().contains(complaint), run::err);
  }

  @Test
  void addressesInBracketsAreUnderstood() {
    assertEquals(new Endpoint("::1", 7600), Endpoint.of("[::1]:7600"));
    assertEquals("[::1]:7600", Endpoint.of("[::1]:7600").toString());
    assertThrows(IllegalArgumentException.class, () -> Endpoint.of("::1:7600"));
  }
}
