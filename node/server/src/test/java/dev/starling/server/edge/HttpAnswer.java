package dev.starling.server.edge;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an HTTP request was answered.
 *
 * @param headers by name in lower case
 */
public record HttpAnswer(int status, Map<String, String> headers, String body) {

  /** Sends a request, given line by line without its end, over a connection that stays open. */
  static HttpAnswer ask(Socket socket, String... lines) throws IOException {
    return ask(socket, new byte[0], lines);
  }

  /** The same with a body, whose length the lines say. */
  static HttpAnswer ask(Socket socket, byte[] body, String... lines) throws IOException {
    String text = String.join("\r\n", lines) + "\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().write(body);
    return read(new DataInputStream(socket.getInputStream()), !lines[0].startsWith("HEAD"));
  }

  /** Sends a request over a connection of its own. */
  static HttpAnswer ask(TestNode node, String... lines) throws IOException {
    try (Socket socket = node.socket()) {
      return ask(socket, lines);
    }
  }

  public static HttpAnswer read(DataInputStream in, boolean withBody) throws IOException {
    int status = Integer.parseInt(line(in).split(" ", 3)[1]);
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String[] parts = line.split(":", 2);
      headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
    }
    boolean bodiless = !withBody || status == 304 || status < 200;
    int length = bodiless ? 0 : Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = new byte[length];
    in.readFully(body);
    return new HttpAnswer(status, headers, new String(body, StandardCharsets.UTF_8));
  }

  public @Nullable String header(String name) {
    return headers.get(name);
  }

  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection ended before an answer came");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }
}
