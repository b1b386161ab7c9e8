package dev.starling.server.hostile;

import java.util.List;

/**
 * A kind of hostile input.
 *
 * @param title for readers
 * @param secured whether its node speaks TLS
 * @param settings of its node, beside those that all classes share
 * @param rows the inputs
 */
record HostileClass(String title, boolean secured, List<String> settings, List<HostileInput> rows) {

  static final List<HostileClass> ALL =
      List.of(
          plain("WebSocket framing", FramingInputs.ROWS),
          plain("UTF-8", Utf8Inputs.ROWS),
          plain("Compression", CompressionInputs.ROWS),
          plain("HTTP and headers", HttpInputs.ROWS),
          new HostileClass("TLS", true, List.of("limits.headerMs=1000"), TlsInputs.ROWS),
          plain("JSON shape and depth", JsonInputs.ROWS),
          plain("Protobuf", ProtobufInputs.ROWS),
          plain("Tokens", TokenInputs.ROWS),
          plain("Ids and replay", IdInputs.ROWS),
          plain("Sizes and rates", SizeInputs.ROWS),
          plain(
              "Slowness",
              SlowInputs.ROWS,
              "limits.headerMs=1000",
              "limits.handshakeMs=1000",
              "session.heartbeatMs=1000",
              "limits.messagesPerSecond=1000000",
              "limits.messageBurst=1000000",
              "limits.bytesPerSecond=1000000000"),
          plain("State and order", OrderInputs.ROWS));

  private static HostileClass plain(String title, List<HostileInput> rows, String... settings) {
    return new HostileClass(title, false, List.of(settings), rows);
  }

  @Override
  public String toString() {
    return title;
  }
}
