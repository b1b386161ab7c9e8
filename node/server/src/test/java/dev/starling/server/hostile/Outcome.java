package dev.starling.server.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.starling.core.protocol.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What must come of a hostile input.
 *
 * @param replies the server's, in order, as {@link Intruder#reply} sums them up
 * @param stays whether the connection goes on as if nothing had happened
 */
record Outcome(List<String> replies, boolean stays) {

  /** The connection is closed by a WebSocket code alone. */
  static Outcome closes(int code) {
    return new Outcome(List.of("close " + code, Intruder.END), false);
  }

  /** A code is said, and the connection is closed with its close code. */
  static Outcome closes(Code code) {
    return closesAfter(code);
  }

  /** The same, after other replies. */
  static Outcome closesAfter(Code code, Object... replies) {
    return new Outcome(
        Stream.concat(
                Arrays.stream(replies).map(Object::toString),
                Stream.of(code.name(), "close " + code.closeCode(), Intruder.END))
            .toList(),
        false);
  }

  /** Answers come, and the connection stays; a code or a type for each. */
  static Outcome stays(Object... replies) {
    return new Outcome(Arrays.stream(replies).map(Object::toString).toList(), true);
  }

  /** A request is answered, and the connection takes the next one. */
  static Outcome http(int status) {
    return new Outcome(List.of("HTTP " + status), true);
  }

  /** A request is answered, and the connection ends. */
  static Outcome httpLast(int status) {
    return new Outcome(List.of("HTTP " + status, Intruder.END), false);
  }

  /** The connection ends without an answer. */
  static Outcome ends() {
    return new Outcome(List.of(Intruder.END), false);
  }

  /** The connection ends with a fatal alert of TLS (RFC 8446, section 6). */
  static Outcome alert(String name) {
    return new Outcome(List.of("alert " + name, Intruder.END), false);
  }

  /** The same, with an alert that differs between libraries of TLS. */
  static Outcome anyAlert() {
    return new Outcome(List.of("alert", Intruder.END), false);
  }

  /** Fails where anything else came of it. */
  void verify(Intruder intruder) throws IOException {
    List<String> seen = new ArrayList<>();
    for (String expected : replies) {
      String reply = intruder.reply();
      seen.add(expected.equals("alert") && reply.startsWith("alert ") ? expected : reply);
      if (!seen.getLast().equals(expected)) {
        break;
      }
    }
    assertEquals(replies, seen);
    if (stays) {
      intruder.assertServed();
    }
  }

  /** For the table that people read. */
  String text() {
    String said =
        replies.stream()
            .filter(reply -> !reply.equals(Intruder.END))
            .map(reply -> reply.startsWith("close ") ? "closed with " + reply.substring(6) : reply)
            .map(reply -> Character.isLowerCase(reply.charAt(0)) ? reply : "`" + reply + "`")
            .map(reply -> reply.startsWith("`HTTP") ? reply.replace("`", "") : reply)
            .collect(Collectors.joining(", "));
    String end = stays ? "stays open" : said.contains("closed with") ? "" : "the connection ends";
    return Stream.of(said, end).filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
  }
}
