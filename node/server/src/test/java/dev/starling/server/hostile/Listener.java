package dev.starling.server.hostile;

import dev.starling.proto.v1.ServerMessage;
import dev.starling.server.edge.Frame;
import dev.starling.server.edge.HttpAnswer;
import dev.starling.server.edge.Message;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The hearing half of an intruder. What it waits for must come within the socket's own bound. One
 * thread at a time.
 */
abstract class Listener {
  /** What {@link #reply} says at the end of the connection. */
  static final String END = "end";

  /** Between two bytes of what comes slowly. */
  private static final int PAUSE_MILLIS = 20;

  private Socket socket;
  private PushbackInputStream pushback;
  private DataInputStream in;
  private Speech speech;
  private boolean answersPings = true;
  private boolean answersCloses = true;
  private @Nullable Message welcome;
  private @Nullable String peeked;

  /** What is spoken on the connection. */
  enum Speech {
    TLS,
    HTTP,
    WEB_SOCKET
  }

  Listener(Socket socket, Speech speech) throws IOException {
    this.socket = socket;
    this.pushback = new PushbackInputStream(socket.getInputStream());
    this.in = new DataInputStream(pushback);
    this.speech = speech;
  }

  abstract void send(Frame... frames) throws IOException;

  /** Goes on within another socket. */
  final void turnTo(Socket layer, Speech next) throws IOException {
    socket = layer;
    pushback = new PushbackInputStream(layer.getInputStream());
    in = new DataInputStream(pushback);
    speech = next;
  }

  /** From here on the connection is one of WebSocket, whatever was said. */
  final void upgraded() {
    speech = Speech.WEB_SOCKET;
  }

  final Socket socket() {
    return socket;
  }

  final Speech speech() {
    return speech;
  }

  /** Pings go unanswered from here on. */
  final void ignorePings() {
    answersPings = false;
  }

  /** Close frames go unanswered from here on. */
  final void ignoreCloses() {
    answersCloses = false;
  }

  /** The welcome that was heard last. */
  final Message welcome() {
    if (welcome == null) {
      throw new AssertionError("no welcome was heard");
    }
    return welcome;
  }

  /** Goes on with what another connection heard. */
  final void heard(Message other) {
    welcome = other;
  }

  final HttpAnswer httpAnswer() throws IOException {
    return HttpAnswer.read(in, true);
  }

  /**
   * Sums up what the server says next: a message's type or an error's code, a close frame, an HTTP
   * status, an alert of TLS, or the end.
   */
  final String reply() throws IOException {
    String kept = peeked;
    peeked = null;
    return kept == null ? hear() : kept;
  }

  /** The next reply is one that was taken before. */
  final void putBack(String reply) {
    peeked = reply;
  }

  /** Whether a reply was put back. */
  final boolean hasReply() {
    return peeked != null;
  }

  /**
   * Takes replies of one kind, as many as there are, up to a number.
   *
   * @return how many there were
   */
  final int skipWhile(String kind, int most) throws IOException {
    for (int skipped = 0; skipped < most; skipped++) {
      String reply = reply();
      if (!reply.equals(kind)) {
        putBack(reply);
        return skipped;
      }
    }
    return most;
  }

  private String hear() throws IOException {
    try {
      return switch (speech) {
        case HTTP -> "HTTP " + httpAnswer().status();
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
    return Summary.ofRecord(type, fragment);
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
        answerClose(frame);
        yield Summary.ofClose(frame);
      }
      case Frame.PONG -> "pong frame";
      case Frame.TEXT -> text(Message.of(frame.text()));
      default -> Summary.of(ServerMessage.parseFrom(frame.payload()));
    };
  }

  private String text(Message message) {
    String summary = Summary.of(message);
    if (summary.equals("welcome")) {
      welcome = message;
    }
    return summary;
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

  /** Waits a while for the server to say something but a ping; false where it does. */
  final boolean isQuiet() throws IOException {
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
    } catch (IOException ended) {
      return false;
    } finally {
      socket.setSoTimeout(patience);
    }
    return answered(Frame.read(in));
  }
}
