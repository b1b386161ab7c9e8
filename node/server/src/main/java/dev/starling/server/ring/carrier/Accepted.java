package dev.starling.server.ring.carrier;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** A stream that a peer opened; on the peer's loop only. */
final class Accepted extends ServerCall.Listener<Batch> implements StreamCall {
  private final ServerCall<Batch, Batch> call;
  private @Nullable CarrierStream stream;
  private boolean over;

  Accepted(ServerCall<Batch, Batch> call) {
    this.call = call;
  }

  /** Tells the peer that it is taken. */
  void begin(CarrierStream taken) {
    stream = taken;
    call.sendHeaders(new Metadata());
    taken.begin();
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
  public void onHalfClose() {
    end(Status.OK);
  }

  @Override
  public void onCancel() {
    finish();
  }

  @Override
  public void onComplete() {
    finish();
  }

  private void finish() {
    over = true;
    if (stream != null) {
      stream.ended();
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
      over = true;
      call.close(status, new Metadata());
      finish();
    }
  }
}
