package dev.starling.server.edge;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What users and addresses may have together, over all their connections. */
final class ShareTest {
  private static final String LIVE = "GET /health/live HTTP/1.1";

  @Test
  void sessionsOfAUserShareItsRate() throws IOException {
    try (TestNode node = TestNode.start("limits.messagesPerSecondPerUser=5");
        NativeClient one = NativeClient.of(node, "ada");
        NativeClient two = NativeClient.of(node, "ada");
        NativeClient other = NativeClient.of(node, "ben")) {
      Message answer = one.join("fast");
      for (int i = 0; i < 40 && answer.text("type").equals("joined"); i++) {
        answer = (i % 2 == 0 ? two : one).join("fast");
      }
      assertEquals("RATE_LIMITED", answer.text("code"));
      assertEquals("joined", other.join("fast").text("type"));
    }
  }

  @Test
  void userFarAboveItsRateIsClosedAndNobodyElse() throws IOException {
    try (TestNode node = TestNode.start("limits.messagesPerSecondPerUser=5");
        NativeClient flood = NativeClient.of(node, "eve");
        NativeClient other = NativeClient.of(node, "ben")) {
      for (int i = 0; i < 60; i++) {
        flood.say("{'type':'ping'}");
      }
      assertEquals(4430, flood.closeCode());
      assertEquals("joined", other.join("calm").text("type"));
    }
  }

  @Test
  void bytesOfAUserCountTogether() throws IOException {
    try (TestNode node = TestNode.start("limits.bytesPerSecondPerUser=2000");
        NativeClient client = NativeClient.of(node, "ada")) {
      for (int i = 0; i < 10; i++) {
        client.say("{'type':'ping'}" + " ".repeat(1000));
      }
      assertEquals(4430, client.closeCode());
    }
  }

  @Test
  void connectionsOfAnAddressShareItsRate() throws IOException {
    try (TestNode node = TestNode.start("limits.messagesPerSecondPerAddress=5");
        NativeClient one = NativeClient.of(node, "ada");
        NativeClient two = NativeClient.of(node, "ben")) {
      Message answer = one.join("fast");
      for (int i = 0; i < 40 && answer.text("type").equals("joined"); i++) {
        answer = (i % 2 == 0 ? two : one).join("fast");
      }
      assertEquals("RATE_LIMITED", answer.text("code"));
    }
  }

  @Test
  void userHasNoMoreSessionsThanItMay() throws IOException {
    try (TestNode node = TestNode.start("limits.sessionsPerUser=2");
        NativeClient one = NativeClient.of(node, "ada");
        NativeClient two = NativeClient.of(node, "ada");
        NativeClient three = NativeClient.connect(node);
        NativeClient other = NativeClient.of(node, "ben")) {
      three.say("{'type':'hello','token':'" + Token.of("ada").text() + "'}");
      assertEquals("OVERLOADED", three.next("error").text("code"));
      assertEquals(1013, three.closeCode());
      one.leave();
      try (NativeClient next = NativeClient.of(node, "ada")) {
        assertEquals("joined", next.join("room").text("type"));
      }
      assertEquals("joined", two.join("room").text("type"));
      assertEquals("joined", other.join("room").text("type"));
    }
  }

  @Test
  void addressThatKeepsBringingBadTokensIsNotListenedToForAWhile() throws IOException {
    try (TestNode node = TestNode.start("limits.refusedHellosPerMinute=3");
        NativeClient inside = NativeClient.of(node, "ada")) {
      String bad = Token.of("eve").signedWith("another-secret-of-at-least-32-bytes").text();
      List<Integer> codes = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        codes.add(hello(node, bad));
      }
      assertEquals(List.of(4401, 4401, 4401), codes);
      assertEquals(4430, hello(node, Token.of("ben").text()));
      // Who is in stays in.
      assertEquals("joined", inside.join("room").text("type"));
    }
  }

  @Test
  void refusedHellosAreForgotten() throws IOException {
    try (TestNode node = TestNode.start("limits.refusedHellosPerMinute=60")) {
      String bad = Token.of("eve").signedWith("another-secret-of-at-least-32-bytes").text();
      while (hello(node, bad) == 4401) {
        // One comes back a second.
      }
      await()
          .ignoreExceptions()
          .until(() -> {
            try (NativeClient client = NativeClient.of(node, "ada")) {
              return client.join("room").text("type").equals("joined");
            }
          });
    }
  }

  @Test
  void tokenThatOnlyRanOutIsNoAttack() throws IOException {
    try (TestNode node = TestNode.start("limits.refusedHellosPerMinute=1")) {
      String old = Token.of("ada").expiringIn(-3600).text();
      assertEquals(4402, hello(node, old));
      assertEquals(4402, hello(node, old));
      assertEquals(4402, hello(node, old));
    }
  }

  private static int hello(TestNode node, String token) throws IOException {
    try (NativeClient client = NativeClient.connect(node)) {
      client.say("{'type':'hello','token':'" + token + "'}");
      return client.closeCode();
    }
  }

  @Test
  void connectionsThatSayNothingAreBoundedApart() throws IOException {
    try (TestNode node = TestNode.start("limits.silentConnections=2");
        NativeClient inside = NativeClient.of(node, "ada");
        Socket first = node.socket();
        Socket second = node.socket()) {
      await().until(() -> isRefused(node));
      assertEquals("joined", inside.join("room").text("type"));
      assertEquals(200, HttpAnswer.ask(first, LIVE).status());
      await().until(() -> !isRefused(node));
      assertEquals(200, HttpAnswer.ask(second, LIVE).status());
    }
  }

  private static boolean isRefused(TestNode node) {
    try {
      return HttpAnswer.ask(node, LIVE).status() != 200;
    } catch (IOException closed) {
      return true;
    }
  }

  @Test
  void newConnectionsInAllAreBoundedInTime() throws IOException {
    try (TestNode node = TestNode.start("limits.connectionsPerSecond=3")) {
      await().until(() -> isRefused(node));
      await().until(() -> !isRefused(node));
    }
  }
}
