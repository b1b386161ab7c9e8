package dev.starling.sim.network;

import dev.starling.sim.kernel.EventQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection between two hosts: each side's messages arrive in order and once, or it breaks. What
 * was lost is sent again, with all that waits behind it; a side that gets nothing through for
 * {@value Network#STREAM_PATIENCE_SECONDS} s gives up, and the other one may not hear of it.
 */
public final class Connection {
  private static final long SECOND = 1_000_000_000L;
  private static final long RETRY = SECOND / 5;
  private static final long PATIENCE = Network.STREAM_PATIENCE_SECONDS * SECOND;

  private final EventQueue events;
  private final Ways ways;
  private final Listener listener;
  private final Side caller;
  private final Side callee;

  /** How long something takes from one host to another; negative where it is lost. */
  @FunctionalInterface
  interface Ways {
    long nanos(int from, int to, int bytes);
  }

  /** Waits for connections on hosts. */
  @FunctionalInterface
  public interface Listener {
    /** The first message of a new connection came. */
    void called(Connection connection, byte[] message);
  }

  /** A process's end of a connection. */
  public interface End {
    /** A message came; {@code taken} is to be run once when it takes up no room any more. */
    void received(byte[] message, Runnable taken);

    /** What was sent and isn't taken yet has become less. */
    void lighter();

    /** The connection is over, and the process has not ended it itself. */
    void broken();
  }

  /** What is sent from one host, and what receives there. */
  private final class Side {
    private final int host;
    private final ArrayDeque<byte[]> stuck = new ArrayDeque<>();
    private @Nullable End end;
    private boolean closed;
    private long stuckSinceNanos;
    private long lastArrivalNanos;
    private long waitingBytes;

    Side(int host) {
      this.host = host;
    }

    private Side other() {
      return this == caller ? callee : caller;
    }

    private void send(byte[] message) {
      if (closed) {
        return;
      }
      waitingBytes += message.length;
      if (!stuck.isEmpty()) {
        stuck.add(message);
        return;
      }
      long way = ways.nanos(host, other().host, message.length);
      if (way >= 0) {
        fly(message, way);
      } else {
        stuck.add(message);
        stuckSinceNanos = events.now();
        events.after(RETRY, this::again);
      }
    }

    private void fly(byte[] message, long way) {
      lastArrivalNanos = Math.max(events.now() + way, lastArrivalNanos + 1);
      events.at(lastArrivalNanos, () -> arrive(message));
    }

    private void again() {
      if (closed || stuck.isEmpty()) {
        return;
      }
      int bytes = stuck.stream().mapToInt(message -> message.length).sum();
      long way = ways.nanos(host, other().host, bytes);
      if (way >= 0) {
        List<byte[]> all = new ArrayList<>(stuck);
        stuck.clear();
        all.forEach(message -> fly(message, way));
      } else if (events.now() - stuckSinceNanos >= PATIENCE) {
        fail();
      } else {
        events.after(RETRY, this::again);
      }
    }

    private void arrive(byte[] message) {
      if (closed) {
        return;
      }
      if (other().closed) {
        // Nobody acknowledges it.
        events.after(PATIENCE, this::fail);
        return;
      }
      if (other().end == null) {
        listener.called(Connection.this, message);
        return;
      }
      other()
          .end
          .received(
              message,
              () -> {
                waitingBytes -= message.length;
                if (!closed && end != null) {
                  end.lighter();
                }
              });
    }

    /** Its own host has lost it. */
    private void fail() {
      if (!closed) {
        closed = true;
        stuck.clear();
        End mine = end;
        end = null;
        if (mine != null) {
          mine.broken();
        }
        other().hear();
      }
    }

    /**
     * The other host says that it is over, to that or to what keeps it alive, until it is heard.
     */
    private void hear() {
      if (closed) {
        return;
      }
      long way = ways.nanos(other().host, host, 0);
      if (way >= 0) {
        Side from = other();
        from.lastArrivalNanos = Math.max(events.now() + way, from.lastArrivalNanos + 1);
        events.at(from.lastArrivalNanos, this::fail);
      } else {
        events.after(RETRY, this::hear);
      }
    }
  }

  Connection(EventQueue events, Ways ways, Listener listener, int caller, int callee) {
    this.events = events;
    this.ways = ways;
    this.listener = listener;
    this.caller = new Side(caller);
    this.callee = new Side(callee);
  }

  public int caller() {
    return caller.host;
  }

  public int callee() {
    return callee.host;
  }

  private Side at(int host) {
    return host == caller.host ? caller : callee;
  }

  /** From now on a process on one of its hosts has it. */
  public void take(int host, End end) {
    at(host).end = end;
  }

  /** Sends after all that was sent there before. */
  public void send(int from, byte[] message) {
    at(from).send(message);
  }

  /** How much was sent from a host and isn't taken at the other. */
  public long waitingBytes(int from) {
    return at(from).waitingBytes;
  }

  /**
   * A side ends it, or its process has ended.
   *
   * @param tells whether the host is still there, to say so
   */
  public void close(int host, boolean tells) {
    Side side = at(host);
    if (!side.closed) {
      side.closed = true;
      side.end = null;
      side.stuck.clear();
      if (tells) {
        side.other().hear();
      }
    }
  }

  /** When the last of what is under way arrives. */
  long lastArrivalNanos() {
    return Math.max(caller.lastArrivalNanos, callee.lastArrivalNanos);
  }

  boolean joins(int host) {
    return caller.host == host || callee.host == host;
  }

  boolean isOver() {
    return caller.closed && callee.closed;
  }

  void reset() {
    caller.fail();
    callee.fail();
  }
}
