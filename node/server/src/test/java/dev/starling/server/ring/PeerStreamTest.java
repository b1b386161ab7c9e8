package dev.starling.server.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.starling.membership.Endpoint;
import dev.starling.proto.ring.v1.Packet;
import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A stream over a connection that the test makes ready. */
final class PeerStreamTest {
  private final List<String> seen = new ArrayList<>();
  private final Connection connection = new Connection();
  private final PeerStream stream =
      new PeerStream(
          new Endpoint("192.0.2.1", 7500), connection, (ended, how) -> seen.add(how.toString()));

  /** One whose transport is ready before anybody was told so. */
  private final class Connection extends ManagedChannel {
    private ClientCall.@Nullable Listener<?> listener;

    void ready() {
      if (listener != null) {
        listener.onReady();
      }
    }

    @Override
    public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
      return new ClientCall<>() {
        @Override
        public void start(Listener<A> responses, Metadata headers) {
          listener = responses;
        }

        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public Attributes getAttributes() {
          return Attributes.EMPTY;
        }

        @Override
        public void sendMessage(Q message) {
          seen.add("a packet");
        }

        @Override
        public void cancel(@Nullable String message, @Nullable Throwable cause) {
          if (listener != null) {
            listener.onClose(Status.CANCELLED.withCause(cause), new Metadata());
          }
        }

        @Override
        public void request(int messages) {}

        @Override
        public void halfClose() {}
      };
    }

    @Override
    public String authority() {
      return "192.0.2.1";
    }

    @Override
    public ManagedChannel shutdown() {
      return this;
    }

    @Override
    public ManagedChannel shutdownNow() {
      return this;
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }

  @Test
  void nothingIsSentBeforeTheNameOfTheServerWasChecked() {
    stream.open(new NameCheck("a"));
    stream.send(Packet.getDefaultInstance());
    connection.ready();
    assertEquals(List.of("OTHER_NODE"), seen);
  }

  @Test
  void whatWaitedIsSentOnceTheServerIsKnown() {
    stream.open(new NameCheck(null));
    stream.send(Packet.getDefaultInstance());
    assertEquals(List.of(), seen);
    connection.ready();
    assertEquals(List.of("a packet"), seen);
    stream.send(Packet.getDefaultInstance());
    assertEquals(List.of("a packet", "a packet"), seen);
  }
}
