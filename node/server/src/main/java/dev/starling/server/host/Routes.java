package dev.starling.server.host;

import dev.starling.membership.NodeId;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What is under way between this node's sessions and those of all others. Takes the frames of
 * {@link FrameClass#RELAY}. Thread-safe.
 */
public final class Routes implements PeerUser {
  /** Routes to nodes that are gone answer at once; beyond so many, signals to them wait. */
  private static final int MOST_REMEMBERED = 1_024;

  private final NodeHost node;
  private final Places places;
  private final Relays relays;
  private final ConcurrentHashMap<String, Route> byNode = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, PeerLink> links = new ConcurrentHashMap<>();
  private final LongAdder malformed = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder resets = new LongAdder();

  Routes(NodeHost node, Places places, Relays relays) {
    this.node = node;
    this.places = places;
    this.relays = relays;
  }

  /** The route to a node. */
  Route to(String name) {
    Route known = byNode.get(name);
    return known != null
        ? known
        : byNode.computeIfAbsent(name, fresh -> route(fresh, node.loops().of(fresh)));
  }

  private Route route(String name, Loop loop) {
    return new Route(name, node, loop, places, relays, this);
  }

  /** A peer's route belongs to the peer's loop, so that nothing has to be handed over. */
  private Route to(PeerLink link) {
    Route known = byNode.get(link.peer().name());
    return known != null
        ? known
        : byNode.computeIfAbsent(
            link.peer().name(), fresh -> route(fresh, node.loops().of(link.loop())));
  }

  @Override
  public void up(PeerLink link) {
    links.put(link.peer().name(), link);
    to(link).up(link);
  }

  @Override
  public void down(PeerLink link) {
    links.remove(link.peer().name(), link);
    to(link).down(link);
  }

  @Override
  public void received(PeerLink link, List<PeerFrame> frames, Runnable taken) {
    to(link).received(frames, taken);
  }

  /** Whoever was refused asks again by itself. */
  @Override
  public void roomAgain(PeerLink link) {}

  @Override
  public void gone(NodeId peer) {
    Route route = to(peer.name());
    route.gone(peer.generation());
    if (byNode.size() > MOST_REMEMBERED) {
      byNode.remove(peer.name(), route);
    }
  }

  /** Whether what sessions here say gets to a node at once: whether there is a stream to it. */
  public boolean reaches(String name) {
    PeerLink link = links.get(name);
    return link != null && link.isOpen();
  }

  void countMalformed() {
    malformed.increment();
  }

  void countReset() {
    resets.increment();
  }

  void countRefused() {
    refused.increment();
  }

  /** How many frames of peers were no relay frames. */
  public long malformed() {
    return malformed.sum();
  }

  /** How many streams were ended since their peer didn't read answers. */
  public long resets() {
    return resets.sum();
  }

  /** How many deliveries were refused since too much was on its way to their node. */
  public long refused() {
    return refused.sum();
  }
}
