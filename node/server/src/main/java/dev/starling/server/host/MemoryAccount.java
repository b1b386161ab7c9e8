package dev.starling.server.host;

import dev.starling.core.protocol.ClientMessage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * About how many bytes the node holds for its clients: what connections, sessions and rooms cost,
 * and what waits in them. Each loop counts for itself and tells the others only after larger
 * changes, so that the sum is right up to a small part of the limit. The answers to being full are
 * ordered: first the biggest slow consumers go, then nobody new comes in, rooms don't grow and
 * those for whom much waits get nothing more, and only at the limit itself are all signals refused.
 * Thread-safe.
 */
final class MemoryAccount {
  private static final int STEPS = 256;
  private static final int MAX_STEP_BYTES = 64 * 1024;

  private final long limitBytes;
  private final long stepBytes;
  private final Runnable whenPressed;
  private final AtomicLong total = new AtomicLong();
  private final AtomicLong rooms = new AtomicLong();

  /**
   * @param limitBytes how much may be held
   * @param whenPressed called from any loop, often, while slow consumers have to go
   */
  MemoryAccount(long limitBytes, Runnable whenPressed) {
    this.limitBytes = limitBytes;
    this.stepBytes = Math.clamp(limitBytes / STEPS, 1, MAX_STEP_BYTES);
    this.whenPressed = whenPressed;
  }

  /** One loop's part of the account; used on that loop. */
  final class Page {
    private long unsaid;
    private long unsaidOfRooms;

    /** Counts what connections and sessions hold more, or less. */
    void add(long bytes) {
      unsaid += bytes;
      if (Math.abs(unsaid) >= stepBytes) {
        tell();
      }
    }

    /** Counts what rooms hold more, or less. */
    void addOfRooms(long bytes) {
      unsaidOfRooms += bytes;
      if (Math.abs(unsaidOfRooms) >= stepBytes) {
        rooms.addAndGet(unsaidOfRooms);
        unsaid += unsaidOfRooms;
        unsaidOfRooms = 0;
        tell();
      }
    }

    private void tell() {
      total.addAndGet(unsaid);
      unsaid = 0;
      if (pressed()) {
        whenPressed.run();
      }
    }
  }

  /** What is held, as far as the loops have told. */
  long heldBytes() {
    return total.get();
  }

  long limitBytes() {
    return limitBytes;
  }

  /** Whether slow consumers have to go: above three quarters. */
  boolean pressed() {
    return total.get() > limitBytes / 4 * 3;
  }

  /** How much has to go where it is pressed: down to five eighths, to be quiet for a while. */
  long excessBytes() {
    return total.get() - limitBytes / 8 * 5;
  }

  /** Whether nobody new can come in: above seven eighths. */
  boolean crowded() {
    return total.get() > limitBytes / 8 * 7;
  }

  private boolean full() {
    return total.get() > limitBytes;
  }

  /** Chat may take up a half, so that those who only talk leave room for those who call. */
  private boolean chatIsFull() {
    return rooms.get() > limitBytes / 2;
  }

  /** Whether what a client asks for would hold more than can be held now. */
  boolean refuses(ClientMessage message) {
    return (crowded() || chatIsFull()) && wouldHoldMore(message);
  }

  private boolean wouldHoldMore(ClientMessage message) {
    return switch (message) {
      case ClientMessage.Signal signal -> full();
      case ClientMessage.Broadcast broadcast -> full();
      case ClientMessage.History history -> full();
      case ClientMessage.Chat chat -> crowded() || chatIsFull();
      case ClientMessage.Join join -> crowded();
      case ClientMessage.Profile profile -> crowded();
      case ClientMessage.Settings settings -> crowded();
      // These hold nothing, or give something back.
      case ClientMessage.Leave leave -> false;
      case ClientMessage.Moderate moderate -> false;
      case ClientMessage.Hello hello -> false;
      case ClientMessage.Confirm confirm -> false;
      case ClientMessage.Ping ping -> false;
    };
  }
}
