package dev.starling.server.ring.carrier;

import dev.starling.membership.NodeId;
import dev.starling.server.host.PeerFrame;
import dev.starling.server.host.PeerLink;
import dev.starling.server.ring.carrier.CarrierCounts.ClassCounts;
import io.grpc.Status;
import io.netty.channel.EventLoop;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One stream to one life of a peer, whoever opened it; on the peer's loop, but for {@link #offer}.
 * A batch is written when the transport holds little, and one more is let in when one was taken, so
 * that a slow end makes neither side's heap grow beyond the lanes.
 */
final class CarrierStream implements PeerLink {
  /** How many batches the peer may send before the first is taken. */
  private static final int BATCHES_AHEAD = 4;

  private final NodeId peer;
  private final EventLoop loop;
  private final StreamCall call;
  private final Lanes lanes;
  private final CarrierCounts counts;
  private final Users users;
  private final AtomicBoolean drainDue = new AtomicBoolean();
  private volatile boolean over;

  CarrierStream(
      NodeId peer,
      EventLoop loop,
      StreamCall call,
      CarrierConfig config,
      CarrierCounts counts,
      Users users) {
    this.peer = peer;
    this.loop = loop;
    this.call = call;
    this.lanes = new Lanes(config, counts);
    this.counts = counts;
    this.users = users;
  }

  @Override
  public NodeId peer() {
    return peer;
  }

  @Override
  public EventLoop loop() {
    return loop;
  }

  /** It is open from now on. */
  void begin() {
    users.tell(user -> user.up(this));
    call.request(BATCHES_AHEAD);
    drain();
  }

  @Override
  public boolean isOpen() {
    return !over;
  }

  @Override
  public boolean offer(PeerFrame frame) {
    boolean kept = !over && lanes.offer(frame);
    // A refused frame's user is told when there is room, which may be now.
    if (!over && drainDue.compareAndSet(false, true)) {
      loop.execute(this::drain);
    }
    return kept;
  }

  /** Writes as much as the transport takes; what a turn of the loop offered goes together. */
  void drain() {
    drainDue.set(false);
    while (!over && call.isReady()) {
      Batch batch = lanes.next();
      if (batch == null) {
        break;
      }
      call.send(batch);
    }
    if (over) {
      lanes.clear();
    } else {
      lanes.roomAgain(kind -> users.roomAgain(this, kind));
    }
  }

  /** The peer sent a batch. */
  void received(Batch batch) {
    if (over) {
      return;
    }
    if (batch.malformed()) {
      counts.countMalformed();
      call.end(Status.INVALID_ARGUMENT.withDescription("that is no batch"));
      return;
    }
    for (PeerFrame frame : batch.frames()) {
      ClassCounts of = counts.of(frame.kind());
      of.receivedFrames.increment();
      of.receivedBytes.add(frame.length());
    }
    if (batch.frames().isEmpty()) {
      taken();
    } else {
      users.received(this, batch.frames(), this::taken);
    }
  }

  private void taken() {
    if (loop.inEventLoop()) {
      letOneIn();
    } else {
      loop.execute(this::letOneIn);
    }
  }

  private void letOneIn() {
    if (!over) {
      call.request(1);
    }
  }

  /** It is gone. */
  void ended() {
    if (!over) {
      over = true;
      lanes.clear();
      users.tell(user -> user.down(this));
    }
  }

  @Override
  public void reset(String why) {
    end(Status.ABORTED.withDescription(why));
  }

  /** Ends it from this side. */
  void end(Status why) {
    if (!over) {
      call.end(why);
      ended();
    }
  }
}
