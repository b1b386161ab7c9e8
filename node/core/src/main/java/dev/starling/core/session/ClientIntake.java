package dev.starling.core.session;

import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.ServerMessage;
import org.jspecify.annotations.Nullable;

/** Counts what a client sends against its rates, and passes it on. Not thread-safe. */
final class ClientIntake {
  private final ClientDesk desk;
  private final RelayReceiver receiver;
  private final Emitter emitter;
  private final TokenBucket messageRate;
  private final TokenBucket byteRate;

  ClientIntake(
      SessionConfig.Rates rates,
      ClientDesk desk,
      RelayReceiver receiver,
      Emitter emitter,
      long nowNanos) {
    this.desk = desk;
    this.receiver = receiver;
    this.emitter = emitter;
    this.messageRate = new TokenBucket(rates.messagesPerSecond(), rates.messageBurst(), nowNanos);
    this.byteRate = new TokenBucket(rates.bytesPerSecond(), rates.bytesPerSecond(), nowNanos);
  }

  /** Takes a message. */
  void received(SessionInput.Received received, Grant grant, long nowNanos) {
    boolean withinRate = withinRate(received.bytes(), nowNanos);
    if (!emitter.attached()) {
      return;
    }
    Code refusal = withinRate ? received.refusal() : Code.RATE_LIMITED;
    switch (received.message()) {
      case ClientMessage.Request request when refusal == null ->
          desk.take(request, grant, nowNanos);
      case ClientMessage.Request request -> desk.refuseNow(request, refusal, grant, nowNanos);
      case ClientMessage.Confirm confirm -> confirm(confirm.offset());
      case ClientMessage.Ping ping -> emitter.send(new ServerMessage.Pong());
      case ClientMessage.Hello hello -> fail(null, Code.OUT_OF_ORDER, "hello was said already");
    }
  }

  /** Takes a frame that says nothing, such as a ping. */
  void heard(int bytes, long nowNanos) {
    withinRate(bytes, nowNanos);
  }

  /** Takes what is no message. */
  void garbled(SessionInput.Garbled garbled, long nowNanos) {
    withinRate(garbled.bytes(), nowNanos);
    if (garbled.code().closes()) {
      emitter.close(garbled.code(), garbled.message());
    } else {
      fail(garbled.id(), garbled.code(), garbled.message());
    }
  }

  private void confirm(String offset) {
    if (!receiver.confirm(offset)) {
      fail(null, Code.INVALID, "offset: not one that this session was given");
    }
  }

  private void fail(@Nullable Long id, Code code, String message) {
    emitter.send(new ServerMessage.Failed(id, code, message));
  }

  /** Counts a frame; closes the connection of a client that goes on far above its rate. */
  private boolean withinRate(int bytes, long nowNanos) {
    boolean messages = messageRate.take(1, nowNanos);
    boolean volume = byteRate.take(bytes, nowNanos);
    if (messageRate.exhausted() || byteRate.exhausted()) {
      emitter.close(Code.FLOODING, "far above the rate limit");
    }
    return messages && volume;
  }
}
