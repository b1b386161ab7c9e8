package dev.starling.server.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line of a node, up to where it would run. */
final class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int node(String... arguments) {
    return new CommandLine(new Main())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Test
  void goodSettingsAreShownWithTheirSourceAndWithoutSecrets() {
    String secret = "a-secret-that-nobody-may-see-printed";
    int status = node("--check", "--set", "client.port=7411", "--set", "auth.secret=" + secret);
    assertEquals(0, status);
    assertTrue(out.toString().contains("client.port = 7411 (--set)"), out.toString());
    assertFalse(out.toString().contains(secret));
    assertEquals("", err.toString());
  }

  @Test
  void everythingWrongIsSaidAtOnce(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("node.conf");
    Files.writeString(file, "client.port = 99999\nroom { graceMs = soon }\n");
    int status =
        node("--check", "--config", file.toString(), "--set", "client.prot=1", "--set", "nothing");
    assertEquals(1, status);
    String said = err.toString();
    for (String part :
        new String[] {"node.conf:1", "client.port", "node.conf:2", "room.graceMs", "client.prot"}) {
      assertTrue(said.contains(part), said);
    }
    assertEquals(4, said.lines().count(), said);
    assertEquals("", out.toString());
  }

  @Test
  void badSettingsDoNotStart() {
    assertEquals(1, node("--set", "client.host=0.0.0.0"));
    assertTrue(err.toString().contains("client.tls"), err.toString());
    assertTrue(err.toString().contains("auth.secret"), err.toString());
  }

  @Test
  void takenPortEndsWithAMessage() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = "client.port=" + taken.getLocalPort();
      String secret = "auth.secret=a-secret-that-only-this-test-knows-of";
      assertEquals(1, node("--set", port, "--set", secret, "--set", "warmup.enabled=false"));
      assertTrue(err.toString().contains("can't listen on 127.0.0.1:"), err.toString());
      assertEquals(1, err.toString().lines().count());
    }
  }

  @Test
  void keyThatIsNoKeyEndsWithAMessage(@TempDir Path folder) throws IOException {
    Path pem = folder.resolve("nonsense.pem");
    Files.writeString(pem, "nonsense");
    int status =
        node(
            "--set",
            "client.port=0",
            "--set",
            "client.tls=on",
            "--set",
            "tls.certificate=" + pem,
            "--set",
            "tls.key=" + pem);
    assertEquals(1, status);
    assertTrue(err.toString().contains("nonsense.pem"), err.toString());
    assertEquals(1, err.toString().lines().count(), err.toString());
  }

  @Test
  void wrongUsageIsToldFromWrongSettings() {
    assertEquals(2, node("--chekc"));
  }
}
