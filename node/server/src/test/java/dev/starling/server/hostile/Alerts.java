package dev.starling.server.hostile;

import java.util.Map;

/** The alerts of TLS (RFC 8446, appendix B.2) that this table speaks of. */
final class Alerts {
  static final int CONTENT_TYPE = 21;

  private static final Map<Integer, String> NAMES =
      Map.of(
          10, "unexpected_message",
          20, "bad_record_mac",
          22, "record_overflow",
          40, "handshake_failure",
          47, "illegal_parameter",
          50, "decode_error",
          70, "protocol_version",
          80, "internal_error",
          109, "missing_extension");

  private Alerts() {}

  static String name(int description) {
    return NAMES.getOrDefault(description, Integer.toString(description));
  }
}
