package dev.starling.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.starling.core.protocol.IceServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IceServersTest {
  private static final List<String> STUN = List.of("stun:stun.example:3478");
  private static final List<String> TURN = List.of("turn:turn.example:3478?transport=udp");

  private final TurnCredentials turn =
      new TurnCredentials(
          TURN,
          "north".getBytes(StandardCharsets.UTF_8),
          Duration.ofHours(1),
          () -> Instant.ofEpochSecond(1_433_891_862L));

  /**
   * The credential is what {@code printf 1433895462:ninefingers | openssl dgst -sha1 -hmac north}
   * prints, in base64.
   */
  @Test
  void turnServersAcceptTheCredentials() {
    assertEquals(
        new IceServer(TURN, "1433895462:ninefingers", "rA6q1huQAYjf/sMfIuKx9K/qXec="),
        turn.serverFor("ninefingers"));
  }

  @Test
  void stunNeedsNoCredentials() {
    IceServer stun = new IceServers(STUN, turn).serversFor("ann").getFirst();
    assertEquals(STUN, stun.urls());
    assertNull(stun.credential());
  }

  @Test
  void everyUserGetsCredentialsOfItsOwn() {
    IceServers servers = new IceServers(List.of(), turn);
    assertEquals("1433895462:ann", servers.serversFor("ann").getFirst().username());
    assertEquals("1433895462:bob", servers.serversFor("bob").getFirst().username());
  }

  @Test
  void noServersAreAnEmptyList() {
    assertEquals(List.of(), new IceServers(List.of(), null).serversFor("ann"));
  }
}
