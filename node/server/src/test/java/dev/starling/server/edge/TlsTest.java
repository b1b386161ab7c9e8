package dev.starling.server.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslEngine;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The client port with TLS. */
@TestInstance(Lifecycle.PER_CLASS)
final class TlsTest {
  private final Certificates certificates;
  private final TestNode node;

  TlsTest(@TempDir Path folder) throws IOException, GeneralSecurityException, InterruptedException {
    certificates = Certificates.in(folder);
    node =
        TestNode.start(
            "client.tls=on",
            "tls.certificate=" + certificates.certificate(),
            "tls.key=" + certificates.key(),
            "limits.headerMs=2000",
            "limits.messageBytes=4096",
            "limits.chatBytes=1024",
            "limits.profileBytes=1024");
  }

  @AfterAll
  void stop() {
    node.close();
  }

  private SSLSocket secured(String... protocols) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            certificates
                .trusting()
                .getSocketFactory()
                .createSocket(node.socket(), "localhost", node.port(), true);
    socket.setEnabledProtocols(protocols);
    return socket;
  }

  private NativeClient client(String user) throws IOException {
    NativeClient client = NativeClient.over(secured("TLSv1.3"));
    client.hello(Token.of(user).text());
    return client;
  }

  @Test
  void sessionRunsOverTls13() throws IOException {
    SSLSocket socket = secured("TLSv1.3");
    try (NativeClient ada = NativeClient.over(socket);
        NativeClient ben = client("ben")) {
      assertEquals("TLSv1.3", socket.getSession().getProtocol());
      ada.hello(Token.of("ada").text());
      ada.join("tls");
      ben.join("tls");
      assertEquals("joined", ada.next("member").text("event"));
      ben.answer("'type':'chat','room':'tls','data':'" + "x".repeat(1000) + "'");
      ada.next("chat");
      ben.leave();
      assertEquals("leave", ada.next("member").text("reason"));
    }
  }

  @Test
  void olderTlsIsRefused() throws IOException {
    try (SSLSocket socket = secured("TLSv1.2")) {
      assertThrows(SSLException.class, socket::startHandshake);
    }
  }

  @Test
  void plainHttpIsRefusedWithoutHarmToOthers() throws IOException {
    try (NativeClient ada = client("ada");
        Socket plain = node.socket()) {
      assertThrows(IOException.class, () -> HttpAnswer.ask(plain, "GET /health HTTP/1.1"));
      ada.say("{'type':'ping'}");
      ada.next("pong");
    }
  }

  @Test
  void handshakeThatDoesNotEndIsCutOff() throws IOException {
    try (Socket socket = node.socket()) {
      // The head of a record that never comes whole.
      socket.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1});
      assertEquals(-1, socket.getInputStream().read());
    }
  }

  @Test
  void brokenRecordWithinASessionEndsItAlone() throws IOException {
    try (Socket plain = node.socket();
        NativeClient bystander = client("ben")) {
      SSLSocket socket =
          (SSLSocket)
              certificates
                  .trusting()
                  .getSocketFactory()
                  .createSocket(plain, "localhost", node.port(), false);
      NativeClient ada = NativeClient.over(socket);
      ada.hello(Token.of("ada").text());
      plain.getOutputStream().write("nonsense".getBytes(StandardCharsets.US_ASCII));
      assertEquals(WebSocketClient.CUT_OFF, ada.closeCode());
      bystander.say("{'type':'ping'}");
      bystander.next("pong");
    }
  }

  @Test
  void violationIsClosedByItsCodeOverTlsToo() throws IOException {
    try (NativeClient ada = client("ada")) {
      ada.web().send(Frame.text(" ".repeat(100_000)));
      assertEquals(1009, ada.closeCode());
    }
  }

  @Test
  void httpsServesToo() throws IOException {
    try (SSLSocket socket = secured("TLSv1.3")) {
      assertEquals(200, HttpAnswer.ask(socket, "GET /health/ready HTTP/1.1").status());
      assertEquals(200, HttpAnswer.ask(socket, "GET /sdk/starling.js HTTP/1.1").status());
    }
  }

  @Test
  void boringSslServesWhereItLoads() throws IOException {
    SslContext context =
        TlsContext.of(new EdgeConfig.Certificate(certificates.certificate(), certificates.key()));
    SSLEngine engine = context.newEngine(UnpooledByteBufAllocator.DEFAULT);
    assertEquals(OpenSsl.isAvailable(), engine instanceof ReferenceCountedOpenSslEngine);
    assertFalse(engine instanceof OpenSslEngine, "one that the garbage collector must end");
    ReferenceCountUtil.release(engine);
    ReferenceCountUtil.release(context);
  }
}
