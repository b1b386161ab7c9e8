package dev.starling.bench;

import dev.starling.core.protocol.ClientLimits;
import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.RoomPattern;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.room.RoomView;
import dev.starling.core.session.Secrets;
import dev.starling.core.session.SessionConfig;
import dev.starling.core.session.SessionCore;
import dev.starling.core.session.SessionIdentity;
import dev.starling.core.session.SessionInput;
import dev.starling.core.session.SessionOutput;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.Content;
import dev.starling.crdt.ReplicaId;
import dev.starling.crdt.Role;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One signal through two sessions: sent, delivered, confirmed, done. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SessionBenchmark {
  private static final long SECOND = 1_000_000_000L;
  private static final int MANY = 1_000_000_000;
  private static final Content OFFER = Content.json(Bytes.utf8(Samples.OFFER));

  private record Step(String session, SessionInput input) {}

  private final Map<String, SessionCore> sessions = new TreeMap<>();
  private final ArrayDeque<Step> queue = new ArrayDeque<>();
  private long nowNanos;
  private long lastId = 1;
  private long done;

  public SessionBenchmark() {
    for (String id : List.of(Samples.FIRST, Samples.SECOND)) {
      sessions.put(id, session(id));
      run(id, new SessionInput.Opened(1, List.of(), null));
      ClientMessage join = new ClientMessage.Join(1, Samples.ROOM, Content.EMPTY_OBJECT, null);
      run(id, new SessionInput.Received(join, 1));
      run(id, new SessionInput.Answered(Samples.ROOM, 1, Samples.joined(1, id)));
    }
  }

  private static SessionCore session(String id) {
    SessionConfig config =
        new SessionConfig(
            SECOND,
            SECOND,
            SECOND,
            SECOND,
            SECOND,
            256,
            1024,
            1024,
            MANY,
            64,
            new SessionConfig.Rates(MANY, MANY, MANY),
            new ClientLimits(MANY, 1, 2, 1, 1024));
    return new SessionCore(
        new SessionIdentity(id, new ReplicaId("node-1", 1), "local", List.of(), 1),
        config,
        new Grant(id, RoomPattern.ANY, Role.MEMBER, Long.MAX_VALUE),
        room -> RoomView.of(room, List.of(Samples.FIRST, Samples.SECOND)),
        new Secrets(id, new Random(1)),
        0);
  }

  @Benchmark
  public long relaySignal() {
    nowNanos += 100_000; // Within the rate of bytes.
    ClientMessage signal = new ClientMessage.Signal(++lastId, Samples.ROOM, Samples.SECOND, OFFER);
    run(Samples.FIRST, new SessionInput.Received(signal, Samples.OFFER.length()));
    if (done != lastId - 1) {
      throw new IllegalStateException("a signal was not confirmed");
    }
    return done;
  }

  private void run(String session, SessionInput input) {
    queue.add(new Step(session, input));
    for (Step step = queue.poll(); step != null; step = queue.poll()) {
      String self = step.session();
      SessionCore core = sessions.get(self);
      if (core != null) {
        core.step(step.input(), nowNanos, output -> dispatch(self, output));
      }
    }
  }

  private void dispatch(String self, SessionOutput output) {
    if (output instanceof SessionOutput.SendRelay relay) {
      queue.add(new Step(relay.to(), new SessionInput.Relayed(relay.relay())));
    } else if (output instanceof SessionOutput.Send send) {
      done += send.message() instanceof ServerMessage.Done ? 1 : 0;
      if (send.message() instanceof ServerMessage.Signaled && send.offset() != null) {
        ClientMessage confirm = new ClientMessage.Confirm(send.offset());
        queue.add(new Step(self, new SessionInput.Received(confirm, 1)));
      }
    }
  }
}
