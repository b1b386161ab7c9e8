package dev.starling.server.host;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Where rooms outlive the process. From any thread, and nothing blocks: outcomes come on the
 * executor, in the order of the calls.
 */
public interface RoomDisk {
  /** What became of a write. */
  enum Outcome {
    /** It is kept. */
    KEPT,
    /** It is kept, and the room's whole state is asked for by {@link #fold}. */
    KEPT_AND_LONG,
    /** It isn't done: the room is behind there until a later {@link #fold} or {@link #remove}. */
    REFUSED
  }

  /** Whether it can be written to now, as far as is known; from any thread. */
  boolean takes();

  /** Keeps what an operation changed. */
  void append(String room, byte[] delta, Executor executor, Consumer<Outcome> done);

  /** Keeps a room's whole state in place of everything that was appended. */
  void fold(String room, byte[] state, Executor executor, Consumer<Outcome> done);

  /** Removes a room, where there is one. */
  void remove(String room, Executor executor, Consumer<Outcome> done);
}
