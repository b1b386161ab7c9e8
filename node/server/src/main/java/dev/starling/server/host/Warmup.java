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
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Lets two sessions of nobody exchange signals through the real codec and cores, so that the first
 * real call doesn't pay for cold code, which costs about five times as much on this path. Bounded
 * in number and time.
 */
public final class Warmup {
  private static final int SIGNALS = 4_000;
  private static final long LIMIT_NANOS = 400_000_000;
  private static final int JSON_DEPTH = 8;
  private static final String ROOM = "warm-up";
  private static final ReplicaId HERE = new ReplicaId("warm", 1);
  private static final String FIRST = "warm.a";
  private static final String SECOND = "warm.b";
  private static final String SDP = "a=candidate:1 1 udp 1 127.0.0.1 9 typ host\\r\\n".repeat(50);

  private static final RoomSettings NO_SETTINGS =
      new RoomSettings(2, false, false, false, List.of(), Content.EMPTY_OBJECT);

  private final NodeClock clock;
  private final JsonFrameReader reader = new JsonFrameReader(JSON_DEPTH);
  private final JsonFrameWriter writer = new JsonFrameWriter();
  private final TreeMap<String, SessionCore> sessions = new TreeMap<>();
  private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
  private int done;

  private Warmup(NodeClock clock) {
    this.clock = clock;
    for (String id : List.of(FIRST, SECOND)) {
      sessions.put(id, newSession(id));
      step(id, new SessionInput.Opened(1, List.of(), null));
      send(id, "{\"type\":\"join\",\"id\":1,\"room\":\"" + ROOM + "\"}");
      step(id, new SessionInput.Answered(ROOM, 1, joined(id)));
    }
  }

  /**
   * Runs it on the calling thread.
   *
   * @return how many signals were delivered and confirmed
   */
  public static int run(NodeClock clock) {
    Warmup warmup = new Warmup(clock);
    long end = clock.nanos() + LIMIT_NANOS;
    for (int id = 2; id < SIGNALS && clock.nanos() < end; id++) {
      warmup.signal(FIRST, SECOND, id);
      warmup.signal(SECOND, FIRST, id);
    }
    return warmup.done;
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
        new SessionIdentity(id, HERE, "warm", List.of(), 1),
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
            "warm",
            id,
            Role.MEMBER,
            HybridTime.ZERO,
            new Register<>(stamp, Content.EMPTY_OBJECT));
    return new ServerMessage.Joined(1L, ROOM, self, List.of(), NO_SETTINGS, List.of(), 1);
  }

  private void signal(String from, String to, long id) {
    send(
        from,
        String.format(
            Locale.ROOT,
            "{\"type\":\"signal\",\"id\":%d,\"room\":\"%s\",\"to\":\"%s\",\"data\":{\"sdp\":\"%s\"}}",
            id,
            ROOM,
            to,
            SDP));
  }

  private void send(String session, String json) {
    byte[] frame = json.getBytes(StandardCharsets.UTF_8);
    if (reader.read(frame, frame.length) instanceof ClientFrame.Valid valid) {
      step(session, new SessionInput.Received(valid.message(), frame.length));
    }
  }

  private void step(String session, SessionInput input) {
    enqueue(session, input);
    for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
      next.run();
    }
  }

  private void enqueue(String session, SessionInput input) {
    SessionCore core = sessions.get(session);
    if (core != null) {
      queue.add(() -> core.step(input, clock.nanos(), output -> dispatch(session, output)));
    }
  }

  private void dispatch(String session, SessionOutput output) {
    if (output instanceof SessionOutput.SendRelay relay) {
      enqueue(relay.to(), new SessionInput.Relayed(relay.relay()));
    } else if (output instanceof SessionOutput.Send send) {
      writer.write(send.message(), send.offset(), session);
      done += send.message() instanceof ServerMessage.Done ? 1 : 0;
      if (send.message() instanceof ServerMessage.Signaled && send.offset() != null) {
        ClientMessage confirm = new ClientMessage.Confirm(send.offset());
        enqueue(session, new SessionInput.Received(confirm, 1));
      }
    }
  }
}
