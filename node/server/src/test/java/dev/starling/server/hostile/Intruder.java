package dev.starling.server.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.starling.core.protocol.Code;
import dev.starling.proto.v1.ClientMessage;
import dev.starling.proto.v1.ServerMessage;
import dev.starling.server.edge.Frame;
import dev.starling.server.edge.HttpAnswer;
import dev.starling.server.edge.Message;
import dev.starling.server.edge.Token;
import dev.starling.server.edge.WebSocketClient;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client that keeps to the rules only as far as it wants to. What it waits for must come within
 * the socket's own bound. One thread at a time.
 */
final class Intruder implements AutoCloseable {
  static final String JSON = "Sec-WebSocket-Protocol: starling.v1.json";
  static final String BINARY = "Sec-WebSocket-Protocol: starling.v1.proto";

  /** What {@link #reply} says at the end of the connection. */
  static final String END = "end";

  /** What no client may be shown of the server's inside. */
  private static final Pattern INSIDE =
      Pattern.compile("Exception|\\bat dev\\.|io\\.netty|\\.java");

  /** Between two bytes of what comes slowly. */
  private static final int PAUSE_MILLIS = 20;

  private final Scene scene;
  private final Socket plain;
  private Socket socket;
  private PushbackInputStream pushback;
  private DataInputStream in;
  private Speech speech = Speech.HTTP;
  private boolean binary;
  private boolean answersPings = true;
  private boolean answersCloses = true;
  private @Nullable Message welcome;
  private @Nullable String peeked;

  /** What is spoken on the connection. */
  private enum Speech {
    HTTP,
    WEB_SOCKET,
    TLS
  }

  Intruder(Scene scene) throws IOException {
    this.scene = scene;
    this.plain = scene.node().socket();
    this.socket = plain;
    this.pushback = new PushbackInputStream(plain.getInputStream());
    this.in = new DataInputStream(pushback);
    if (scene.certificates() != null) {
      speech = Speech.TLS;
    }
  }

  Scene scene() {
    return scene;
  }

  Socket socket() {
    return socket;
  }

  /** Does the handshake of TLS as it should be; before it, bytes go out as they are. */
  Intruder secure(String protocol) throws IOException {
    if (scene.certificates() != null && speech == Speech.TLS) {
      socket = scene.secure(plain, scene.certificates(), protocol);
      pushback = new PushbackInputStream(socket.getInputStream());
      in = new DataInputStream(pushback);
      speech = Speech.HTTP;
    }
    return this;
  }

  /** Turns the connection into one of WebSocket. */
  HttpAnswer upgrade(String... headers) throws IOException {
    secure("TLSv1.3");
    raw(String.join("\r\n", WebSocketClient.request(headers)) + "\r\nHost: a\r\n\r\n");
    HttpAnswer answer = HttpAnswer.read(in, true);
    assertEquals(101, answer.status());
    speech = Speech.WEB_SOCKET;
    return answer;
  }

  /** From here on the connection is one of WebSocket, whatever was said. */
  void upgraded() {
    speech = Speech.WEB_SOCKET;
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

  void send(ClientMessage.Builder message) throws IOException {
    send(new Frame(Frame.FIN | Frame.BINARY, message.build().toByteArray()));
  }

  /** Says hello and joins, by request 1. */
  void join(String room) throws IOException {
    hello();
    say("{'type':'join','id':1,'room':'" + room + "'}");
    assertEquals("joined", reply());
  }

  /** The welcome that was heard last. */
  Message welcome() {
    if (welcome == null) {
      throw new AssertionError("no welcome was heard");
    }
    return welcome;
  }

  /** Goes on with what another connection heard. */
  void heard(Message other) {
    welcome = other;
  }

  /** Pings go unanswered from here on. */
  void ignorePings() {
    answersPings = false;
  }

  /** Close frames go unanswered from here on. */
  void ignoreCloses() {
    answersCloses = false;
  }

  void raw(byte[] bytes) throws IOException {
    secure("TLSv1.3");
    socket.getOutputStream().write(bytes);
  }

  void raw(String text) throws IOException {
    raw(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Past TLS, where there is any. */
  void plain(byte[] bytes) throws IOException {
    plain.getOutputStream().write(bytes);
  }

  /** The client's side of the connection ends. */
  void endPlain() throws IOException {
    plain.shutdownOutput();
  }

  void send(Frame... frames) throws IOException {
    for (Frame frame : frames) {
      raw(frame.masked());
    }
  }

  void say(String... messages) throws IOException {
    for (String message : messages) {
      send(Frame.text(message.replace('\'', '"')));
    }
  }

  /**
   * Sums up what the server says next: a message's type or an error's code, a close frame, an HTTP
   * status, an alert of TLS, or the end.
   */
  String reply() throws IOException {
    String kept = peeked;
    peeked = null;
    return kept == null ? heard() : kept;
  }

  /**
   * Takes replies of one kind, as many as there are, up to a number.
   *
   * @return how many there were
   */
  int skipWhile(String kind, int most) throws IOException {
    for (int skipped = 0; skipped < most; skipped++) {
      String reply = reply();
      if (!reply.equals(kind)) {
        peeked = reply;
        return skipped;
      }
    }
    return most;
  }

  private String heard() throws IOException {
    try {
      return switch (speech) {
        case HTTP -> "HTTP " + HttpAnswer.read(in, true).status();
        case WEB_SOCKET -> message(frame());
        case TLS -> alert();
      };
    } catch (SocketTimeoutException silence) {
      return "nothing";
    } catch (IOException ended) {
      return END;
    }
  }

  private String alert() throws IOException {
    int type = in.readUnsignedByte();
    in.readUnsignedShort();
    byte[] fragment = new byte[in.readUnsignedShort()];
    in.readFully(fragment);
    return type == Alerts.CONTENT_TYPE ? "alert " + Alerts.name(fragment[1]) : "record " + type;
  }

  private Frame frame() throws IOException {
    while (true) {
      Frame frame = Frame.read(in);
      if (!answered(frame)) {
        return frame;
      }
    }
  }

  /** Whether it was a ping; answers it where pings are answered. */
  private boolean answered(Frame frame) throws IOException {
    boolean ping = frame.opcode() == Frame.PING;
    if (ping && answersPings) {
      send(new Frame(Frame.FIN | Frame.PONG, frame.payload()));
    }
    return ping;
  }

  private String message(Frame frame) throws IOException {
    return switch (frame.opcode()) {
      case Frame.CLOSE -> {
        assertHarmless(frame.text());
        answerClose(frame);
        yield "close " + frame.closeCode();
      }
      case Frame.PONG -> "pong frame";
      case Frame.TEXT -> json(Message.of(frame.text()));
      default -> binary(ServerMessage.parseFrom(frame.payload()));
    };
  }

  private void answerClose(Frame close) {
    if (!answersCloses) {
      return;
    }
    try {
      send(new Frame(Frame.FIN | Frame.CLOSE, close.payload()));
    } catch (IOException closedAlready) {
      // Whoever closed first needs no answer.
    }
  }

  private String json(Message message) {
    String type = message.text("type");
    if (type.equals("welcome")) {
      welcome = message;
    }
    return type.equals("error")
        ? error(message.text("code"), message.text("message"), message.flag("retry"))
        : type;
  }

  private static String binary(ServerMessage message) {
    return message.hasError()
        ? error(
            message.getError().getCode(),
            message.getError().getMessage(),
            message.getError().getRetry())
        : message.getMessageCase().name().toLowerCase(Locale.ROOT);
  }

  private static String error(String code, String message, boolean retry) {
    assertEquals(Code.valueOf(code).retry(), retry, code);
    assertFalse(message.isBlank());
    assertHarmless(message);
    return code;
  }

  private static void assertHarmless(String shown) {
    assertFalse(INSIDE.matcher(shown).find(), shown);
  }

  /** The connection serves what comes next. */
  void assertServed() throws IOException {
    if (speech == Speech.HTTP) {
      raw("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");
      assertEquals("HTTP 200", reply());
    } else if (binary) {
      send(ClientMessage.newBuilder().setPing(ClientMessage.Ping.getDefaultInstance()));
      assertEquals("pong", reply());
    } else {
      say("{'type':'ping'}");
      assertEquals("pong", reply());
    }
  }

  /** Sends bytes one by one, a while apart, until the server says something. */
  void trickle(byte[] bytes) throws IOException {
    for (int i = 0; i < bytes.length && isQuiet(); i++) {
      plainOrSecure(bytes[i]);
    }
  }

  private void plainOrSecure(byte single) throws IOException {
    byte[] one = {single};
    if (speech == Speech.TLS) {
      plain(one);
    } else {
      raw(one);
    }
  }

  /** Sends the same again and again, a while apart, until the server says more than pong. */
  void repeat(byte[] bytes, int times) throws IOException {
    String reply = "pong frame";
    for (int i = 0; i < times && reply.equals("pong frame"); i++) {
      raw(bytes);
      reply = isQuiet() ? reply : reply();
    }
    peeked = reply;
  }

  /** Waits a while for the server to say something but a ping; false where it does. */
  private boolean isQuiet() throws IOException {
    int patience = socket.getSoTimeout();
    socket.setSoTimeout(PAUSE_MILLIS);
    try {
      int next = in.read();
      if (next >= 0) {
        pushback.unread(next);
      }
      if (speech != Speech.WEB_SOCKET || next != (Frame.FIN | Frame.PING)) {
        return false;
      }
    } catch (SocketTimeoutException quiet) {
      return true;
    } finally {
      socket.setSoTimeout(patience);
    }
    return answered(Frame.read(in));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
