package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a client meets first. */
final class WelcomeTest extends SharedNode {
  WelcomeTest() {
    super(
        "session.heartbeatMs=4000",
        "session.confirmMs=900",
        "ice.stunUrls=stun:stun.example.org",
        "ice.turnUrls=turn:turn.example.org",
        "ice.turnSecret=a-secret-that-coturn-knows",
        "client.publicUrl=wss://starling.example.org/v1/ws",
        "limits.messageBytes=32768",
        "limits.roomsPerSession=3",
        "limits.membersPerRoom=4",
        "limits.chatBytes=1000",
        "limits.profileBytes=500");
  }

  @Test
  void welcomeSaysWhoAndWhere() throws IOException {
    try (NativeClient client = NativeClient.connect(node)) {
      Message welcome = client.hello(Token.of("ada").text());
      assertTrue(welcome.text("session").startsWith("test-region."));
      assertTrue(welcome.text("resumeToken").startsWith(welcome.text("session") + "."));
      assertFalse(welcome.flag("resumed"));
      assertFalse(welcome.has("reason"));
      assertTrue(welcome.has("offset"));
      assertEquals("ada", welcome.text("user"));
      assertEquals("test-node", welcome.text("node"));
      assertEquals("test-region", welcome.text("region"));
      assertEquals(List.of("wss://starling.example.org/v1/ws"), welcome.list("urls"));
      assertEquals(List.of(), welcome.list("rooms"));
    }
  }

  @Test
  void welcomeSaysWhatAClientMustKeepTo() throws IOException {
    try (NativeClient client = NativeClient.connect(node)) {
      Message welcome = client.hello(Token.of("ada").text());
      assertEquals(4000, welcome.number("heartbeatMs"));
      assertEquals(900, welcome.number("confirmMs"));
      Message limits = welcome.object("limits");
      assertEquals(32768, limits.number("messageBytes"));
      assertEquals(3, limits.number("roomsPerSession"));
      assertEquals(4, limits.number("membersPerRoom"));
      assertEquals(1000, limits.number("chatBytes"));
      assertEquals(500, limits.number("profileBytes"));
    }
  }

  @Test
  void welcomeBringsIceServersInTheBrowsersForm() throws IOException {
    try (NativeClient client = NativeClient.connect(node)) {
      List<Message> servers = client.hello(Token.of("ada").text()).objects("iceServers");
      assertEquals(List.of("stun:stun.example.org"), servers.get(0).list("urls"));
      assertFalse(servers.get(0).has("username"));
      assertEquals(List.of("turn:turn.example.org"), servers.get(1).list("urls"));
      assertTrue(servers.get(1).text("username").endsWith(":ada"));
      assertTrue(servers.get(1).has("credential"));
    }
  }

  @Test
  void everySessionIsAnother() throws IOException {
    try (NativeClient one = NativeClient.of(node, "ada");
        NativeClient other = NativeClient.of(node, "ada")) {
      assertNotEquals(one.session(), other.session());
    }
  }

  @Test
  void upgradeAcceptsTheKeyAndTheSubprotocol() throws IOException {
    HttpAnswer answer =
        HttpAnswer.ask(
            node,
            WebSocketClient.request("Sec-WebSocket-Protocol: starling.v9.other, starling.v1.json"));
    assertEquals(101, answer.status());
    // The example of RFC 6455, section 1.3.
    assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", answer.header("sec-websocket-accept"));
    assertEquals("starling.v1.json", answer.header("sec-websocket-protocol"));
    assertNull(answer.header("sec-websocket-extensions"));
  }

  @Test
  void clientWithoutSubprotocolSpeaksJson() throws IOException {
    try (WebSocketClient client = WebSocketClient.upgrade(node.socket())) {
      client.send("{\"type\":\"hello\",\"token\":\"" + Token.of("ada").text() + "\"}");
      assertEquals("welcome", Message.of(client.message().text()).text("type"));
    }
  }

  @Test
  void unknownSubprotocolIsRefused() throws IOException {
    String[] request = WebSocketClient.request("Sec-WebSocket-Protocol: chat, starling.v9.json");
    assertEquals(400, HttpAnswer.ask(node, request).status());
  }

  @Test
  void requestsSentBeforeTheWelcomeAreTaken() throws IOException {
    try (NativeClient client = NativeClient.connect(node)) {
      client.say("{'type':'hello','token':'" + Token.of("ada").text() + "'}");
      long join = client.ask("'type':'join','room':'eager'");
      client.next("welcome");
      assertEquals(join, client.next("joined").number("id"));
    }
  }

  @Test
  void pingIsAnsweredWithPong() throws IOException {
    try (NativeClient client = NativeClient.of(node, "ada")) {
      client.say("{'type':'ping'}");
      client.next("pong");
    }
  }

  @Test
  void secondHelloIsOutOfOrderAndTheConnectionStays() throws IOException {
    try (NativeClient client = NativeClient.of(node, "ada")) {
      client.say("{'type':'hello'}");
      assertEquals("OUT_OF_ORDER", client.next("error").text("code"));
      client.say("{'type':'ping'}");
      client.next("pong");
    }
  }

  @Test
  void unknownTypeIsUnsupportedAndTheConnectionStays() throws IOException {
    try (NativeClient client = NativeClient.of(node, "ada")) {
      Message error = client.answer("'type':'teleport'");
      assertEquals("UNSUPPORTED", error.text("code"));
      assertFalse(error.flag("retry"));
      assertEquals("joined", client.join("after").text("type"));
    }
  }
}
