package dev.starling.crdt;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An immutable run of bytes: a window on an array that nobody writes to any more. Making one copies
 * nothing; a window that is kept for long is {@link #compact() compacted} first, so that it doesn't
 * hold on to the frame it came in.
 */
public final class Bytes {
  /** No bytes. */
  public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

  private final byte[] array;
  private final int offset;
  private final int length;

  private Bytes(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /** A window on {@code array}, which the caller must not write to again. */
  public static Bytes wrap(byte[] array, int offset, int length) {
    if ((offset | length) < 0 || offset > array.length - length) {
      throw new IndexOutOfBoundsException(offset + "+" + length + " of " + array.length);
    }
    return new Bytes(array, offset, length);
  }

  /** A window on a whole array, which the caller must not write to again. */
  public static Bytes wrap(byte[] array) {
    return new Bytes(array, 0, array.length);
  }

  /** The UTF-8 form of {@code text}. */
  public static Bytes utf8(String text) {
    return wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The array under the window; read only. */
  public byte[] array() {
    return array;
  }

  /** Where the window starts in {@link #array()}. */
  public int offset() {
    return offset;
  }

  /** How many bytes. */
  public int length() {
    return length;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return length == 0;
  }

  /** The same bytes in an array of just their size. */
  public Bytes compact() {
    return length == array.length ? this : wrap(toArray());
  }

  /** A copy of the bytes. */
  public byte[] toArray() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  /** The bytes read as UTF-8. */
  public String text() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that
        && Arrays.equals(
            array, offset, offset + length, that.array, that.offset, that.offset + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  /** The length alone: contents are the users' own and don't belong in a log. */
  @Override
  public String toString() {
    return length + " bytes";
  }
}
