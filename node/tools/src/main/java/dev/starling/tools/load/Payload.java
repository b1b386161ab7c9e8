package dev.starling.tools.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/**
 * What a message carries, in every form of the protocol: a JSON object with its sender, its
 * sequence and when it was to be sent, and then a step of the script.
 */
final class Payload {
  private static final byte[] SENDER = "s".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SEQUENCE = "n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TIME = "t".getBytes(StandardCharsets.US_ASCII);

  private final JsonFields fields = new JsonFields();

  /**
   * Appends it.
   *
   * @param sender the index of the client that sends it
   */
  static void write(ByteBuf out, int sender, Request request) {
    put(out, "{\"s\":");
    put(out, Integer.toString(sender));
    put(out, ",\"n\":");
    put(out, Long.toString(request.id()));
    put(out, ",\"t\":");
    put(out, Long.toString(request.intendedNanos()));
    out.writeByte(',').writeBytes(Script.payload(request.kind(), request.step()));
  }

  /** Reads it and tells of it; what isn't from a client of this program is nobody's. */
  void read(Kind kind, byte[] source, int start, int length, Inbound inbound) {
    fields.read(source, start, length);
    if (fields.find(SENDER) >= 0 && fields.find(SEQUENCE) >= 0) {
      inbound.delivered(
          kind, (int) fields.number(SENDER), fields.number(SEQUENCE), fields.number(TIME));
    }
  }

  private static void put(ByteBuf out, String ascii) {
    ByteBufUtil.writeAscii(out, ascii);
  }
}
