package dev.starling.crdt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class BytesTest {
  private final byte[] frame = {1, 2, 3, 4, 5};

  @Test
  void windowCopiesNothing() {
    assertSame(frame, Bytes.wrap(frame, 1, 3).array());
  }

  @Test
  void windowsWithTheSameBytesAreEqual() {
    Bytes window = Bytes.wrap(frame, 1, 3);
    Bytes whole = Bytes.wrap(new byte[] {2, 3, 4});
    assertEquals(whole, window);
    assertEquals(whole.hashCode(), window.hashCode());
    assertNotEquals(Bytes.wrap(frame, 0, 3), window);
  }

  @Test
  void compactedWindowLetsGoOfItsFrame() {
    Bytes kept = Bytes.wrap(frame, 1, 3).compact();
    assertArrayEquals(new byte[] {2, 3, 4}, kept.array());
    assertSame(kept, kept.compact());
  }

  @Test
  void windowBeyondTheArrayIsRefused() {
    assertThrows(IndexOutOfBoundsException.class, () -> Bytes.wrap(frame, 3, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> Bytes.wrap(frame, -1, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> Bytes.wrap(frame, 2, -1));
    assertThrows(IndexOutOfBoundsException.class, () -> Bytes.wrap(frame, Integer.MAX_VALUE, 2));
  }

  @Test
  void contentsStayOutOfLogs() {
    assertEquals("6 bytes", Bytes.utf8("secret").toString());
    assertFalse(new Content(Content.JSON, Bytes.utf8("secret")).toString().contains("secret"));
  }

  @Test
  void textIsReadBackAsItWasWritten() {
    assertEquals("zażółć 🐦", Bytes.utf8("zażółć 🐦").text());
    assertTrue(Bytes.EMPTY.isEmpty());
  }
}
