package dev.starling.server.store;

import org.jspecify.annotations.Nullable;

/** The store can't go on: the state that it is in now, and the message for its status. */
@SuppressWarnings("serial") // nobody serialises it
final class StoreFault extends Exception {
  private final StoreState state;

  StoreFault(StoreState state, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.state = state;
  }

  StoreStatus status() {
    return new StoreStatus(state, String.valueOf(getMessage()));
  }

  boolean is(StoreState other) {
    return state == other;
  }
}
