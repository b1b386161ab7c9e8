package dev.starling.server.host;

import dev.starling.core.route.RouteConfig;
import dev.starling.core.route.RouteCore;
import dev.starling.core.route.RouteFrame;
import dev.starling.core.route.RouteInput;
import dev.starling.core.route.RouteOutput;
import dev.starling.core.session.Relay;
import dev.starling.proto.relay.RelayReader;
import dev.starling.proto.relay.RelayWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The route to one peer, on its loop. */
final class Route {
  private final String peer;
  private final Loop loop;
  private final Places places;
  private final Relays relays;
  private final Routes counts;
  private final RouteCore core;
  private final HeldBytes held;
  private final long maxHandedOver;
  private final AtomicLong handedOver = new AtomicLong();
  private final Consumer<RouteOutput> dispatch = this::dispatch;
  private final List<RouteFrame> refused = new ArrayList<>();
  private final Set<Loop> handedTo = new LinkedHashSet<>();
  private @Nullable PeerLink link;

  Route(String peer, NodeHost node, Loop loop, Places places, Relays relays, Routes counts) {
    RouteConfig config = node.config().route();
    this.peer = peer;
    this.loop = loop;
    this.places = places;
    this.relays = relays;
    this.counts = counts;
    this.core = new RouteCore(config);
    this.held = new HeldBytes(loop.page());
    this.maxHandedOver = config.maxHeldBytes();
  }

  /**
   * A session of this node says something to sessions of the peer; from any thread. Where too much
   * is handed over already it is refused at once.
   *
   * @param to in ascending order; must not change
   */
  void say(Relay relay, List<String> to) {
    if (!(relay instanceof Relay.Deliver delivery)) {
      loop.run(() -> step(new RouteInput.Said(relay, to)));
      return;
    }
    long weight = delivery.event().weight();
    if (handedOver.addAndGet(weight) > maxHandedOver) {
      handedOver.addAndGet(-weight);
      counts.countRefused();
      to.forEach(receiver ->
          relays.hand(
              delivery.from(), new Relay.Outcome(receiver, delivery.id(), Relay.Fate.REFUSED)));
      return;
    }
    loop.run(() -> {
      handedOver.addAndGet(-weight);
      step(new RouteInput.Said(relay, to));
    });
  }

  void up(PeerLink open) {
    loop.run(() -> {
      link = open;
      step(new RouteInput.Up(open.peer().generation()));
    });
  }

  void down(PeerLink closed) {
    loop.run(() -> {
      if (closed.equals(link)) {
        link = null;
        step(new RouteInput.Down());
      }
    });
  }

  void gone(long generation) {
    loop.run(() -> step(new RouteInput.Gone(generation)));
  }

  /** Frames came; the next may come when the sessions they are for have taken them. */
  void received(List<PeerFrame> frames, Runnable taken) {
    loop.run(() -> {
      handedTo.clear();
      boolean whole = false;
      try {
        frames.forEach(this::received);
        whole = true;
      } finally {
        if (!whole) {
          // A fault left out what others count on: it is said again over a new stream.
          reset();
        }
        whenDone(taken);
      }
    });
  }

  private void received(PeerFrame frame) {
    RouteFrame read = RelayReader.read(frame.head());
    if (read == null) {
      counts.countMalformed();
    } else {
      learn(read);
      step(new RouteInput.Arrived(read));
    }
  }

  private void learn(RouteFrame frame) {
    switch (frame) {
      case RouteFrame.Deliver delivery -> places.heard(delivery.from(), peer);
      case RouteFrame.Withdraw withdrawal -> places.heard(withdrawal.from(), peer);
      case RouteFrame.Outcome outcome -> {}
    }
  }

  /** Runs a task behind what was handed to other loops. */
  private void whenDone(Runnable taken) {
    handedTo.remove(loop);
    if (handedTo.isEmpty()) {
      loop.run(taken);
      return;
    }
    AtomicInteger open = new AtomicInteger(handedTo.size());
    Runnable behind =
        () -> {
          if (open.decrementAndGet() == 0) {
            taken.run();
          }
        };
    handedTo.forEach(other -> other.run(behind));
  }

  private void step(RouteInput input) {
    core.step(input, dispatch);
    if (!refused.isEmpty()) {
      List<RouteFrame> unsent = List.copyOf(refused);
      refused.clear();
      unsent.forEach(frame -> core.step(new RouteInput.Refused(frame), dispatch));
    }
    held.set(core.heldBytes());
  }

  private void dispatch(RouteOutput output) {
    switch (output) {
      case RouteOutput.Carry carry -> carry(carry.frame());
      case RouteOutput.Hand hand -> {
        Loop other = relays.hand(hand.to(), hand.relay());
        if (other != null) {
          handedTo.add(other);
        }
      }
      case RouteOutput.Reset reset -> reset();
    }
  }

  private void carry(RouteFrame frame) {
    PeerLink open = link;
    // A link that has just broken refuses too; then the next one is offered the frame again.
    if (open == null || !open.isOpen()) {
      return;
    }
    PeerFrame bytes =
        new PeerFrame(FrameClass.RELAY, RelayWriter.head(frame), RelayWriter.body(frame));
    if (!refused.isEmpty() || (!open.offer(bytes) && open.isOpen())) {
      refused.add(frame);
    }
  }

  private void reset() {
    PeerLink open = link;
    if (open != null && open.isOpen()) {
      counts.countReset();
      open.loop().execute(() -> open.reset("what was said is to be said again"));
    }
  }
}
