package dev.starling.server.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.starling.proto.v1.ClientMessage;
import dev.starling.server.edge.Certificates;
import dev.starling.server.edge.Frame;
import dev.starling.server.edge.HttpAnswer;
import dev.starling.server.edge.Token;
import dev.starling.server.edge.WebSocketClient;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** A client that keeps to the rules only as far as it wants to. One thread at a time. */
final class Intruder extends Listener implements AutoCloseable {
  static final String JSON = "Sec-WebSocket-Protocol: starling.v1.json";
  private static final String BINARY = "Sec-WebSocket-Protocol: starling.v1.proto";
  private static final String NEWEST_TLS = "TLSv1.3";

  /** In a message, stands for a room that is this intruder's own. */
  private static final String ROOM = "'room':'r'";

  private static final AtomicLong INTRUDERS = new AtomicLong();

  private final String ownRoom = "'room':'r-" + INTRUDERS.incrementAndGet() + "'";
  private final Scene scene;
  private final Socket plain;
  private boolean binary;

  private Intruder(Scene scene, Socket plain) throws IOException {
    super(plain, scene.certificates() == null ? Speech.HTTP : Speech.TLS);
    this.scene = scene;
    this.plain = plain;
  }

  /** One that has connected, and not said anything. */
  static Intruder on(Scene scene) throws IOException {
    return new Intruder(scene, scene.node().socket());
  }

  Scene scene() {
    return scene;
  }

  /** Does the handshake of TLS as it should be, where there is one to be done. */
  private void secure() throws IOException {
    Certificates certificates = scene.certificates();
    if (certificates != null && speech() == Speech.TLS) {
      turnTo(scene.secure(plain, certificates, NEWEST_TLS), Speech.HTTP);
    }
  }

  /** Turns the connection into one of WebSocket. */
  HttpAnswer upgrade(String... headers) throws IOException {
    raw(String.join("\r\n", WebSocketClient.request(headers)) + "\r\nHost: a\r\n\r\n");
    HttpAnswer answer = httpAnswer();
    assertEquals(101, answer.status());
    upgraded();
    return answer;
  }

  void hello() throws IOException {
    hello(Token.of("eve"));
  }

  void hello(Token token) throws IOException {
    upgrade(JSON);
    say("{'type':'hello','token':'" + token.text() + "'}");
    assertEquals("welcome", reply());
  }

  void binaryHello() throws IOException {
    upgrade(BINARY);
    binary = true;
    ClientMessage.Hello hello =
        ClientMessage.Hello.newBuilder().setToken(Token.of("eve").text()).build();
    send(ClientMessage.newBuilder().setHello(hello));
    assertEquals("welcome", reply());
  }

  /** Says hello and joins, by request 1. */
  void join(String room) throws IOException {
    hello();
    say("{'type':'join','id':1,'room':'" + room + "'}");
    assertEquals("joined", reply());
  }

  /** Says hello and joins the room that the rows call {@code r}. */
  void joinOwn() throws IOException {
    hello();
    say("{'type':'join','id':1," + ROOM + "}");
    assertEquals("joined", reply());
  }

  /** Bytes within TLS, where there is any. */
  void raw(byte[] bytes) throws IOException {
    secure();
    socket().getOutputStream().write(bytes);
  }

  /** The same; each character is a byte. */
  void raw(String text) throws IOException {
    raw(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Bytes past TLS. */
  void plain(byte[] bytes) throws IOException {
    plain.getOutputStream().write(bytes);
  }

  /** The client's direction of the connection ends. */
  void endPlain() throws IOException {
    plain.shutdownOutput();
  }

  @Override
  void send(Frame... frames) throws IOException {
    for (Frame frame : frames) {
      raw(frame.masked());
    }
  }

  private void send(ClientMessage.Builder message) throws IOException {
    send(new Frame(Frame.FIN | Frame.BINARY, message.build().toByteArray()));
  }

  /** Text messages; single quotes stand for double ones. */
  void say(String... messages) throws IOException {
    for (String message : messages) {
      send(Frame.text(message.replace(ROOM, ownRoom).replace('\'', '"')));
    }
  }

  /** Sends bytes one by one, past TLS, a while apart, until the server says something. */
  void trickle(byte[] bytes) throws IOException {
    for (int i = 0; i < bytes.length && isQuiet(); i++) {
      plain(new byte[] {bytes[i]});
    }
  }

  /** Sends the same again and again, a while apart, until the server says more than pong. */
  void repeat(byte[] bytes, int times) throws IOException {
    for (int i = 0; i < times && !hasReply(); i++) {
      raw(bytes);
      while (!hasReply() && !isQuiet()) {
        skipWhile("pong frame", 1);
      }
    }
  }

  /** The connection serves what comes next. */
  void assertServed() throws IOException {
    if (speech() == Speech.HTTP) {
      raw("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");
      assertEquals("HTTP 200", reply());
      return;
    }
    if (binary) {
      send(ClientMessage.newBuilder().setPing(ClientMessage.Ping.getDefaultInstance()));
    } else {
      say("{'type':'ping'}");
    }
    assertEquals("pong", reply());
  }

  @Override
  public void close() throws IOException {
    socket().close();
  }
}
