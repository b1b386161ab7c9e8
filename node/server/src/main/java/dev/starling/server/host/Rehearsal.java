package dev.starling.server.host;

import dev.starling.core.protocol.ClientLimits;
import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.RoomPattern;
import dev.starling.core.protocol.RoomSettings;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.room.RoomView;
import dev.starling.core.session.Secrets;
import dev.starling.core.session.SessionConfig;
import dev.starling.core.session.SessionCore;
import dev.starling.core.session.SessionIdentity;
import dev.starling.core.session.SessionInput;
import dev.starling.core.session.SessionOutput;
import dev.starling.crdt.Content;
import dev.starling.crdt.HybridTime;
import dev.starling.crdt.Member;
import dev.starling.crdt.Register;
import dev.starling.crdt.ReplicaId;
import dev.starling.crdt.Role;
import dev.starling.crdt.Stamp;
import dev.starling.proto.ClientFrame;
import dev.starling.proto.json.JsonFrameReader;
import dev.starling.proto.json.JsonFrameWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * Two sessions of nobody that exchange signals through the real codec and cores: read, delivered,
 * written, confirmed and done. Each runs where its executor has it, as sessions do on their loops.
 */
final class Rehearsal {
  private static final int JSON_DEPTH = 8;
  private static final String ROOM = "rehearsal";
  private static final ReplicaId HERE = new ReplicaId("rehearsal", 1);
  private static final String FIRST = "rehearsal.a";
  private static final String SECOND = "rehearsal.b";
  private static final String SDP = "a=candidate:1 1 udp 1 127.0.0.1 9 typ host\\r\\n".repeat(50);

  /** The first id that is left to signals. */
  static final long FIRST_ID = 2;

  private static final RoomSettings NO_SETTINGS =
      new RoomSettings(2, false, false, false, List.of(), Content.EMPTY_OBJECT);

  private final NodeClock clock;
  private final Runnable delivered;
  private final Player first;
  private final Player second;

  /**
   * @param delivered run for each signal that is done, where its sender runs
   */
  Rehearsal(NodeClock clock, Executor first, Executor second, Runnable delivered) {
    this.clock = clock;
    this.delivered = delivered;
    this.first = new Player(FIRST, first);
    this.second = new Player(SECOND, second);
    this.first.join();
    this.second.join();
  }

  /** The first says something to the second; ids go up. */
  void ask(long id) {
    first.signal(SECOND, id);
  }

  /** The second says something to the first; ids go up. */
  void answer(long id) {
    second.signal(FIRST, id);
  }

  /** One of the two sessions; used where its executor runs tasks. */
  private final class Player {
    private final String id;
    private final Executor executor;
    private final SessionCore core;
    private final JsonFrameReader reader = new JsonFrameReader(JSON_DEPTH);
    private final JsonFrameWriter writer = new JsonFrameWriter();

    Player(String id, Executor executor) {
      this.id = id;
      this.executor = executor;
      this.core = newSession(id);
    }

    void join() {
      step(new SessionInput.Opened(1, List.of(), null));
      send("{\"type\":\"join\",\"id\":1,\"room\":\"" + ROOM + "\"}");
      step(new SessionInput.Answered(ROOM, 1, joined(id)));
    }

    void signal(String to, long number) {
      send(
          String.format(
              Locale.ROOT,
              "{\"type\":\"signal\",\"id\":%d,\"room\":\"%s\",\"to\":\"%s\",\"data\":{\"sdp\":\"%s\"}}",
              number,
              ROOM,
              to,
              SDP));
    }

    private void send(String json) {
      executor.execute(() -> {
        byte[] frame = json.getBytes(StandardCharsets.UTF_8);
        if (reader.read(frame, frame.length) instanceof ClientFrame.Valid valid) {
          take(new SessionInput.Received(valid.message(), frame.length));
        }
      });
    }

    void step(SessionInput input) {
      executor.execute(() -> take(input));
    }

    private void take(SessionInput input) {
      core.step(input, clock.nanos(), this::dispatch);
    }

    private void dispatch(SessionOutput output) {
      if (output instanceof SessionOutput.SendRelay relay) {
        (relay.to().equals(FIRST) ? first : second).step(new SessionInput.Relayed(relay.relay()));
      } else if (output instanceof SessionOutput.Send send) {
        writer.write(send.message(), send.offset(), id);
        if (send.message() instanceof ServerMessage.Done) {
          delivered.run();
        } else if (send.message() instanceof ServerMessage.Signaled && send.offset() != null) {
          ClientMessage confirm = new ClientMessage.Confirm(send.offset());
          step(new SessionInput.Received(confirm, 1));
        }
      }
    }
  }

  private SessionCore newSession(String id) {
    long second = 1_000_000_000L;
    int many = 1_000_000_000;
    SessionConfig config =
        new SessionConfig(
            second,
            second,
            second,
            second,
            second,
            8,
            8,
            8,
            many,
            8,
            new SessionConfig.Rates(many, many, many),
            new ClientLimits(many, 1, 2, 1, 1024));
    return new SessionCore(
        new SessionIdentity(id, HERE, "rehearsal", List.of(), 1),
        config,
        new Grant(id, RoomPattern.ANY, Role.MEMBER, Long.MAX_VALUE),
        room -> RoomView.of(room, List.of(FIRST, SECOND)),
        new Secrets(id, RandomGenerator.getDefault()),
        clock.nanos());
  }

  private static ServerMessage joined(String id) {
    Stamp stamp = new Stamp(HybridTime.ZERO, HERE);
    Member self =
        new Member(
            id,
            1,
            HERE,
            "rehearsal",
            id,
            Role.MEMBER,
            HybridTime.ZERO,
            new Register<>(stamp, Content.EMPTY_OBJECT));
    return new ServerMessage.Joined(1L, ROOM, self, List.of(), NO_SETTINGS, List.of(), 1);
  }
}
