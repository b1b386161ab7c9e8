package dev.starling.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.handshake.HandshakeInput;
import dev.starling.core.handshake.HandshakeOutput;
import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.IceServer;
import dev.starling.core.protocol.SettingsChange;
import dev.starling.core.room.RoomRequest;
import dev.starling.crdt.Content;
import dev.starling.crdt.ReplicaId;
import dev.starling.crdt.Role;
import dev.starling.property.Choices;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SecretsTest {
  private static final String HIDDEN = "hidden";

  private final Secrets secrets = new Secrets("a.b", new Choices(1));

  @Test
  void tokenNamesItsSession() {
    assertEquals("a.b", Secrets.sessionOf(secrets.next()));
  }

  @Test
  void whatIsNoTokenNamesNoSession() {
    assertNull(Secrets.sessionOf(""));
    assertNull(Secrets.sessionOf("ab"));
    assertNull(Secrets.sessionOf(".ab"));
  }

  @Test
  void nothingIsAcceptedBeforeTheFirstToken() {
    assertFalse(secrets.accepts(""));
    assertFalse(secrets.accepts("a.b."));
  }

  @Test
  void sessionNameAloneIsNoSecret() {
    secrets.next();
    assertFalse(secrets.accepts("a.b."));
  }

  @Test
  void usedTokenIsGoodUntilANewerOneIsUsed() {
    String first = secrets.next();
    assertTrue(secrets.accepts(first));
    secrets.next();
    assertTrue(secrets.accepts(first));
    String third = secrets.next();
    assertTrue(secrets.accepts(first));
    assertTrue(secrets.accepts(third));
    assertFalse(secrets.accepts(first));
  }

  @Test
  void secretsStayOutOfLogs() {
    ClientMessage.Resume resume = new ClientMessage.Resume(HIDDEN, "o");
    ClientMessage.Hello hello = new ClientMessage.Hello(HIDDEN, resume);
    SettingsChange password = new SettingsChange(null, null, null, HIDDEN, null);
    List<Object> secretive =
        List.of(
            resume,
            hello,
            new HandshakeInput.Received(hello),
            new HandshakeOutput.Verify(HIDDEN),
            new HandshakeOutput.Resume(HIDDEN, "o", null),
            new SessionInput.Resumed(1, HIDDEN, "o", null, List.of()),
            new ClientMessage.Join(1, "r", Content.EMPTY_OBJECT, HIDDEN),
            new RoomRequest.Enter(
                "s",
                1,
                new RoomRequest.Occupant("u", Role.MEMBER, new ReplicaId("n", 1), "g", 1),
                Content.EMPTY_OBJECT,
                HIDDEN),
            new ClientMessage.Settings(1, "r", password),
            new RoomRequest.Configure("s", 1, password),
            new IceServer(List.of("turn:a"), HIDDEN, HIDDEN));
    for (Object each : secretive) {
      assertFalse(each.toString().contains(HIDDEN), each.getClass().getName());
    }
  }
}
