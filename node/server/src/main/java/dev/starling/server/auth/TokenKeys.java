package dev.starling.server.auth;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of tokens: secrets from the settings, and JWK Sets from a file, read again when it
 * changed, and from a URL, read again from time to time and when a token names a key that isn't
 * known. Where reading fails the keys that there are stay in use. All reading is done by one thread
 * of its own; {@link #ring} and {@link #refresh} are safe from any.
 */
public final class TokenKeys implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TokenKeys.class);

  private static final int FILE_POLL_MILLIS = 2000;

  private final Config config;
  private final LongSupplier nanoClock;
  private final List<VerificationKey> secrets;
  private final @Nullable WatchedFile file;
  private final @Nullable KeyUrl url;
  private final ScheduledExecutorService keeper;
  private List<VerificationKey> fromFile = List.of();
  private List<VerificationKey> fromUrl = List.of();
  private String lastDocument = "";
  private long lastFetchNanos;
  private @Nullable CompletableFuture<@Nullable Void> fetching;
  private volatile KeyRing ring;

  /**
   * Where keys come from.
   *
   * @param secrets shared secrets
   * @param file a JWK Set, or null
   * @param url of a JWK Set, or null
   * @param refreshMillis after what time the URL is read again
   * @param cooldownMillis how long an unknown key, or a failure, waits for the next reading at
   *     least
   * @param timeoutMillis how long reading the URL may take
   */
  public record Config(
      List<SharedSecret> secrets,
      @Nullable Path file,
      @Nullable URI url,
      long refreshMillis,
      long cooldownMillis,
      long timeoutMillis) {}

  private TokenKeys(Config config, LongSupplier nanoClock) {
    this.config = config;
    this.nanoClock = nanoClock;
    this.secrets =
        config.secrets().stream()
            .map(secret -> VerificationKey.ofSecret(secret.id(), secret.bytes()))
            .toList();
    this.file = config.file() == null ? null : new WatchedFile(config.file(), KeySet.MAX_BYTES);
    this.url = config.url() == null ? null : new KeyUrl(config.url(), config.timeoutMillis());
    this.ring = new KeyRing(secrets, url == null);
    this.keeper =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("starling-keys").factory());
  }

  /**
   * Reads the keys; waits for the URL once, within its time-out, and goes on without where that
   * fails.
   *
   * @param nanoClock monotonic
   * @throws IOException where the file can't be used; the message names it
   */
  public static TokenKeys open(Config config, LongSupplier nanoClock) throws IOException {
    TokenKeys keys = new TokenKeys(config, nanoClock);
    try {
      keys.start();
      return keys;
    } catch (IOException unusable) {
      keys.close();
      throw unusable;
    }
  }

  private void start() throws IOException {
    if (file != null) {
      try {
        readFile(file);
      } catch (IOException unusable) {
        throw new IOException(
            "auth.jwksFile: " + file.path() + " can't be used: " + unusable.getMessage(), unusable);
      }
      keeper.scheduleWithFixedDelay(
          () -> watch(file), FILE_POLL_MILLIS, FILE_POLL_MILLIS, TimeUnit.MILLISECONDS);
    }
    if (url != null) {
      CompletableFuture.runAsync(() -> fetchAndGoOn(url), keeper).join();
    }
  }

  /** The keys of now. */
  KeyRing ring() {
    return ring;
  }

  /** Whether there is a URL that may know of further keys. */
  boolean refreshable() {
    return url != null;
  }

  /**
   * A token names a key that isn't known: reads the URL once more, unless that was done just now.
   *
   * @return completes when the reading that is under way is over, or at once where none is due
   */
  synchronized CompletableFuture<@Nullable Void> refresh() {
    if (fetching != null) {
      return fetching;
    }
    boolean due =
        nanoClock.getAsLong() - lastFetchNanos
            >= TimeUnit.MILLISECONDS.toNanos(config.cooldownMillis());
    if (url == null || !due || keeper.isShutdown()) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
    fetching = over;
    keeper.execute(() -> fetch(url));
    return over;
  }

  private void fetchAndGoOn(KeyUrl source) {
    boolean read = fetch(source);
    long next =
        read ? config.refreshMillis() : Math.min(config.refreshMillis(), config.cooldownMillis());
    if (!keeper.isShutdown()) {
      keeper.schedule(() -> fetchAndGoOn(source), next, TimeUnit.MILLISECONDS);
    }
  }

  private boolean fetch(KeyUrl source) {
    try {
      String document = source.fetch();
      if (!document.equals(lastDocument)) {
        fromUrl = KeySet.read(document);
        lastDocument = document;
        publish();
      }
      return true;
    } catch (IOException failed) {
      log.warn(
          "auth.jwksUrl can't be read: {}; the keys known before, {} of them, stay in use",
          failed.getMessage(),
          fromUrl.size());
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    } finally {
      fetched();
    }
    return false;
  }

  private synchronized void fetched() {
    lastFetchNanos = nanoClock.getAsLong();
    if (fetching != null) {
      fetching.complete(null);
      fetching = null;
    }
  }

  private void watch(WatchedFile watched) {
    try {
      readFile(watched);
    } catch (IOException | RuntimeException unusable) {
      log.warn(
          "auth.jwksFile: {} can't be used: {}; the keys known before stay in use",
          watched.path(),
          unusable.getMessage());
    }
  }

  private void readFile(WatchedFile watched) throws IOException {
    String document = watched.changed();
    if (document != null) {
      fromFile = KeySet.read(document);
      publish();
    }
  }

  private void publish() {
    List<VerificationKey> all = new ArrayList<>(secrets);
    all.addAll(fromFile);
    all.addAll(fromUrl);
    ring = new KeyRing(all, url == null || !fromUrl.isEmpty());
  }

  @Override
  public void close() {
    keeper.shutdownNow();
    if (url != null) {
      url.close();
    }
  }
}
