package dev.starling.membership;

import dev.starling.membership.swim.Channel;
import dev.starling.membership.swim.SwimInput;
import dev.starling.membership.swim.SwimOutput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A handful of nodes on virtual time, with every packet delivered after a millisecond unless the
 * test cuts the way. The full network, with loss, clocks and faults by seed, is the simulator's.
 */
public final class HandNetwork {
  public static final long MILLI = 1_000_000;
  public static final long SECOND = 1_000 * MILLI;

  /** Of every host in this network. */
  public static final int DATAGRAM_PORT = 1;

  public static final int STREAM_PORT = 2;

  private final Map<String, Host> hosts = new LinkedHashMap<>();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong(Event::atNanos).thenComparingLong(Event::sequence));
  private final Set<String> cuts = new TreeSet<>();
  private long sequence;
  private long nowNanos = SECOND;

  private record Event(long atNanos, long sequence, Runnable action) {}

  /** Any core that is stepped this way. */
  @FunctionalInterface
  public interface Core {
    void step(SwimInput input, long nowNanos, Consumer<? super SwimOutput> out);
  }

  /** Where one core runs, and what it put out, sends and wakes apart. */
  public final class Host {
    private final String name;
    private final Core core;
    private final List<SwimOutput> said = new ArrayList<>();
    private long wakeAtNanos = Long.MAX_VALUE;
    private long pausedUntilNanos;
    private boolean up = true;

    private Host(String name, Core core) {
      this.name = name;
      this.core = core;
    }

    public void step(SwimInput input) {
      if (!up) {
        return;
      }
      if (nowNanos < pausedUntilNanos) {
        at(pausedUntilNanos, () -> step(input));
      } else {
        core.step(input, nowNanos, this::take);
      }
    }

    public <T extends SwimOutput> List<T> said(Class<T> kind) {
      return said.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    public List<SwimOutput> said() {
      return said;
    }

    public void kill() {
      up = false;
    }

    /** Everything that comes to it meanwhile waits. */
    public void pause(long nanos) {
      pausedUntilNanos = nowNanos + nanos;
    }

    private void take(SwimOutput output) {
      switch (output) {
        case SwimOutput.Send send -> deliver(name, send);
        case SwimOutput.WakeAt wake -> {
          wakeAtNanos = wake.nanos();
          if (wakeAtNanos != Long.MAX_VALUE) {
            at(wakeAtNanos, this::wake);
          }
        }
        default -> said.add(output);
      }
    }

    private void wake() {
      if (wakeAtNanos <= nowNanos) {
        step(new SwimInput.Wake());
      }
    }
  }

  public long now() {
    return nowNanos;
  }

  /** Puts a core on a host, in the place of what ran there before. */
  public Host host(String name, Core core) {
    Host host = new Host(name, core);
    hosts.put(name, host);
    return host;
  }

  /** Nothing gets from one host to the other any more; the way back stays open. */
  public void cut(String from, String to) {
    cuts.add(from + ">" + to);
  }

  public void cutBothWays(String one, String other) {
    cut(one, other);
    cut(other, one);
  }

  public void mendAll() {
    cuts.clear();
  }

  public void run(long nanos) {
    long end = nowNanos + nanos;
    while (!events.isEmpty() && events.peek().atNanos() <= end) {
      Event event = events.remove();
      nowNanos = event.atNanos();
      event.action().run();
    }
    nowNanos = end;
  }

  /** A core node on a host of this network. */
  public static NodeInfo info(String host, String region, String zone) {
    return new NodeInfo(
        new Endpoint(host, DATAGRAM_PORT),
        new Endpoint(host, STREAM_PORT),
        region,
        zone,
        Set.of(NodeRole.CORE),
        0,
        false,
        new VersionRange(1, 1),
        List.of(),
        List.of());
  }

  private void deliver(String from, SwimOutput.Send send) {
    Host to = hosts.get(send.to().host());
    if (to != null && !cuts.contains(from + ">" + to.name)) {
      int port = send.channel() == Channel.DATAGRAM ? DATAGRAM_PORT : STREAM_PORT;
      SwimInput input =
          new SwimInput.Received(new Endpoint(from, port), send.channel(), send.packet());
      at(nowNanos + MILLI, () -> to.step(input));
    }
  }

  private void at(long nanos, Runnable action) {
    events.add(new Event(nanos, sequence++, action));
  }
}
