package dev.starling.server.ring;

import dev.starling.membership.Endpoint;
import dev.starling.membership.swim.Packet;
import dev.starling.proto.ring.PacketWriter;
import dev.starling.server.ring.PeerStream.End;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The streams that this node opened, one a peer; on the ring's loop only. */
final class PeerStreams {
  private static final Logger log = LoggerFactory.getLogger(PeerStreams.class);

  /** Beyond it the one that was used least lately is closed. */
  private static final int MOST = 1_024;

  private final EventLoopGroup loops;
  private final EventLoop loop;
  private final PeerChannels channels;
  private final PacketSink sink;
  private final Seldom complaints;
  private final LongSupplier nanos;
  private final Reopening reopening = new Reopening(MOST, new SplittableRandom());
  private final Map<Endpoint, PeerStream> streams = new LinkedHashMap<>(16, 0.75f, true);
  private boolean closing;

  PeerStreams(
      EventLoopGroup loops,
      EventLoop loop,
      PeerChannels channels,
      PacketSink sink,
      LongSupplier nanos) {
    this.loops = loops;
    this.loop = loop;
    this.channels = channels;
    this.sink = sink;
    this.complaints = new Seldom(nanos);
    this.nanos = nanos;
  }

  /** Sends a packet when the stream is open, which it is made now if it isn't. */
  void send(Endpoint to, Packet packet) {
    PeerStream stream = open(to);
    if (stream != null) {
      stream.send(PacketWriter.message(packet));
    }
  }

  /** Opens a stream before there is anything to send: its break tells of the peer's end. */
  @Nullable PeerStream open(Endpoint to) {
    PeerStream known = streams.get(to);
    if (known != null || closing) {
      return known;
    }
    if (streams.size() >= MOST) {
      streams.values().iterator().next().close();
    }
    PeerStream stream = new PeerStream(to, channels.forPackets(to, loops, loop), this::ended);
    streams.put(to, stream);
    stream.open(channels.checks(sink.nameAt(to)));
    return stream;
  }

  /** Ends a stream that nobody is at any more. */
  void close(Endpoint to) {
    PeerStream stream = streams.get(to);
    if (stream != null) {
      stream.close();
    }
  }

  private void ended(PeerStream stream, End how) {
    streams.remove(stream.peer(), stream);
    switch (how) {
      case CLOSED -> {}
      case BROKEN, ENDED -> {
        sink.broken(stream.peer());
        openAgain(stream.peer(), how == End.BROKEN);
      }
      case REFUSED -> {
        reopening.gone(stream.peer());
        sink.refused(stream.peer());
      }
      case UNREACHED -> {
        log.debug("no stream to {}", stream.peer());
        // The listener of a process that is killed may be closed after its connections.
        if (reopening.isFor(stream.peer())) {
          openAgain(stream.peer(), false);
        }
      }
      case UNWANTED ->
          complain(
              "{} takes no streams of this node; see what it logs, and whether its version fits",
              stream.peer());
      case OTHER_KEYS ->
          complain(
              "{} has no key in common with this node and doesn't take it in; give all nodes the same"
                  + " cluster.keys",
              stream.peer());
      case OTHER_NODE ->
          complain(
              "{} shows a certificate that isn't for the node which is known there; give each node a"
                  + " certificate with its name",
              stream.peer());
    }
  }

  private void openAgain(Endpoint to, boolean mayBeAtOnce) {
    long pause = reopening.pauseNanos(to, mayBeAtOnce, nanos.getAsLong());
    if (pause == 0) {
      open(to);
    } else if (!closing) {
      loop.schedule(() -> openWhereOneLives(to), pause, TimeUnit.NANOSECONDS);
    }
  }

  private void openWhereOneLives(Endpoint to) {
    if (sink.nameAt(to) != null) {
      open(to);
    }
  }

  private void complain(String message, Endpoint peer) {
    if (complaints.mayComplain()) {
      log.warn(message, peer);
    }
  }

  void close() {
    closing = true;
    List.copyOf(streams.values()).forEach(PeerStream::close);
  }
}
