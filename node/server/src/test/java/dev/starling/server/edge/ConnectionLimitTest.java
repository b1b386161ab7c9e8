package dev.starling.server.edge;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What connections may take up before anybody knows whose they are. */
final class ConnectionLimitTest {
  private static final String LIVE = "GET /health/live HTTP/1.1";

  @Test
  void connectionsFromOneAddressAreBounded() throws IOException {
    try (TestNode node = TestNode.start("limits.connectionsPerAddress=2")) {
      assertBounded(node);
    }
  }

  @Test
  void connectionsInAllAreBounded() throws IOException {
    try (TestNode node = TestNode.start("limits.connections=2")) {
      assertBounded(node);
    }
  }

  /** Two are served, the third is closed, and there is room again once one has gone. */
  private static void assertBounded(TestNode node) throws IOException {
    try (Socket first = node.socket();
        Socket second = node.socket()) {
      assertEquals(200, HttpAnswer.ask(first, LIVE).status());
      assertEquals(200, HttpAnswer.ask(second, LIVE).status());
      assertThrows(IOException.class, () -> HttpAnswer.ask(node, LIVE));
      assertEquals(200, HttpAnswer.ask(first, LIVE).status());
      second.shutdownOutput();
      await().ignoreExceptions().until(() -> HttpAnswer.ask(node, LIVE).status() == 200);
    }
  }

  @Test
  void newConnectionsOfOneAddressAreBoundedInTime() throws IOException {
    try (TestNode node = TestNode.start("limits.connectionsPerSecondPerAddress=3")) {
      assertThrows(
          IOException.class,
          () -> {
            // The fourth of a second is refused; more tries, since a second may end in between.
            for (int i = 0; i < 20; i++) {
              HttpAnswer.ask(node, LIVE);
            }
          });
      await().ignoreExceptions().until(() -> HttpAnswer.ask(node, LIVE).status() == 200);
    }
  }

  @Test
  void tooLargeHeaderIsRefusedAndEndsTheConnection() throws IOException {
    try (TestNode node = TestNode.start("limits.headerBytes=1024");
        Socket socket = node.socket()) {
      assertEquals(431, HttpAnswer.ask(socket, LIVE, "X: " + "x".repeat(2000)).status());
      assertEquals(-1, socket.getInputStream().read());
    }
  }

  @Test
  void tooLongAddressIsRefusedAndEndsTheConnection() throws IOException {
    try (TestNode node = TestNode.start("limits.headerBytes=1024");
        Socket socket = node.socket()) {
      HttpAnswer answer = HttpAnswer.ask(socket, "GET /" + "x".repeat(2000) + " HTTP/1.1");
      assertEquals(414, answer.status());
      assertEquals(-1, socket.getInputStream().read());
    }
  }

  @Test
  void tooLargeBodyIsRefused() throws IOException {
    try (TestNode node = TestNode.start()) {
      HttpAnswer answer = HttpAnswer.ask(node, "POST /health HTTP/1.1", "Content-Length: 1000000");
      assertEquals(413, answer.status());
    }
  }

  @Test
  void headerThatTricklesInIsCutOff() throws IOException {
    try (TestNode node = TestNode.start("limits.headerMs=300");
        Socket socket = node.socket()) {
      byte[] head = (LIVE + "\r\nX: ").getBytes(StandardCharsets.US_ASCII);
      socket.getOutputStream().write(head);
      socket.setSoTimeout(20);
      await().until(() -> hasEnded(socket));
    }
  }

  /** Sends another byte, and looks for an end. */
  private static boolean hasEnded(Socket socket) throws IOException {
    try {
      socket.getOutputStream().write('x');
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException stillOpen) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  @Test
  void connectionThatSaysNothingIsCutOff() throws IOException {
    try (TestNode node = TestNode.start("limits.headerMs=200");
        Socket socket = node.socket()) {
      InputStream in = socket.getInputStream();
      assertEquals(-1, in.read());
    }
  }
}
