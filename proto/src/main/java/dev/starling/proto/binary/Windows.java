package dev.starling.proto.binary;

import com.google.protobuf.ByteOutput;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.starling.crdt.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** Bytes between this project's form and Protobuf's without a copy where the array is known. */
public final class Windows {
  private Windows() {}

  /** Bytes that share the array under a string read with aliasing. */
  public static Bytes of(ByteString string) {
    Catcher catcher = new Catcher();
    try {
      UnsafeByteOperations.unsafeWriteTo(string, catcher);
    } catch (IOException memoryDoesNotFail) {
      throw new UncheckedIOException(memoryDoesNotFail);
    }
    return catcher.caught;
  }

  /** A string that shares the array; nobody writes to it any more. */
  public static ByteString of(Bytes bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes.array(), bytes.offset(), bytes.length());
  }

  /** Takes what is written; a string read from one array is written in one piece. */
  private static final class Catcher extends ByteOutput {
    private Bytes caught = Bytes.EMPTY;

    @Override
    public void write(byte value) {
      write(new byte[] {value}, 0, 1);
    }

    @Override
    public void write(byte[] value, int offset, int length) {
      caught = Bytes.wrap(Bytes.wrap(value, offset, length).toArray());
    }

    @Override
    public void writeLazy(byte[] value, int offset, int length) {
      caught = Bytes.wrap(value, offset, length);
    }

    @Override
    public void write(ByteBuffer value) {
      byte[] copy = new byte[value.remaining()];
      value.get(copy);
      caught = Bytes.wrap(copy);
    }

    @Override
    public void writeLazy(ByteBuffer value) {
      write(value);
    }
  }
}
