package dev.starling.core.protocol;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.crdt.Role;
import org.junit.jupiter.api.Test;

final class GrantTest {
  @Test
  void nameFitsItselfAlone() {
    RoomPattern pattern = new RoomPattern("team");
    assertTrue(pattern.matches("team"));
    assertFalse(pattern.matches("team-a"));
    assertFalse(pattern.matches("tea"));
  }

  @Test
  void starAtTheEndFitsEveryContinuation() {
    RoomPattern pattern = new RoomPattern("team-*");
    assertTrue(pattern.matches("team-"));
    assertTrue(pattern.matches("team-a"));
    assertFalse(pattern.matches("team"));
    assertFalse(pattern.matches("my-team-a"));
  }

  @Test
  void starElsewhereStandsForItself() {
    assertTrue(new RoomPattern("a*b").matches("a*b"));
    assertFalse(new RoomPattern("a*b").matches("axb"));
  }

  @Test
  void starAloneFitsAnyRoom() {
    assertTrue(RoomPattern.ANY.matches("whatever"));
  }

  @Test
  void grantEndsAtItsTime() {
    Grant grant = new Grant("u", RoomPattern.ANY, Role.MEMBER, 10);
    assertFalse(grant.expired(9));
    assertTrue(grant.expired(10));
  }

  @Test
  void grantWithoutEndNeverEnds() {
    Grant grant = new Grant("u", RoomPattern.ANY, Role.MEMBER, Long.MAX_VALUE);
    assertFalse(grant.expired(Long.MIN_VALUE));
    assertFalse(grant.expired(Long.MAX_VALUE));
  }
}
