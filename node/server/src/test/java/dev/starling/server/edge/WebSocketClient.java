package dev.starling.server.edge;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A WebSocket client made by hand. Reads wait for as long as the socket's own bound; one thread at
 * a time.
 */
public final class WebSocketClient implements AutoCloseable {
  static final int CUT_OFF = -1;
  private static final int NO_CODE = 1005;
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  private final Socket socket;
  private final DataInputStream in;
  private boolean answersPings = true;

  private WebSocketClient(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
  }

  /** Upgrades a connection, with further header lines. */
  static WebSocketClient upgrade(Socket socket, String... headers) throws IOException {
    HttpAnswer answer = HttpAnswer.ask(socket, request(headers));
    if (answer.status() != 101) {
      throw new IOException("no upgrade: " + answer);
    }
    return new WebSocketClient(socket);
  }

  /** The lines of a request to upgrade, without its end. */
  public static String[] request(String... headers) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "GET /v1/ws HTTP/1.1",
                "Upgrade: websocket",
                "Connection: keep-alive, Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: " + KEY));
    lines.addAll(List.of(headers));
    return lines.toArray(String[]::new);
  }

  void send(Frame... frames) throws IOException {
    for (Frame frame : frames) {
      sendRaw(frame.masked());
    }
  }

  void send(String text) throws IOException {
    send(Frame.text(text));
  }

  void sendRaw(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** Pings go unanswered from here on. */
  void ignorePings() {
    answersPings = false;
  }

  /** The next frame of any kind. */
  Frame frame() throws IOException {
    return Frame.read(in);
  }

  /** The next text or close frame. */
  Frame message() throws IOException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TestNode.PATIENCE_MILLIS);
    Frame frame = frame();
    while (frame.opcode() == Frame.PING || frame.opcode() == Frame.PONG) {
      if (System.nanoTime() > end) {
        throw new SocketTimeoutException("nothing but signs of life");
      }
      if (answersPings && frame.opcode() == Frame.PING) {
        send(new Frame(Frame.FIN | Frame.PONG, frame.text().getBytes(StandardCharsets.UTF_8)));
      }
      frame = frame();
    }
    return frame;
  }

  /**
   * Reads to the close frame and answers it; its code, or {@link #CUT_OFF} where the connection
   * ends without.
   */
  int closeCode() {
    try {
      Frame frame = message();
      while (frame.opcode() != Frame.CLOSE) {
        frame = message();
      }
      answerClose(frame.closeCode());
      return frame.closeCode();
    } catch (SocketTimeoutException stillOpen) {
      throw new AssertionError("the connection stayed open", stillOpen);
    } catch (IOException cutOff) {
      return CUT_OFF;
    }
  }

  private void answerClose(int code) {
    try {
      send(code == NO_CODE ? Frame.closeWithoutCode() : Frame.close(code));
    } catch (IOException gone) {
      // Whoever closed first needs no answer.
    }
  }

  /** Ends the connection without a word of WebSocket. */
  @Override
  public void close() throws IOException {
    socket.close();
  }

  Socket socket() {
    return socket;
  }
}
