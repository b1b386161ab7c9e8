package dev.starling.server.ring.carrier;

import dev.starling.membership.Endpoint;
import dev.starling.membership.NodeId;
import io.grpc.Status;
import io.netty.channel.EventLoop;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One peer, by name: the stream to its present life, and the attempts to have one; on its loop
 * only. Of two nodes the one with the smaller name calls.
 */
final class Peer {
  /** A stream that lasted was no failed attempt. */
  private static final long LASTING_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String name;
  private final EventLoop loop;
  private final Carrier carrier;
  private final Backoff backoff = new Backoff();
  private @Nullable NodeId living;
  private @Nullable Endpoint at;

  /** No life up to this one has a stream, until the ring says that it lives after all. */
  private long overGeneration = -1;

  private @Nullable Dial dial;
  private @Nullable Future<?> nextDial;
  private @Nullable CarrierStream stream;
  private long streamSinceNanos;
  private boolean closing;

  Peer(String name, EventLoop loop, Carrier carrier) {
    this.name = name;
    this.loop = loop;
    this.carrier = carrier;
  }

  EventLoop loop() {
    return loop;
  }

  /** The ring says that this life is there, at this endpoint. */
  void lives(NodeId id, Endpoint streams) {
    if (closing || id.generation() < overGeneration) {
      return;
    }
    if (id.generation() == overGeneration) {
      // It was declared dead and has said that it isn't.
      overGeneration--;
    }
    NodeId former = living;
    if (former != null && id.generation() > former.generation()) {
      over(former);
    }
    living = id;
    at = streams;
    if (dial == null && nextDial == null) {
      dial();
    }
  }

  /** The ring says that this life is over. */
  void over(NodeId id) {
    if (closing || id.generation() <= overGeneration) {
      return;
    }
    overGeneration = id.generation();
    if (stream != null && stream.peer().generation() <= overGeneration) {
      end(stream, "the ring says that you are gone");
    }
    if (living != null && living.generation() <= overGeneration) {
      living = null;
      stopDialing("the ring says that you are gone");
    }
    carrier.gone(id);
  }

  private void stopDialing(String why) {
    if (nextDial != null) {
      nextDial.cancel(false);
      nextDial = null;
    }
    if (dial != null) {
      dial.end(Status.CANCELLED.withDescription(why));
    }
  }

  private void dial() {
    nextDial = null;
    NodeId self = carrier.self();
    NodeId callee = living;
    Endpoint to = at;
    if (closing || callee == null || to == null || self.name().compareTo(name) > 0) {
      return;
    }
    try {
      dial =
          new Dial(
              carrier.dialing().channel(to, loop),
              carrier.dialing(),
              new PeerHello(self, callee),
              call -> adopt(carrier.stream(callee, loop, call)),
              this::dialEnded);
    } catch (IllegalArgumentException noAddress) {
      dialEnded(Status.INVALID_ARGUMENT.withCause(noAddress));
    }
  }

  private void dialEnded(Status status) {
    dial = null;
    if (!closing && living != null) {
      carrier.dialEnded(name, status);
      if (stream != null && carrier.nanos().getAsLong() - streamSinceNanos > LASTING_NANOS) {
        backoff.reset();
      }
      stream = null;
      int delay = backoff.nextMillis(ThreadLocalRandom.current());
      nextDial = loop.schedule(this::dial, delay, TimeUnit.MILLISECONDS);
    }
  }

  /** The peer called; null where it has to be refused. */
  @Nullable CarrierStream accept(NodeId caller, StreamCall call) {
    boolean isOld = stream != null && stream.peer().generation() > caller.generation();
    if (closing || isOld || caller.generation() <= overGeneration) {
      return null;
    }
    return adopt(carrier.stream(caller, loop, call));
  }

  /** Of two streams the later one counts: the peer knows best that the former is gone. */
  private CarrierStream adopt(CarrierStream fresh) {
    if (stream != null) {
      end(stream, "another stream takes its place");
    }
    stream = fresh;
    streamSinceNanos = carrier.nanos().getAsLong();
    return fresh;
  }

  private void end(CarrierStream former, String why) {
    stream = null;
    former.end(Status.ABORTED.withDescription(why));
  }

  void close() {
    closing = true;
    stopDialing("the node ends");
    if (stream != null) {
      end(stream, "the node ends");
    }
  }
}
