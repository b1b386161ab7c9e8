package dev.starling.server.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.server.edge.NativeClient;
import dev.starling.server.edge.TestNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A node that ends as it should. */
final class DrainTest {
  private static final int SERVICE_RESTART = 1012;

  @Test
  void everyClientIsToldToGoElsewhere() throws IOException {
    TestNode node = TestNode.start("shutdown.drainMs=500");
    List<NativeClient> clients = new ArrayList<>();
    try (node) {
      for (int i = 0; i < 40; i++) {
        clients.add(NativeClient.in(node, "room-" + i % 4, "user-" + i));
      }
    }
    for (NativeClient client : clients) {
      assertEquals(SERVICE_RESTART, client.closeCode());
    }
  }

  @Test
  void clientIsToldWhyAndThatItMayComeBack() throws IOException {
    NativeClient client;
    try (TestNode node = TestNode.start("shutdown.drainMs=500")) {
      client = NativeClient.of(node, "ada");
    }
    var error = client.next("error");
    assertEquals("DRAINING", error.text("code"));
    assertTrue(error.flag("retry"));
    assertEquals(SERVICE_RESTART, client.closeCode());
  }

  @Test
  void clientThatHasNotSaidHelloIsToldToo() throws IOException {
    NativeClient client;
    try (TestNode node = TestNode.start("shutdown.drainMs=500")) {
      client = NativeClient.connect(node);
    }
    assertEquals(SERVICE_RESTART, client.closeCode());
  }

  @Test
  void portIsFreeAfterwards() throws IOException {
    int port;
    NativeClient client;
    try (TestNode node = TestNode.start("shutdown.drainMs=500")) {
      port = node.port();
      client = NativeClient.of(node, "ada");
    }
    assertEquals(SERVICE_RESTART, client.closeCode());
    try (TestNode successor = TestNode.start("client.port=" + port)) {
      assertEquals(port, successor.port());
    }
  }

  @Test
  void nodeWithoutTimeToDrainEndsAllTheSame() throws IOException {
    TestNode node = TestNode.start("shutdown.drainMs=0");
    NativeClient.of(node, "ada");
    node.close();
  }

  @Test
  void endingTwiceIsEndingOnce() throws IOException {
    TestNode node = TestNode.start("shutdown.drainMs=500");
    node.close();
    node.close();
  }

  @Test
  void takenPortIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      var failure = assertThrows(IOException.class, () -> TestNode.start("client.port=" + port));
      assertTrue(String.valueOf(failure.getMessage()).contains(port));
    }
  }
}
