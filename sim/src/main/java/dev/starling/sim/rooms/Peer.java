package dev.starling.sim.rooms;

import dev.starling.core.replication.ClusterView;
import dev.starling.core.replication.ReplicationInput;
import dev.starling.crdt.ReplicaId;
import dev.starling.sim.kernel.EventQueue;
import dev.starling.sim.network.Connection;
import org.jspecify.annotations.Nullable;

/**
 * One other node as a node deals with it: of two the one with the smaller name calls, again and
 * again while the ring says that the other lives; of two connections the later one counts.
 */
final class Peer {
  private static final long MILLI = 1_000_000;
  private static final long CALL_NANOS = 5_000 * MILLI;
  private static final long FIRST_PAUSE = 25 * MILLI;
  private static final long LONGEST_PAUSE = 2_000 * MILLI;
  private static final byte[] TAKEN = {1};

  private final RoomNode node;
  private final String name;
  private final EventQueue events;
  private @Nullable ReplicaId living;
  private @Nullable Link link;
  private @Nullable Link call;
  private boolean callIsDue;
  private long pauseNanos = FIRST_PAUSE;
  private long overGeneration = -1;
  private boolean ended;

  /** A connection as this node has it. */
  private final class Link implements Connection.End {
    private final Connection connection;
    private final ReplicaId peer;
    private boolean full;

    Link(Connection connection, ReplicaId peer) {
      this.connection = connection;
      this.peer = peer;
      connection.take(here(), this);
    }

    @Override
    public void received(byte[] message, Runnable taken) {
      node.machine()
          .rooms()
          .run(() -> {
            if (call == this) {
              adopt(this);
            } else if (link == this) {
              node.received(name, message);
            }
            taken.run();
          });
    }

    @Override
    public void lighter() {
      if (full && connection.waitingBytes(here()) < node.rooms().bounds().fullBytes() / 2) {
        full = false;
        behind(() -> {
          if (link == this) {
            node.step(new ReplicationInput.Ready(name));
          }
        });
      }
    }

    @Override
    public void broken() {
      behind(() -> lost(this));
    }

    void send(byte[] message) {
      connection.send(here(), message);
      long waiting = connection.waitingBytes(here());
      if (waiting > node.rooms().bounds().mostBytes()) {
        connection.close(here(), true);
        behind(() -> lost(this));
      } else if (!full && waiting > node.rooms().bounds().fullBytes()) {
        full = true;
        behind(() -> {
          if (link == this) {
            node.step(new ReplicationInput.Blocked(name));
          }
        });
      }
    }

    void close() {
      connection.close(here(), node.machine().isPowered());
    }
  }

  Peer(RoomNode node, String name) {
    this.node = node;
    this.name = name;
    this.events = node.rooms().world().events();
  }

  private int here() {
    return node.machine().number();
  }

  /** Behind the present step, when the node gets to it. */
  private void behind(Runnable task) {
    events.after(
        0,
        () -> {
          if (!ended) {
            node.machine().rooms().run(task);
          }
        });
  }

  boolean isUp() {
    return link != null;
  }

  /** What the ring says of it. */
  void review(ClusterView.Node seen) {
    if (seen.live()) {
      if (living != null && living.generation() < seen.life().generation()) {
        over(living);
      }
      living = seen.life();
      // It may have been taken for dead, and live.
      overGeneration = Math.min(overGeneration, living.generation() - 1);
      callSoon(0);
    } else {
      over(seen.life());
    }
  }

  private void over(ReplicaId life) {
    overGeneration = Math.max(overGeneration, life.generation());
    Link former = link;
    if (former != null && former.peer.generation() <= overGeneration) {
      former.close();
      lost(former);
    }
    if (living != null && living.generation() <= overGeneration) {
      living = null;
      drop();
    }
  }

  private void drop() {
    if (call != null) {
      call.close();
      call = null;
    }
  }

  private void callSoon(long nanos) {
    if (!callIsDue && node.name().compareTo(name) < 0) {
      callIsDue = true;
      events.after(
          nanos,
          () -> {
            callIsDue = false;
            if (!ended) {
              node.machine().rooms().run(this::call);
            }
          });
    }
  }

  private void call() {
    ReplicaId callee = living;
    if (callee == null || link != null || call != null) {
      return;
    }
    if (node.machine().refusesStreams()) {
      callAgain();
      return;
    }
    int there = node.rooms().world().numberOf(name);
    Connection connection =
        node.rooms().world().network().connect(here(), there, node.rooms()::called);
    Link calling = new Link(connection, callee);
    call = calling;
    connection.send(here(), new Hello(node.life(), callee).bytes());
    events.after(
        CALL_NANOS,
        () -> {
          if (call == calling && !ended) {
            drop();
            callAgain();
          }
        });
  }

  private void callAgain() {
    callSoon(pauseNanos);
    pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE);
  }

  /** The peer calls. */
  void called(Connection connection, Hello hello) {
    boolean old = link != null && link.peer.generation() > hello.caller().generation();
    if (old
        || !hello.callee().equals(node.life())
        || hello.caller().generation() <= overGeneration) {
      connection.close(here(), true);
      return;
    }
    connection.send(here(), TAKEN);
    adopt(new Link(connection, hello.caller()));
  }

  private void adopt(Link fresh) {
    call = null;
    Link former = link;
    if (former != null) {
      former.close();
      node.step(new ReplicationInput.Disconnected(name));
    }
    link = fresh;
    pauseNanos = FIRST_PAUSE;
    node.step(new ReplicationInput.Connected(fresh.peer));
  }

  private void lost(Link gone) {
    if (link == gone) {
      link = null;
      node.step(new ReplicationInput.Disconnected(name));
    } else if (call == gone) {
      call = null;
    } else {
      return;
    }
    callAgain();
  }

  void send(byte[] message) {
    if (link != null) {
      link.send(message);
    }
  }

  /** The node's process has ended. */
  void end() {
    ended = true;
    if (link != null) {
      link.close();
    }
    drop();
  }
}
