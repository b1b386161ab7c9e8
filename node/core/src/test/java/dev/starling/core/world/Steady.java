package dev.starling.core.world;

import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.ClientMessage.Request;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Failed;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A client that keeps the protocol's rules about retries: what isn't answered when a connection is
 * lost goes out again after {@code replayed}, in the order of ids; what is indeterminate goes out
 * again before anything new to the same member; a room lost to the grace period is joined again.
 */
final class Steady extends Client {
  private static final long RETRY_NANOS = 200 * Timeline.MILLIS;
  private static final long PROMISED_NANOS = 10 * Timeline.SECONDS;

  private final TreeMap<Long, Request> open = new TreeMap<>();
  private final TreeMap<Long, Long> askedAtNanos = new TreeMap<>();
  private final TreeSet<Long> stalled = new TreeSet<>();

  /** Joins that wait in a lobby, for as long as it takes. */
  private final TreeSet<Long> patient = new TreeSet<>();

  private final TreeSet<String> wanted = new TreeSet<>();
  private final Ledger ledger;
  private boolean serving;

  /**
   * @param ledger where it writes down what became of its signals
   */
  Steady(Timeline timeline, Node node, String token, Ledger ledger) {
    super(timeline, node, token);
    this.ledger = ledger;
  }

  /** Whether requests may be written now. */
  boolean serving() {
    return serving && connected();
  }

  Set<String> wanted() {
    return wanted;
  }

  Set<Long> unanswered() {
    return open.keySet();
  }

  @Override
  long join(String room) {
    wanted.add(room);
    return super.join(room);
  }

  @Override
  long leave(String room) {
    wanted.remove(room);
    pictures().remove(room);
    return super.leave(room);
  }

  /** A signal, unless an earlier one to the same member has to go first. */
  void signalInTurn(String room, Steady to) {
    boolean held =
        stalled.stream()
            .anyMatch(id ->
                open.get(id) instanceof ClientMessage.Signal earlier
                    && earlier.to().equals(to.session()));
    if (!held) {
      signal(room, to, session() + " " + nextId());
    }
  }

  @Override
  long ask(Request request) {
    open.put(request.id(), request);
    return super.ask(request);
  }

  @Override
  void say(ClientMessage message) {
    if (message instanceof Request request) {
      askedAtNanos.put(request.id(), timeline().nowNanos());
    }
    super.say(message);
  }

  @Override
  void received(Line from, ServerMessage message, @Nullable String newOffset) {
    if (!connected() || from != line()) {
      return;
    }
    super.received(from, message, newOffset);
    Long id = ServerMessages.requestOf(message);
    if (id != null) {
      answered(id, message);
    }
    switch (message) {
      case ServerMessage.MemberChanged change when change.putsOut(session()) ->
          wantNoMore(change.room());
      case ServerMessage.Welcome welcome when !welcome.resumed() -> begin();
      case ServerMessage.Replayed replayed -> goOn();
      case ServerMessage.Signaled signaled -> ledger.delivered(session(), textOf(signaled.data()));
      case ServerMessage.Joined joined when !wanted.contains(joined.room()) ->
          pictures().remove(joined.room());
      default -> {}
    }
  }

  @Override
  void disconnected(Line from, @Nullable Code code) {
    super.disconnected(from, code);
    if (from == line()) {
      serving = false;
    }
  }

  private void begin() {
    open.clear();
    patient.clear();
    stalled.clear();
    serving = true;
    List.copyOf(wanted).forEach(this::join);
  }

  private void goOn() {
    serving = true;
    stalled.clear();
    open.values().forEach(this::say);
    for (String room : List.copyOf(wanted)) {
      if (!welcome().rooms().contains(room)
          && open.values().stream().noneMatch(r -> enters(r, room))) {
        join(room);
      }
    }
  }

  private static boolean enters(Request request, String room) {
    return request instanceof ClientMessage.Join && request.room().equals(room);
  }

  private void answered(long id, ServerMessage answer) {
    Request request = open.get(id);
    if (request == null) {
      return;
    }
    checkTime(id);
    if (answer instanceof ServerMessage.Waiting) {
      patient.add(id);
      return;
    }
    if (answer instanceof Failed failed && failed.code() == Code.INDETERMINATE) {
      stall(id);
      return;
    }
    open.remove(id);
    patient.remove(id);
    stalled.remove(id);
    if (request instanceof ClientMessage.Signal signal) {
      ledger.answered(signal.to(), textOf(signal.data()), answer);
    }
    if (answer instanceof Failed && request instanceof ClientMessage.Join) {
      wantNoMore(request.room());
    }
  }

  private void stall(long id) {
    stalled.add(id);
    Line present = line();
    timeline()
        .at(
            timeline().nowNanos() + RETRY_NANOS,
            () -> {
              if (present == line() && serving() && stalled.remove(id)) {
                Request request = open.get(id);
                if (request != null) {
                  say(request);
                }
              }
            });
  }

  /** A room is wanted no more, unless a join of it is still to be answered. */
  private void wantNoMore(String room) {
    if (open.values().stream().noneMatch(request -> enters(request, room))) {
      wanted.remove(room);
    }
  }

  /** Every request that was put on the present connection is answered in time. */
  void checkTimes() {
    if (serving()) {
      open.keySet().stream().filter(id -> !stalled.contains(id)).forEach(this::checkTime);
    }
  }

  private void checkTime(long id) {
    if (patient.contains(id)) {
      return;
    }
    long waited = timeline().nowNanos() - askedAtNanos.getOrDefault(id, timeline().nowNanos());
    if (Math.min(waited, line().freeForNanos()) > PROMISED_NANOS) {
      throw new AssertionError(session() + " waited " + waited + " ns for " + open.get(id));
    }
  }
}
