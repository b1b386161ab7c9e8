package dev.starling.server.host;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.server.ring.Pki;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class DeliveryCheckTest {
  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  @Test
  void blockedLoopIsNoticedAndForgivenWhenItRunsAgain() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    try (PairedNode node =
        new PairedNode("a", Pki.named("authority"), 1 << 20, 1_000, new SharedViews())) {
      NodeHost host = node.host();
      DeliveryCheck check = DeliveryCheck.start(host, EVERY_NANOS, TimeUnit.MINUTES.toNanos(1));
      assertTrue(check.delivers());
      DeliveryCheck hasty = DeliveryCheck.start(host, EVERY_NANOS, PATIENCE_NANOS);
      host.loops().all().getLast().run(() -> awaitQuietly(blocked));
      await().atMost(Duration.ofMinutes(1)).until(() -> !hasty.delivers());
      blocked.countDown();
      await().atMost(Duration.ofMinutes(1)).until(hasty::delivers);
    } finally {
      blocked.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }
}
