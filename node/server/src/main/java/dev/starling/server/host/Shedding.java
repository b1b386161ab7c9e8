package dev.starling.server.host;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the sessions that hold most while the node holds too much, the biggest first, until it is
 * below the line again. Looks at all sessions every so often, on one loop.
 */
final class Shedding {
  private static final Logger log = LoggerFactory.getLogger(Shedding.class);

  /** Time for what was ended to be given back, before more has to go. */
  private static final long PAUSE_NANOS = 50_000_000;

  /** Who holds less isn't slow. */
  private static final long LEAST_BYTES = 16 * 1024;

  private final MemoryAccount account;
  private final Collection<SessionHost> sessions;
  private final NodeClock clock;
  private final Loop loop;
  private final AtomicBoolean running = new AtomicBoolean();

  Shedding(MemoryAccount account, Collection<SessionHost> sessions, NodeClock clock, Loop loop) {
    this.account = account;
    this.sessions = sessions;
    this.clock = clock;
    this.loop = loop;
  }

  /** Begins, unless it is under way; from any loop. */
  void begin() {
    if (!running.get() && running.compareAndSet(false, true)) {
      loop.run(this::shed);
    }
  }

  private void shed() {
    if (!account.pressed()) {
      running.set(false);
      return;
    }
    long excess = account.excessBytes();
    long freed = 0;
    int ended = 0;
    for (Weighed victim : biggestFirst()) {
      if (freed >= excess) {
        break;
      }
      victim.session().shed();
      freed += victim.bytes();
      ended++;
    }
    if (ended > 0) {
      log.warn(
          "the node held {} of {} bytes: {} of the slowest clients were closed",
          account.heldBytes(),
          account.limitBytes(),
          ended);
    }
    long now = clock.nanos();
    loop.runAt(now + PAUSE_NANOS, now, this::shed);
  }

  /** A session and what it held when it was looked at. */
  private record Weighed(SessionHost session, long bytes) {}

  private List<Weighed> biggestFirst() {
    List<Weighed> all = new ArrayList<>();
    for (SessionHost session : sessions) {
      long bytes = session.waitingBytes();
      if (bytes >= LEAST_BYTES) {
        all.add(new Weighed(session, bytes));
      }
    }
    all.sort(Comparator.comparingLong(Weighed::bytes).reversed());
    return all;
  }
}
