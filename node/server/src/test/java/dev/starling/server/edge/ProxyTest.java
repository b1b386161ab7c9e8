package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients behind a proxy count by the address that it tells; nobody else's word counts. */
final class ProxyTest {
  private static final String LIVE = "GET /health/live HTTP/1.1";
  private static final byte[] VERSION_2 = {
    0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a
  };

  private static TestNode node(String how, String proxies, String... more) throws IOException {
    String[] settings = new String[more.length + 4];
    settings[0] = "client.tls=proxied";
    settings[1] = "proxy.clientAddress=" + how;
    settings[2] = "proxy.addresses=" + proxies;
    settings[3] = "limits.connectionsPerAddress=1";
    System.arraycopy(more, 0, settings, 4, more.length);
    return TestNode.start(settings);
  }

  @Test
  void clientsCountByTheAddressInTheProxyProtocol() throws IOException {
    try (TestNode node = node("proxy-protocol", "10.0.0.0/8,127.0.0.1");
        Socket ada = over(node, "PROXY TCP4 192.0.2.1 10.0.0.1 4711 443\r\n");
        Socket ben = over(node, "PROXY TCP4 192.0.2.2 10.0.0.1 4711 443\r\n");
        Socket cleo = over(node, "PROXY TCP6 2001:db8::1 2001:db8::9 4711 443\r\n")) {
      for (Socket first : List.of(ada, ben, cleo)) {
        assertEquals(200, HttpAnswer.ask(first, LIVE).status());
      }
      assertRefused(node, "PROXY TCP4 192.0.2.1 10.0.0.1 4712 443\r\n");
      assertRefused(node, "PROXY TCP6 2001:db8::2 2001:db8::9 4711 443\r\n");
      assertServed(node, "PROXY TCP6 2001:db8:0:1::1 2001:db8::9 4711 443\r\n");
    }
  }

  private static void assertServed(TestNode node, String header) throws IOException {
    try (Socket socket = over(node, header)) {
      assertEquals(200, HttpAnswer.ask(socket, LIVE).status());
    }
  }

  private static void assertRefused(TestNode node, String header) throws IOException {
    try (Socket socket = over(node, header)) {
      assertThrows(IOException.class, () -> HttpAnswer.ask(socket, LIVE));
    }
  }

  @Test
  void bothVersionsOfTheProxyProtocolAreUnderstood() throws IOException {
    try (TestNode node = node("proxy-protocol", "127.0.0.1");
        Socket ada = node.socket();
        Socket check = node.socket()) {
      ada.getOutputStream().write(version2(0x21, 0x11));
      assertEquals(200, HttpAnswer.ask(ada, LIVE).status());
      assertRefused(node, "PROXY TCP4 192.0.2.1 10.0.0.1 4711 443\r\n");
      // LOCAL: the proxy looks after the node itself.
      check.getOutputStream().write(version2(0x20, 0x11));
      assertEquals(200, HttpAnswer.ask(check, LIVE).status());
    }
  }

  /** A header of version 2 for 192.0.2.1. */
  private static byte[] version2(int command, int family) {
    return ByteBuffer.allocate(VERSION_2.length + 16)
        .put(VERSION_2)
        .put((byte) command)
        .put((byte) family)
        .putShort((short) 12)
        .put(new byte[] {(byte) 192, 0, 2, 1, 10, 0, 0, 1})
        .putShort((short) 4711)
        .putShort((short) 443)
        .array();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PROXY TCP4 192.0.2.300 10.0.0.1 4711 443\r\n",
        "PROXY TCP4 192.0.2.1\r\n",
        "PROXY TCP4 localhost 10.0.0.1 4711 443\r\n",
        "PROXY NONSENSE 192.0.2.1 10.0.0.1 4711 443\r\n",
        "PROXIES TCP4 192.0.2.1 10.0.0.1 4711 443\r\n",
        ""
      })
  void malformedProxyHeaderEndsTheConnection(String header) throws IOException {
    try (TestNode node = node("proxy-protocol", "127.0.0.1");
        Socket socket = over(node, header)) {
      assertThrows(IOException.class, () -> HttpAnswer.ask(socket, LIVE));
    }
  }

  @Test
  void endlessProxyHeaderEndsTheConnection() throws IOException {
    try (TestNode node = node("proxy-protocol", "127.0.0.1");
        Socket socket = over(node, "PROXY " + "x".repeat(200))) {
      assertEquals(-1, socket.getInputStream().read());
    }
  }

  @Test
  void proxyHeaderThatNeverComesEndsTheConnection() throws IOException {
    try (TestNode node = node("proxy-protocol", "127.0.0.1", "limits.headerMs=200");
        Socket socket = over(node, "PROXY TCP4 ")) {
      assertEquals(-1, socket.getInputStream().read());
    }
  }

  @Test
  void proxyHeaderOfAnybodyElseIsNoHttp() throws IOException {
    try (TestNode node = node("proxy-protocol", "10.0.0.0/8");
        Socket spoofed = over(node, "PROXY TCP4 192.0.2.1 10.0.0.1 4711 443\r\n")) {
      assertEquals(400, HttpAnswer.ask(spoofed, LIVE).status());
    }
  }

  @Test
  void clientsCountByTheHeaderOfADeclaredProxy() throws IOException {
    try (TestNode node = node("x-forwarded-for", "127.0.0.1");
        Socket ada = node.socket();
        Socket ben = node.socket();
        Socket again = node.socket();
        Socket spoofed = node.socket()) {
      assertEquals(101, ask(ada, "X-Forwarded-For: 192.0.2.1"));
      assertEquals(101, ask(ben, "X-Forwarded-For: 192.0.2.2:4711"));
      assertEquals(429, ask(again, "X-Forwarded-For: 192.0.2.1"));
      // A client can put anything before what the proxy adds.
      assertEquals(429, ask(spoofed, "X-Forwarded-For: 203.0.113.9, 192.0.2.1"));
    }
  }

  @Test
  void whoWasRefusedLeavesTheProxysConnectionToTheNext() throws IOException {
    try (TestNode node = node("x-forwarded-for", "127.0.0.1");
        Socket shared = node.socket();
        Socket ada = node.socket();
        Socket again = node.socket()) {
      assertEquals(400, ask(shared, "X-Forwarded-For: 192.0.2.1", "Sec-WebSocket-Protocol: none"));
      assertEquals(101, ask(shared, "X-Forwarded-For: 192.0.2.2"));
      assertEquals(101, ask(ada, "X-Forwarded-For: 192.0.2.1"));
      assertEquals(429, ask(again, "X-Forwarded-For: 192.0.2.2"));
    }
  }

  @Test
  void proxiesInARowAreSeenThrough() throws IOException {
    try (TestNode node = node("x-forwarded-for", "127.0.0.1,10.0.0.0/8");
        Socket ada = node.socket();
        Socket again = node.socket()) {
      assertEquals(101, ask(ada, "X-Forwarded-For: 192.0.2.1", "X-Forwarded-For: 10.1.2.3"));
      assertEquals(429, ask(again, "X-Forwarded-For: 192.0.2.1, 10.9.9.9, 127.0.0.1"));
    }
  }

  @Test
  void standardHeaderIsUnderstood() throws IOException {
    try (TestNode node = node("forwarded", "127.0.0.1");
        Socket ada = node.socket();
        Socket again = node.socket();
        Socket ben = node.socket()) {
      assertEquals(101, ask(ada, "Forwarded: for=\"[2001:db8::1]:4711\";proto=https"));
      assertEquals(429, ask(again, "Forwarded: For=192.0.2.9, proto=https;for=\"[2001:db8::2]\""));
      assertEquals(101, ask(ben, "X-Forwarded-For: 2001:db8::1", "Forwarded: for=192.0.2.1"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "_hidden", "", "1.2.3", "[::1", "a.example", "1.2.3.4, x"})
  void headerWithoutAnAddressIsRefused(String value) throws IOException {
    try (TestNode node = node("x-forwarded-for", "127.0.0.1");
        Socket socket = node.socket()) {
      assertEquals(400, ask(socket, "X-Forwarded-For: " + value));
    }
  }

  @Test
  void headerOfAnybodyElseIsIgnored() throws IOException {
    try (TestNode node = node("x-forwarded-for", "10.0.0.0/8");
        Socket ada = node.socket()) {
      assertEquals(101, ask(ada, "X-Forwarded-For: 192.0.2.1"));
      try (Socket ben = node.socket()) {
        assertThrows(IOException.class, () -> ask(ben, "X-Forwarded-For: 192.0.2.2"));
      }
    }
  }

  private static int ask(Socket socket, String... headers) throws IOException {
    return HttpAnswer.ask(socket, WebSocketClient.request(headers)).status();
  }

  private static Socket over(TestNode node, String header) throws IOException {
    Socket socket = node.socket();
    socket.getOutputStream().write(header.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
