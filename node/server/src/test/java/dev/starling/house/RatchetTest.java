package dev.starling.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RatchetTest {
  private static final Ratchet RATCHET = new Ratchet(10, 20, Map.of("Old", 15L));

  @Test
  void newcomersKeepToTheLimit() {
    assertEquals(List.of(), RATCHET.complaints(Map.of("Old", 15L, "New", 10L)));
    assertEquals(
        List.of("New has 11 lines, of at most 10"),
        RATCHET.complaints(Map.of("Old", 15L, "New", 11L)));
  }

  @Test
  void listedOnesMayNotGrow() {
    assertEquals(
        List.of("Old has 16 lines, of at most 15"), RATCHET.complaints(Map.of("Old", 16L)));
  }

  @Test
  void listFollowsWhatShrank() {
    assertEquals(
        List.of("Old is listed with 15 lines and has 12: lower it"),
        RATCHET.complaints(Map.of("Old", 12L)));
    assertEquals(
        List.of("Old is listed with 15 lines and has 9: take it off the list"),
        RATCHET.complaints(Map.of("Old", 9L)));
    assertEquals(
        List.of("Old is listed with 15 lines and has 0: take it off the list"),
        RATCHET.complaints(Map.of()));
  }

  @Test
  void listCannotLiftTheHardLimit() {
    assertEquals(
        List.of("Huge has 21 lines, of at most 20"),
        new Ratchet(10, 20, Map.of("Huge", 21L)).complaints(Map.of("Huge", 21L)));
  }
}
