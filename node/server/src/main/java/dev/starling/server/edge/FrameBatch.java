package dev.starling.server.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import org.jspecify.annotations.Nullable;

/**
 * Puts a server's frames (RFC 6455, section 5.2: whole messages, not masked) one behind the other
 * into one buffer, so that all frames of a turn are one write, one system call and one TLS record.
 * Holds nothing between turns. Used on the channel's loop only.
 */
final class FrameBatch {
  static final int TEXT = 0x1;
  static final int BINARY = 0x2;
  static final int PING = 0x9;
  static final int PONG = 0xA;

  private static final int CLOSE = 0x8;
  private static final int FINAL = 0x80;
  private static final int SHORT_LENGTH = 126;
  private static final int LONG_LENGTH = 127;
  private static final int LONGEST_SHORT = 0xFFFF;
  private static final int MOST_HEADER_BYTES = 10;
  private static final int SMALLEST = 256;

  /** What fits into one TLS record; more is handed over at once. */
  private static final int FULL = 16 * 1024;

  private final Channel channel;
  private @Nullable ByteBuf frames;

  FrameBatch(Channel channel) {
    this.channel = channel;
  }

  /** How many bytes wait here. */
  int bytes() {
    return frames == null ? 0 : frames.readableBytes();
  }

  /** Appends a frame. */
  void add(int opcode, byte[] payload, int length) {
    ByteBuf out = begin(opcode, length);
    out.writeBytes(payload, 0, length);
    handOverIfFull(out);
  }

  /** Appends a frame; the payload stays its caller's. */
  void add(int opcode, ByteBuf payload) {
    ByteBuf out = begin(opcode, payload.readableBytes());
    out.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
    handOverIfFull(out);
  }

  /** Everything that waits here and a close frame behind it, for whoever writes it. */
  ByteBuf end(CloseWebSocketFrame close) {
    ByteBuf out = begin(CLOSE, close.content().readableBytes());
    out.writeBytes(close.content());
    close.release();
    frames = null;
    return out;
  }

  private ByteBuf begin(int opcode, int length) {
    ByteBuf out = frames;
    if (out == null) {
      int bytes = Math.max(SMALLEST, length + MOST_HEADER_BYTES);
      out = PooledByteBufAllocator.DEFAULT.directBuffer(bytes);
      frames = out;
    }
    // All of it or nothing: half a frame would spoil what follows.
    out.ensureWritable(length + MOST_HEADER_BYTES);
    out.writeByte(FINAL | opcode);
    if (length < SHORT_LENGTH) {
      out.writeByte(length);
    } else if (length <= LONGEST_SHORT) {
      out.writeByte(SHORT_LENGTH).writeShort(length);
    } else {
      out.writeByte(LONG_LENGTH).writeLong(length);
    }
    return out;
  }

  private void handOverIfFull(ByteBuf out) {
    if (out.readableBytes() >= FULL) {
      handOver();
    }
  }

  /** Gives what is here to the channel, which writes it with its next flush. */
  void handOver() {
    ByteBuf full = frames;
    frames = null;
    if (full == null) {
      return;
    }
    if (channel.isOpen()) {
      channel.write(full, channel.voidPromise());
    } else {
      full.release();
    }
  }

  /** Forgets what is here: the channel is closed. */
  void drop() {
    if (frames != null) {
      frames.release();
      frames = null;
    }
  }
}
