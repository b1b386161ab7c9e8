package dev.starling.server.edge.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.starling.core.protocol.Code;
import dev.starling.crdt.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * An answer of the API: JSON, or nothing.
 *
 * @param headers beside those that every answer has
 */
public record ApiAnswer(int status, Map<String, String> headers, Bytes body) {
  private static final String RETRY_AFTER_SECONDS = "1";

  static ApiAnswer json(int status, JsonNode body) {
    byte[] text = body.toString().getBytes(StandardCharsets.UTF_8);
    return new ApiAnswer(status, Map.of(), Bytes.wrap(text));
  }

  static ApiAnswer empty() {
    return new ApiAnswer(204, Map.of(), Bytes.utf8(""));
  }

  /** A refusal under the status that goes with its code. */
  public static ApiAnswer refused(Code code, String message) {
    return refused(status(code), code, message);
  }

  static ApiAnswer refused(int status, Code code, String message) {
    JsonNode body =
        JsonNodeFactory.instance.objectNode().put("code", code.name()).put("message", message);
    ApiAnswer answer = json(status, body);
    return switch (status) {
      case 401 -> answer.with("www-authenticate", "Bearer");
      case 429, 503 -> answer.with("retry-after", RETRY_AFTER_SECONDS);
      default -> answer;
    };
  }

  ApiAnswer with(String name, String value) {
    Map<String, String> all = new TreeMap<>(headers);
    all.put(name, value);
    return new ApiAnswer(status, all, body);
  }

  private static int status(Code code) {
    return switch (code) {
      case MALFORMED -> 400;
      case UNAUTHENTICATED, TOKEN_EXPIRED, REVOKED -> 401;
      case FORBIDDEN -> 403;
      case NO_SUCH_ROOM, NO_SUCH_MEMBER -> 404;
      case ROOM_EXISTS -> 409;
      case TOO_LARGE -> 413;
      case RATE_LIMITED -> 429;
      case BUSY, OVERLOADED, DRAINING -> 503;
      case INDETERMINATE -> 504;
      case INTERNAL -> 500;
      default -> 422;
    };
  }
}
