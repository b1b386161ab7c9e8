package dev.starling.server.ring.carrier;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One attempt to open a stream, and the stream if it succeeds; on the peer's loop only. */
final class Dial extends ClientCall.Listener<Batch> implements StreamCall {
  private final ManagedChannel channel;
  private final ClientCall<Batch, Batch> call;
  private final Function<Dial, CarrierStream> opened;
  private final Consumer<Status> ended;
  private @Nullable CarrierStream stream;
  private boolean over;

  /**
   * @param opened makes the stream when the peer has taken it
   * @param ended told once, when it is over
   */
  Dial(
      ManagedChannel channel,
      Dialing dialing,
      PeerHello hello,
      Function<Dial, CarrierStream> opened,
      Consumer<Status> ended) {
    this.channel = channel;
    this.call =
        ClientInterceptors.intercept(channel, dialing.checks(hello.callee().name()))
            .newCall(CarrierMethod.EXCHANGE, CallOptions.DEFAULT);
    this.opened = opened;
    this.ended = ended;
    call.start(this, hello.headers());
    // Nothing comes before the peer's headers do.
  }

  @Override
  public void onHeaders(Metadata headers) {
    if (!over && stream == null) {
      stream = opened.apply(this);
      stream.begin();
    }
  }

  @Override
  public void onMessage(Batch batch) {
    if (stream != null) {
      stream.received(batch);
    }
  }

  @Override
  public void onReady() {
    if (stream != null) {
      stream.drain();
    }
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    finish(status);
  }

  private void finish(Status status) {
    if (!over) {
      over = true;
      channel.shutdownNow();
      if (stream != null) {
        stream.ended();
      }
      ended.accept(status);
    }
  }

  @Override
  public boolean isReady() {
    return !over && call.isReady();
  }

  @Override
  public void send(Batch batch) {
    call.sendMessage(batch);
  }

  @Override
  public void request(int messages) {
    call.request(messages);
  }

  @Override
  public void end(Status status) {
    if (!over) {
      call.cancel(status.getDescription(), null);
      finish(status);
    }
  }
}
