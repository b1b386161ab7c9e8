package dev.starling.server.edge;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A WebSocket frame (RFC 6455, section 5.2) that may break any rule. Immutable. */
public final class Frame {
  public static final int FIN = 0x80;
  public static final int RSV1 = 0x40;
  public static final int CONTINUATION = 0;
  public static final int TEXT = 1;
  public static final int BINARY = 2;
  public static final int CLOSE = 8;
  public static final int PING = 9;
  public static final int PONG = 10;

  private static final int MASKED = 0x80;
  private static final int SHORT_LENGTH = 126;
  private static final int LONG_LENGTH = 127;
  private static final byte[] MASK = {0x5a, 0x01, (byte) 0xff, 0x13};

  private final int head;
  private final byte[] payload;

  /**
   * @param head the first byte: FIN, reserved bits and the opcode
   */
  public Frame(int head, byte[] payload) {
    this.head = head;
    this.payload = payload.clone();
  }

  public static Frame text(String text) {
    return new Frame(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A part of a message; {@code opcode} is TEXT for the first and CONTINUATION for the others. */
  public static Frame part(int opcode, String text) {
    return new Frame(opcode, text.getBytes(StandardCharsets.UTF_8));
  }

  public static Frame ping(String payload) {
    return new Frame(FIN | PING, payload.getBytes(StandardCharsets.UTF_8));
  }

  public static Frame close(int code) {
    return new Frame(FIN | CLOSE, ByteBuffer.allocate(Short.BYTES).putShort((short) code).array());
  }

  static Frame closeWithoutCode() {
    return new Frame(FIN | CLOSE, new byte[0]);
  }

  public byte[] payload() {
    return payload.clone();
  }

  public int opcode() {
    return head & 0x0f;
  }

  public String text() {
    return new String(payload, StandardCharsets.UTF_8);
  }

  /** A close frame's code; 1005 where it has none. */
  public int closeCode() {
    return payload.length < Short.BYTES
        ? 1005
        : Short.toUnsignedInt(ByteBuffer.wrap(payload).getShort());
  }

  /** As a client must send it. */
  public byte[] masked() {
    return encoded(MASKED, MASK);
  }

  /** As only a server may send it. */
  public byte[] unmasked() {
    return encoded(0, new byte[0]);
  }

  private byte[] encoded(int maskBit, byte[] mask) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(head);
    if (payload.length < SHORT_LENGTH) {
      out.write(maskBit | payload.length);
    } else if (payload.length <= 0xffff) {
      out.write(maskBit | SHORT_LENGTH);
      out.writeBytes(ByteBuffer.allocate(Short.BYTES).putShort((short) payload.length).array());
    } else {
      out.write(maskBit | LONG_LENGTH);
      out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(payload.length).array());
    }
    out.writeBytes(mask);
    for (int i = 0; i < payload.length; i++) {
      out.write(mask.length == 0 ? payload[i] : payload[i] ^ mask[i % mask.length]);
    }
    return out.toByteArray();
  }

  /** Reads one from a server. */
  public static Frame read(DataInputStream in) throws IOException {
    int head = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    if (second >= MASKED) {
      throw new IOException("a server must not mask");
    }
    long length =
        switch (second) {
          case SHORT_LENGTH -> in.readUnsignedShort();
          case LONG_LENGTH -> in.readLong();
          default -> second;
        };
    byte[] payload = new byte[Math.toIntExact(length)];
    in.readFully(payload);
    return new Frame(head, payload);
  }

  @Override
  public String toString() {
    return "Frame[" + opcode() + ", " + (opcode() == CLOSE ? closeCode() : text()) + "]";
  }
}
