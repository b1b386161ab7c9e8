package dev.starling.sim.node;

import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.swim.Channel;
import dev.starling.membership.swim.SwimInput;
import dev.starling.membership.swim.SwimInput.ConnectionBroken;
import dev.starling.membership.swim.SwimInput.ConnectionRefused;
import dev.starling.membership.swim.SwimInput.Remember;
import dev.starling.membership.swim.SwimInput.Seek;
import dev.starling.membership.swim.SwimOutput;
import dev.starling.membership.swim.SwimOutput.Send;
import dev.starling.sim.kernel.EventQueue;
import dev.starling.sim.kernel.Seeds;
import dev.starling.sim.kernel.Trace;
import dev.starling.sim.network.Network;
import dev.starling.sim.network.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** All machines, the network between them, and who watches. Single-threaded. */
public final class World {
  private static final long SECOND = 1_000_000_000L;

  private final EventQueue events = new EventQueue();
  private final Trace trace = new Trace();
  private final Seeds seeds;
  private final Topology topology;
  private final CoreUnderTest.Factory factory;
  private final Network network;
  private final Machine[] machines;
  private final Directory directory;
  private final Lives lives;
  private final List<Observer> observers = new ArrayList<>();
  private final List<Wiretap> taps = new ArrayList<>();
  private long generations;

  /** Is told what nodes put out, beside packets and wakes. */
  @FunctionalInterface
  public interface Observer {
    void saw(Machine machine, SwimOutput output);
  }

  /** Is told what nodes send, when they send it. */
  @FunctionalInterface
  public interface Wiretap {
    void sent(int from, Send send, int bytes);
  }

  public World(long seed, Topology topology, CoreUnderTest.Factory factory) {
    this.seeds = new Seeds(seed);
    this.topology = topology;
    this.factory = factory;
    this.network = new Network(events, topology, seeds.stream("network"), new Wires());
    int hosts = topology.hosts();
    machines = new Machine[hosts];
    directory = new Directory(topology);
    lives = new Lives(hosts);
    RandomGenerator clocks = seeds.stream("clocks");
    for (int host = 0; host < hosts; host++) {
      LocalClock clock = new LocalClock(clocks.nextLong(SECOND * 1_000));
      machines[host] = new Machine(host, events, clock, seeds, new Wires());
    }
  }

  public EventQueue events() {
    return events;
  }

  public Network network() {
    return network;
  }

  public Topology topology() {
    return topology;
  }

  public Trace trace() {
    return trace;
  }

  public Seeds seeds() {
    return seeds;
  }

  public Machine machine(int number) {
    return machines[number];
  }

  public int size() {
    return machines.length;
  }

  /** Which machine has that name; −1 for none. */
  public int numberOf(String name) {
    return directory.numberOf(name);
  }

  /** The highest incarnation that any process of this identity ever had; −1 when there was none. */
  public long highestIncarnation(int number, NodeId id) {
    return lives.highestIncarnation(machines[number].core(), id);
  }

  /** Lets somebody see what is sent. */
  public void tap(Wiretap tap) {
    taps.add(tap);
  }

  public void watch(Observer observer) {
    observers.add(observer);
  }

  /** Starts a node under a new generation, with these machines as seeds. */
  public CoreUnderTest start(int number, List<Integer> seedMachines) {
    return start(number, ++generations, seedMachines);
  }

  /** Starts a node under a generation of choice: an old one is a copy of an earlier identity. */
  public CoreUnderTest start(int number, long generation, List<Integer> seedMachines) {
    Machine machine = machines[number];
    NodeId id = new NodeId(topology.name(number), generation);
    RandomGenerator random = seeds.stream("node " + number + " " + generation);
    CoreUnderTest core = factory.start(id, info(number), random, machine.localNanos());
    lives.begin(number, id);
    machine.start(core);
    discover(number, seedMachines);
    return core;
  }

  /** Tells a node where others may be found. */
  public void discover(int number, List<Integer> seedMachines) {
    machines[number].give(
        new Seek(seedMachines.stream().map(seed -> directory.streams(seed)).toList()));
  }

  /** Starts a node under a new generation, which remembers what an earlier one wrote down. */
  public void start(int number, List<Integer> seedMachines, List<Fact> remembered) {
    start(number, seedMachines);
    machines[number].give(new Remember(remembered));
  }

  /** Starts everybody at once, each knowing all others already. */
  public void startAcquainted() {
    for (int number = 0; number < machines.length; number++) {
      start(number, List.of());
    }
    List<Fact> everybody = new ArrayList<>();
    for (Machine machine : machines) {
      CoreUnderTest core = machine.core();
      if (core != null) {
        everybody.add(core.selfFact());
      }
    }
    for (Machine machine : machines) {
      machine.give(new Remember(everybody));
    }
  }

  /** Ends a process: its machine goes on, and tells everybody whose connections it held. */
  public void kill(int number) {
    lives.end(number, machines[number].core());
    machines[number].crash(false);
    NodeId dead = lives.last(number);
    if (dead == null) {
      return;
    }
    for (Machine peer : machines) {
      if (peer.number() != number && peer.isUp() && bothWays(number, peer.number())) {
        long there = network.transit(number, peer.number());
        events.after(there, () -> peer.give(new ConnectionBroken(dead)));
        // The peer tries again at once, and finds nobody listening.
        events.after(there * 3, () -> refuse(peer, number, dead));
      }
    }
  }

  /** Ends a machine without a sound. */
  public void powerOff(int number) {
    lives.end(number, machines[number].core());
    machines[number].crash(true);
  }

  /** From its next start on a machine runs the next version, which says more than this one. */
  public void upgrade(int number) {
    directory.upgrade(number);
  }

  /** What a node on a machine says of itself. */
  public NodeInfo info(int number) {
    return directory.info(number);
  }

  private void refuse(Machine peer, int number, NodeId dead) {
    boolean sameLife = dead.equals(lives.last(number));
    if (sameLife && !machines[number].isUp() && bothWays(number, peer.number())) {
      peer.give(new ConnectionRefused(dead));
    }
  }

  private boolean bothWays(int one, int other) {
    return network.isOpen(one, other) && network.isOpen(other, one);
  }

  private final class Wires implements Network.Ports, Machine.Surroundings {
    @Override
    public void datagram(int from, int to, byte[] bytes, boolean damaged) {
      trace.add(events.now(), to, bytes);
      if (damaged) {
        machines[to].refuse(bytes);
      } else {
        machines[to].receive(from, Channel.DATAGRAM, bytes);
      }
    }

    @Override
    public boolean stream(int from, int to, byte[] bytes) {
      if (!machines[to].isUp() || fails(from, to)) {
        return false;
      }
      trace.add(events.now(), to, bytes);
      machines[to].receive(from, Channel.STREAM, bytes);
      return true;
    }

    @Override
    public void broken(int from, int to) {
      tell(from, to, ConnectionBroken::new);
    }

    @Override
    public void refused(int from, int to) {
      // A failed handshake is no sign that nobody listens.
      tell(from, to, fails(from, to) ? ConnectionBroken::new : ConnectionRefused::new);
    }

    @Override
    public boolean isReachable(int host) {
      return machines[host].isPowered();
    }

    @Override
    public void send(int from, Send send, byte[] bytes) {
      byte[] sent = directory.inItsVersion(from, bytes);
      for (Wiretap tap : taps) {
        tap.sent(from, send, sent.length);
      }
      int to = directory.numberOf(send.to().host());
      if (to < 0) {
        return;
      }
      if (send.channel() == Channel.DATAGRAM) {
        network.sendDatagram(from, to, sent);
      } else {
        network.sendStream(from, to, sent);
      }
    }

    @Override
    public void observe(Machine machine, SwimOutput output) {
      // By its text: an enum's own hash differs from process to process.
      trace.add(events.now(), machine.number(), output.toString().hashCode());
      for (Observer observer : observers) {
        observer.saw(machine, output);
      }
    }

    @Override
    public Endpoint endpoint(int machine) {
      return directory.datagrams(machine);
    }

    private boolean fails(int from, int to) {
      return machines[to].refusesStreams() || machines[from].refusesStreams();
    }

    private void tell(int from, int to, Function<NodeId, SwimInput> input) {
      NodeId peer = lives.last(to);
      if (peer != null) {
        machines[from].give(input.apply(peer));
      }
    }
  }
}
