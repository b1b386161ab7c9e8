package dev.starling.server.wiring;

import dev.starling.server.auth.Revocation;
import dev.starling.server.config.NodeSettings;
import dev.starling.server.edge.api.ApiConfig;
import dev.starling.server.edge.api.HttpApi;
import dev.starling.server.edge.api.RevocationDesk;
import dev.starling.server.host.HostedRooms;
import dev.starling.server.host.NodeClock;
import dev.starling.server.host.NodeHost;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The HTTP API and the thread that it runs on. */
final class ApiParts implements AutoCloseable {
  /** Each is as large as a message at most. */
  private static final int WAITING_REQUESTS = 256;

  private final ThreadPoolExecutor executor =
      new ThreadPoolExecutor(
          1,
          1,
          10,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING_REQUESTS),
          Thread.ofPlatform().daemon().name("starling-api").factory());
  private final HttpApi api;

  ApiParts(
      NodeSettings settings, List<String> urls, NodeHost host, AuthParts auth, NodeClock clock) {
    executor.allowCoreThreadTimeOut(true);
    this.api =
        new HttpApi(
            new ApiConfig(
                settings.node().region(),
                urls,
                settings.limits().jsonDepth(),
                settings.limits().profileBytes(),
                settings.api().requestsPerSecond()),
            new HostedRooms(host),
            (credential, verdict) -> auth.authorise(credential == null ? "" : credential, verdict),
            new Desk(auth, host),
            executor,
            InstantSource.system(),
            clock::nanos);
  }

  HttpApi api() {
    return api;
  }

  /** What is revoked here ends the sessions that it concerns. */
  private record Desk(AuthParts auth, NodeHost host) implements RevocationDesk {
    @Override
    public boolean revokeToken(String id, @Nullable Long untilMillis) {
      return revoke(new Revocation.OfToken(id, untilMillis));
    }

    @Override
    public boolean revokeUser(String user, long beforeMillis) {
      return revoke(new Revocation.OfUser(user, beforeMillis));
    }

    private boolean revoke(Revocation revocation) {
      boolean taken = auth.revocations().add(revocation);
      if (taken) {
        host.revoke(auth.revocations());
      }
      return taken;
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
