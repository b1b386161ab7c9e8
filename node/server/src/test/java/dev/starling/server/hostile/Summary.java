package dev.starling.server.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.starling.core.protocol.Code;
import dev.starling.proto.v1.ServerMessage;
import dev.starling.server.edge.Frame;
import dev.starling.server.edge.Message;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What the server says in a word or two. Fails where it says what it never should. */
final class Summary {
  /** What no client may be shown of the server's inside. */
  private static final Pattern INSIDE =
      Pattern.compile("Exception|\\bat dev\\.|io\\.netty|\\.java");

  private static final int ALERT = 21;

  /** Those that the table speaks of (RFC 8446, appendix B.2). */
  private static final Map<Integer, String> ALERTS =
      Map.of(
          10, "unexpected_message",
          20, "bad_record_mac",
          22, "record_overflow",
          47, "illegal_parameter",
          50, "decode_error",
          70, "protocol_version",
          80, "internal_error",
          109, "missing_extension");

  private Summary() {}

  static String of(Message message) {
    String type = message.text("type");
    return type.equals("error")
        ? error(message.text("code"), message.text("message"), message.flag("retry"))
        : type;
  }

  static String of(ServerMessage message) {
    return message.hasError()
        ? error(
            message.getError().getCode(),
            message.getError().getMessage(),
            message.getError().getRetry())
        : message.getMessageCase().name().toLowerCase(Locale.ROOT);
  }

  static String ofClose(Frame close) {
    assertHarmless(close.text());
    return "close " + close.closeCode();
  }

  static String ofRecord(int type, byte[] fragment) {
    return type == ALERT
        ? "alert " + ALERTS.getOrDefault((int) fragment[1], Integer.toString(fragment[1]))
        : "record " + type;
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
}
