package dev.starling.tools.dev;

import dev.starling.tools.CommandFailure;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Finds out when a node serves clients, by asking for {@code /health/ready} as a load balancer
 * would.
 */
final class Readiness implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration ONE_ANSWER = Duration.ofSeconds(2);
  private static final int OK = 200;

  private final HttpClient client;
  private final Duration patience;

  /**
   * @param client trusts the nodes' certificates
   * @param patience how long a node may take
   */
  Readiness(HttpClient client, Duration patience) {
    this.client = client;
    this.patience = patience;
  }

  /**
   * Waits until a node is ready.
   *
   * @throws CommandFailure when it ended or didn't get ready in time, with the end of its log
   */
  void await(NodeProcess node) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    while (!isReady(node)) {
      if (node.endedWithin(PAUSE)) {
        throw new CommandFailure(node.obituary());
      }
      if (System.nanoTime() - deadlineNanos > 0) {
        throw new CommandFailure(
            "the node "
                + node.plan().name()
                + " was not ready after "
                + patience.toSeconds()
                + " s; the end of its log "
                + node.plan().log()
                + ":\n"
                + node.tail());
      }
    }
  }

  private boolean isReady(NodeProcess node) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(node.plan().url().resolve("/health/ready"))
            .timeout(ONE_ANSWER)
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
