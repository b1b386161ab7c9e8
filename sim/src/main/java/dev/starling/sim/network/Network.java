package dev.starling.sim.network;

import dev.starling.sim.kernel.Event;
import dev.starling.sim.kernel.EventQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Carries packets between hosts: datagrams each for itself, streams in order and with what was lost
 * sent again. A stream that can't get through for {@value #STREAM_PATIENCE_SECONDS} s breaks.
 */
public final class Network {
  /** How long a stream's host keeps sending again before it gives up. */
  static final int STREAM_PATIENCE_SECONDS = 15;

  private static final long SECOND = 1_000_000_000L;
  private static final long RETRY = SECOND / 5;
  private static final int SMALLEST_PIPE = 1_000;
  private static final int MOST_FLIPS = 8;

  /** What a narrow way's queue holds at most. */
  private static final long QUEUE = 2 * SECOND;

  private final EventQueue events;
  private final Topology topology;
  private final RandomGenerator random;
  private final Ports ports;
  private final List<Rule> rules = new ArrayList<>();
  private final List<Connection> connections = new ArrayList<>();
  private final TreeMap<Long, Long> streamArrivals = new TreeMap<>();
  private long datagrams;
  private long datagramBytes;
  private long largestDatagram;
  private long streamMessages;
  private long streamBytes;

  /** Where packets go, and what hosts are told of their streams. */
  public interface Ports {
    /** Brings a datagram; a damaged one has other bytes than were sent. */
    void datagram(int from, int to, byte[] bytes, boolean damaged);

    /** Brings a message of a stream; false when nobody is there to take it. */
    boolean stream(int from, int to, byte[] bytes);

    /** A stream from one host to another broke. */
    void broken(int from, int to);

    /** Nobody listens on a host that is up. */
    void refused(int from, int to);

    /** Whether the machine itself answers, if only to refuse. */
    boolean isReachable(int host);
  }

  public Network(EventQueue events, Topology topology, RandomGenerator random, Ports ports) {
    this.events = events;
    this.topology = topology;
    this.random = random;
    this.ports = ports;
  }

  public void add(Rule rule) {
    rules.add(rule);
  }

  public void remove(Rule rule) {
    rules.remove(rule);
  }

  public void sendDatagram(int from, int to, byte[] bytes) {
    datagrams++;
    datagramBytes += bytes.length;
    largestDatagram = Math.max(largestDatagram, bytes.length);
    int copies = 1;
    boolean damaged = false;
    long extra = 0;
    for (Rule rule : rules) {
      if (rule.concerns(from, to)) {
        if (isLost(rule, from, to) || isTooMuch(rule, from, to, bytes.length)) {
          rule.count();
          return;
        }
        copies += counted(rule, rule.weather().duplicate()) ? 1 : 0;
        damaged |= counted(rule, rule.weather().corrupt());
        extra += delay(rule, from, to, bytes.length);
      }
    }
    Event arrival = arrival(from, to, bytes, damaged);
    for (int i = 0; i < copies; i++) {
      events.after(transit(from, to) + extra, arrival);
    }
  }

  private Event arrival(int from, int to, byte[] bytes, boolean damaged) {
    if (!damaged) {
      return () -> ports.datagram(from, to, bytes, false);
    }
    byte[] other = bytes.clone();
    for (int i = random.nextInt(MOST_FLIPS); i >= 0; i--) {
      other[random.nextInt(other.length)] ^= (byte) (1 + random.nextInt(255));
    }
    return () -> ports.datagram(from, to, other, true);
  }

  public void sendStream(int from, int to, byte[] bytes) {
    streamMessages++;
    streamBytes += bytes.length;
    attempt(from, to, bytes, events.now() + STREAM_PATIENCE_SECONDS * SECOND);
  }

  /** Whether anything gets from one host to the other at all. */
  public boolean isOpen(int from, int to) {
    for (Rule rule : rules) {
      if (rule.weather().blocks() && rule.concerns(from, to)) {
        return false;
      }
    }
    return true;
  }

  /** One way's time under way now, without rules. */
  public long transit(int from, int to) {
    LinkQuality link = topology.between(from, to);
    long nanos = link.baseNanos();
    if (link.jitterNanos() > 0) {
      nanos += exponential(link.jitterNanos());
    }
    if (link.tailShare() > 0 && random.nextDouble() < link.tailShare()) {
      nanos += exponential(link.tailNanos());
    }
    return nanos;
  }

  public long datagrams() {
    return datagrams;
  }

  public long datagramBytes() {
    return datagramBytes;
  }

  public long largestDatagram() {
    return largestDatagram;
  }

  public long streamMessages() {
    return streamMessages;
  }

  public long streamBytes() {
    return streamBytes;
  }

  private void attempt(int from, int to, byte[] bytes, long giveUpNanos) {
    long way = underWay(from, to, bytes.length);
    if (way < 0) {
      retry(from, to, bytes, giveUpNanos);
      return;
    }
    long key = (long) from << 32 | to;
    long arrival = events.now() + way;
    long last = streamArrivals.getOrDefault(key, 0L);
    long inOrder = Math.max(arrival, last + 1);
    streamArrivals.put(key, inOrder);
    events.at(inOrder, () -> arrive(from, to, bytes, giveUpNanos));
  }

  /** How long a piece of a stream takes that leaves now; negative where it is lost. */
  private long underWay(int from, int to, int bytes) {
    long extra = 0;
    for (Rule rule : rules) {
      if (rule.concerns(from, to)) {
        if (isLost(rule, from, to) || happens(rule.weather().corrupt())) {
          rule.count();
          return -1;
        }
        extra += delay(rule, from, to, bytes);
      }
    }
    // What arrives can't be acknowledged where the way back is cut; it is as if it were lost.
    return isOpen(to, from) ? transit(from, to) + extra : -1;
  }

  /** A connection that no process has at either end yet; what is sent first calls the listener. */
  public Connection connect(int from, int to, Connection.Listener listener) {
    Connection connection = new Connection(events, this::underWay, listener, from, to);
    connections.removeIf(Connection::isOver);
    connections.add(connection);
    return connection;
  }

  /** When the last of what is under way on connections arrives. */
  public long lastArrivalNanos() {
    return connections.stream().mapToLong(Connection::lastArrivalNanos).max().orElse(0);
  }

  /** Breaks all connections of a host, on both sides; how many there were. */
  public int reset(int host) {
    connections.removeIf(Connection::isOver);
    List<Connection> broken =
        connections.stream().filter(connection -> connection.joins(host)).toList();
    broken.forEach(Connection::reset);
    return broken.size();
  }

  private void arrive(int from, int to, byte[] bytes, long giveUpNanos) {
    if (ports.stream(from, to, bytes)) {
      return;
    }
    if (ports.isReachable(to)) {
      events.after(transit(to, from), () -> ports.refused(from, to));
    } else {
      retry(from, to, bytes, giveUpNanos);
    }
  }

  private void retry(int from, int to, byte[] bytes, long giveUpNanos) {
    if (events.now() + RETRY >= giveUpNanos) {
      ports.broken(from, to);
    } else {
      events.after(RETRY, () -> attempt(from, to, bytes, giveUpNanos));
    }
  }

  private boolean isLost(Rule rule, int from, int to) {
    Weather weather = rule.weather();
    if (weather.blocks()) {
      return true;
    }
    if (weather.burstStart() > 0) {
      Rule.Way way = rule.way(from, to);
      double chance = way.inBurst ? weather.burstEnd() : weather.burstStart();
      way.inBurst ^= random.nextDouble() < chance;
      if (way.inBurst && random.nextDouble() < weather.burstLoss()) {
        return true;
      }
    }
    return happens(weather.loss());
  }

  /** Datagrams only: a stream cuts its messages to what fits, and waits. */
  private boolean isTooMuch(Rule rule, int from, int to, int bytes) {
    Weather weather = rule.weather();
    boolean full =
        weather.bytesPerSecond() > 0 && rule.way(from, to).busyUntilNanos - events.now() > QUEUE;
    return full || (weather.mtuBytes() > 0 && bytes > weather.mtuBytes());
  }

  private boolean counted(Rule rule, double share) {
    boolean happens = happens(share);
    if (happens) {
      rule.count();
    }
    return happens;
  }

  private long delay(Rule rule, int from, int to, int bytes) {
    Weather weather = rule.weather();
    long delay = weather.delayNanos();
    if (weather.spreadNanos() > 0) {
      delay += random.nextLong(weather.spreadNanos());
    }
    if (weather.bytesPerSecond() > 0) {
      Rule.Way way = rule.way(from, to);
      long begin = Math.max(events.now(), way.busyUntilNanos);
      way.busyUntilNanos =
          begin + bytes * SECOND / Math.max(SMALLEST_PIPE, weather.bytesPerSecond());
      delay += way.busyUntilNanos - events.now();
    }
    if (delay > 0) {
      rule.count();
    }
    return delay;
  }

  private boolean happens(double share) {
    return share > 0 && random.nextDouble() < share;
  }

  private long exponential(long mean) {
    return (long) (-mean * Math.log(1 - random.nextDouble()));
  }
}
