package dev.starling.tools.load;

import dev.starling.tools.CommandFailure;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Brings all clients into their rooms at a bounded pace; a client that is turned away tries again.
 */
final class Gathering implements Attendance {
  private static final long RETRY_MILLIS = 500;
  private static final int MOST_RETRIES = 20;

  /** Trying again gives the same answer. */
  private static final List<String> FINAL =
      List.of("UNAUTHENTICATED", "TOKEN_EXPIRED", "FORBIDDEN", "INVALID", "ROOM_FULL");

  private final Connector connector;
  private final int expected;
  private final AtomicInteger joined = new AtomicInteger();
  private final AtomicInteger retries = new AtomicInteger();
  private final CompletableFuture<Void> complete = new CompletableFuture<>();

  Gathering(Connector connector, int expected) {
    this.connector = connector;
    this.expected = expected;
  }

  int joined() {
    return joined.get();
  }

  /** Completes when all are there, or fails when somebody can't come. */
  CompletableFuture<Void> complete() {
    return complete;
  }

  @Override
  public void joined(Client client) {
    if (joined.incrementAndGet() == expected) {
      complete.complete(null);
    }
  }

  @Override
  public void lost(Client client, String reason) {
    if (FINAL.contains(reason)) {
      complete.completeExceptionally(
          new CommandFailure("the server refuses client " + client.index() + ": " + reason));
    } else if (joined.get() == 0 && retries.get() >= MOST_RETRIES) {
      complete.completeExceptionally(
          new Unreachable("no client gets through to the server: " + reason));
    } else if (retries.get() >= MOST_RETRIES + expected) {
      complete.completeExceptionally(
          new CommandFailure(
              "only " + joined + " of " + expected + " clients get through: " + reason));
    } else {
      retries.incrementAndGet();
      Lane lane = client.lane();
      lane.loop()
          .schedule(() -> connector.connect(client, lane), RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
