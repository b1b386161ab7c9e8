package dev.starling.server.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.membership.Endpoint;
import dev.starling.proto.peer.v1.Introduction;
import dev.starling.proto.ring.v1.Node;
import dev.starling.server.ring.carrier.CarrierConfig;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever has a certificate of the cluster and keeps to no rule. */
final class HostilePeerTest {
  private static final Metadata.Key<byte[]> HELLO =
      Metadata.Key.of("starling-peer-bin", Metadata.BINARY_BYTE_MARSHALLER);
  private static final MethodDescriptor<byte[], byte[]> EXCHANGE =
      MethodDescriptor.newBuilder(new Raw(), new Raw())
          .setType(MethodType.BIDI_STREAMING)
          .setFullMethodName("starling.peer.v1.Peer/Exchange")
          .build();

  private final Pki pki = Pki.named("authority");
  private final CarrierNode b = CarrierNode.of("b", pki).serving(new CarrierConfig(1, 1, 1));

  HostilePeerTest() throws Exception {}

  @AfterEach
  void end() {
    b.close();
  }

  private static final class Raw implements Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] bytes) {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public byte[] parse(InputStream in) {
      try {
        return in.readAllBytes();
      } catch (IOException memoryDoesNotFail) {
        throw new UncheckedIOException(memoryDoesNotFail);
      }
    }
  }

  private Status say(byte[] hello, byte[] message) throws Exception {
    RingTls tls = new RingTls(Pki.credentials(pki.issue("a"), pki));
    PeerChannels channels =
        new PeerChannels(RingSockets.of(b.loops()), tls.client(), () -> CarrierNode.KEYS);
    var channel = channels.channel(new Endpoint("127.0.0.1", b.port()), b.loops().next());
    ClientCall<byte[], byte[]> call =
        ClientInterceptors.intercept(channel, channels.checks("b"))
            .newCall(EXCHANGE, CallOptions.DEFAULT);
    Metadata headers = new Metadata();
    headers.put(HELLO, hello);
    CompletableFuture<Status> end = new CompletableFuture<>();
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            end.complete(status);
          }
        },
        headers);
    call.request(1);
    call.sendMessage(message);
    Status status = end.get(1, TimeUnit.MINUTES);
    channel.shutdownNow();
    return status;
  }

  private static byte[] hello(String caller, String callee, long generation) {
    return Introduction.newBuilder()
        .setCaller(Node.newBuilder().setName(caller).setGeneration(1))
        .setCallee(Node.newBuilder().setName(callee).setGeneration(generation))
        .build()
        .toByteArray();
  }

  @Test
  void streamEndsWithAMessageThatIsNoBatchAndIsCounted() throws Exception {
    Status status = say(hello("a", "b", 1), new byte[] {1, 2, 3});
    assertEquals(Status.Code.INVALID_ARGUMENT, status.getCode());
    assertEquals(1, b.carrier().counts().malformed());
  }

  @Test
  void messageAboveTheLargestEndsTheStreamAndIsNotTaken() throws Exception {
    byte[] large = new byte[CarrierConfig.MOST_FRAME + 256 * 1024];
    Status.Code code = say(hello("a", "b", 1), large).getCode();
    // The reason may be lost where the message was still on its way.
    assertTrue(Set.of(Status.Code.RESOURCE_EXHAUSTED, Status.Code.CANCELLED).contains(code));
    assertEquals(0, b.carrier().counts().malformed());
    assertEquals(0, b.received.size());
  }

  @Test
  void whoIntroducesItselfWronglyIsRefused() throws Exception {
    byte[] nothing = {};
    assertEquals(Status.Code.INVALID_ARGUMENT, say(new byte[] {1}, nothing).getCode());
    assertEquals(Status.Code.PERMISSION_DENIED, say(hello("c", "b", 1), nothing).getCode());
    assertEquals(Status.Code.FAILED_PRECONDITION, say(hello("a", "b", 2), nothing).getCode());
    assertEquals(Status.Code.FAILED_PRECONDITION, say(hello("a", "c", 1), nothing).getCode());
  }
}
