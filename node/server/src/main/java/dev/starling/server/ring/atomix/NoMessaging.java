package dev.starling.server.ring.atomix;

import io.atomix.cluster.messaging.MessagingService;
import io.atomix.utils.net.Address;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * Takes no handlers and sends nothing. The membership service still takes its handler away at the
 * end, though it never gave one.
 */
record NoMessaging(Address address) implements MessagingService {
  static UnsupportedOperationException refusal() {
    return new UnsupportedOperationException("the ring carries its own packets only");
  }

  @Override
  public CompletableFuture<Void> sendAsync(
      Address to, String type, byte[] payload, boolean keepAlive) {
    return CompletableFuture.failedFuture(refusal());
  }

  @Override
  public CompletableFuture<byte[]> sendAndReceive(
      Address to, String type, byte[] payload, boolean keepAlive) {
    return CompletableFuture.failedFuture(refusal());
  }

  @Override
  public CompletableFuture<byte[]> sendAndReceive(
      Address to, String type, byte[] payload, boolean keepAlive, Executor executor) {
    return CompletableFuture.failedFuture(refusal());
  }

  @Override
  public CompletableFuture<byte[]> sendAndReceive(
      Address to, String type, byte[] payload, boolean keepAlive, Duration timeout) {
    return CompletableFuture.failedFuture(refusal());
  }

  @Override
  public CompletableFuture<byte[]> sendAndReceive(
      Address to,
      String type,
      byte[] payload,
      boolean keepAlive,
      Duration timeout,
      Executor executor) {
    return CompletableFuture.failedFuture(refusal());
  }

  @Override
  public void registerHandler(String type, BiConsumer<Address, byte[]> handler, Executor executor) {
    throw refusal();
  }

  @Override
  public void registerHandler(
      String type, BiFunction<Address, byte[], byte[]> handler, Executor executor) {
    throw refusal();
  }

  @Override
  public void registerHandler(
      String type, BiFunction<Address, byte[], CompletableFuture<byte[]>> handler) {
    throw refusal();
  }

  @Override
  public void unregisterHandler(String type) {}
}
