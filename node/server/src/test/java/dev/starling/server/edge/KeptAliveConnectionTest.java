package dev.starling.server.edge;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The second request of a connection has no more time than the first. */
final class KeptAliveConnectionTest {
  private static final String LIVE = "GET /health/live HTTP/1.1";

  @Test
  void laterHeaderThatTricklesInIsCutOffToo() throws IOException {
    try (TestNode node = TestNode.start("limits.headerMs=300");
        Socket socket = node.socket()) {
      assertEquals(200, HttpAnswer.ask(socket, LIVE).status());
      socket.getOutputStream().write((LIVE + "\r\nX: ").getBytes(StandardCharsets.US_ASCII));
      socket.setSoTimeout(20);
      await().until(() -> hasEnded(socket));
    }
  }

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
}
