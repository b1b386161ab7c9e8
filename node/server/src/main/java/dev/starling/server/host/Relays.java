package dev.starling.server.host;

import dev.starling.core.room.Place;
import dev.starling.core.session.Relay;
import dev.starling.core.session.SessionInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings what sessions say to each other to where the others are: to their loops on this node, to
 * the routes of their nodes elsewhere. Thread-safe.
 */
final class Relays {
  private final NodeHost node;
  private final Places places;
  private final Routes routes;

  Relays(NodeHost node, Places places) {
    this.node = node;
    this.places = places;
    this.routes = new Routes(node, places, this);
  }

  Routes routes() {
    return routes;
  }

  /** Says something to a session; where it is nowhere, a delivery's sender hears so. */
  void relay(String to, Relay relay) {
    SessionHost here = node.session(to);
    Place place = here == null ? placeOf(to, relay) : null;
    if (place == null) {
      hand(to, relay);
    } else {
      routes.to(place.node()).say(relay, List.of(to));
    }
  }

  /**
   * Says the same to several, once to each of their nodes.
   *
   * @param to in ascending order
   */
  void relay(List<String> to, Relay relay) {
    Map<String, List<String>> byNode = new LinkedHashMap<>();
    for (String each : to) {
      SessionHost here = node.session(each);
      Place place = here == null ? placeOf(each, relay) : null;
      if (place == null) {
        hand(each, relay);
      } else {
        byNode.computeIfAbsent(place.node(), name -> new ArrayList<>()).add(each);
      }
    }
    byNode.forEach((name, there) -> routes.to(name).say(relay, there));
  }

  private @Nullable Place placeOf(String session, Relay relay) {
    Place place =
        relay instanceof Relay.Deliver delivery
            ? places.of(session, delivery.event())
            : places.of(session);
    return place == null || place.node().equals(node.config().replica().node()) ? null : place;
  }

  /**
   * Says something to a session of this node.
   *
   * @return its loop, or null where it isn't here
   */
  @Nullable Loop hand(String to, Relay relay) {
    SessionHost receiver = node.session(to);
    if (receiver != null) {
      receiver.input(new SessionInput.Relayed(relay, node.account().crowded()));
      return receiver.loop();
    }
    if (relay instanceof Relay.Deliver delivery) {
      absent(to, delivery.from(), delivery.id());
    } else if (relay instanceof Relay.Withdraw withdrawal) {
      absent(to, withdrawal.from(), withdrawal.id());
    }
    return null;
  }

  private void absent(String receiver, String sender, long id) {
    relay(sender, new Relay.Outcome(receiver, id, Relay.Fate.ABSENT));
  }
}
