package dev.starling.server.edge;

import java.util.Locale;

/** What the node says of itself. Set by the wiring, read by every loop. */
public final class Health {
  private final String node;
  private final String region;
  private volatile State state = State.STARTING;

  /** Where a node is in its life. */
  public enum State {
    STARTING,
    READY,
    DRAINING
  }

  public Health(String node, String region) {
    this.node = node;
    this.region = region;
  }

  /** Enters the next part of its life. */
  public void enter(State next) {
    state = next;
  }

  boolean ready() {
    return state == State.READY;
  }

  /** The state as a JSON object; names come from checked settings and need no escape. */
  String json() {
    return String.format(
        Locale.ROOT,
        "{\"status\":\"%s\",\"node\":\"%s\",\"region\":\"%s\",\"degraded\":[]}",
        state.name().toLowerCase(Locale.ROOT),
        node,
        region);
  }
}
