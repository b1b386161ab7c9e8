package dev.starling.server.edge;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;

/** A connection to the path that echoes, read frame by frame. */
record EchoPeer(Socket socket, DataInputStream in, HttpAnswer answer) implements AutoCloseable {
  static EchoPeer of(TestNode node, String... headers) throws IOException {
    String[] request = WebSocketClient.request(headers);
    request[0] = "GET /conformance/ws HTTP/1.1";
    Socket socket = node.socket();
    HttpAnswer answer = HttpAnswer.ask(socket, request);
    if (answer.status() != 101) {
      throw new IOException("no upgrade: " + answer);
    }
    return new EchoPeer(socket, new DataInputStream(socket.getInputStream()), answer);
  }

  /** Sends frames together: the first may end the connection. */
  void send(Frame... frames) throws IOException {
    ByteArrayOutputStream together = new ByteArrayOutputStream();
    for (Frame frame : frames) {
      together.writeBytes(frame.masked());
    }
    socket.getOutputStream().write(together.toByteArray());
  }

  Frame next() throws IOException {
    return Frame.read(in);
  }

  /** Reads on to the close frame. */
  int closeCode() throws IOException {
    Frame frame = next();
    while (frame.opcode() != Frame.CLOSE) {
      frame = next();
    }
    return frame.closeCode();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
