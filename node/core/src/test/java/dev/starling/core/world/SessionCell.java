package dev.starling.core.world;

import dev.starling.core.protocol.Grant;
import dev.starling.core.session.Secrets;
import dev.starling.core.session.SessionCore;
import dev.starling.core.session.SessionIdentity;
import dev.starling.core.session.SessionInput;
import dev.starling.core.session.SessionOutput;
import dev.starling.crdt.ReplicaId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session core in its place in the node. */
final class SessionCell {
  private final Node node;
  private final String id;
  private final SessionCore core;
  private @Nullable Gate gate;
  private long wakeAtNanos = Long.MAX_VALUE;

  SessionCell(Node node, String id, Grant grant) {
    this.node = node;
    this.id = id;
    this.core =
        new SessionCore(
            new SessionIdentity(
                id, new ReplicaId(Node.NAME, 1), Node.REGION, List.of("ws://node"), 1),
            node.bounds().session(),
            grant,
            node::view,
            new Secrets(id, node.random()),
            node.timeline().nowNanos());
  }

  String id() {
    return id;
  }

  SessionCore core() {
    return core;
  }

  void input(SessionInput input) {
    node.timeline().soon(() -> step(input));
  }

  private void step(SessionInput input) {
    core.step(input, node.timeline().nowNanos(), this::dispatch);
  }

  private void dispatch(SessionOutput output) {
    node.timeline().note(id + " " + output);
    switch (output) {
      case SessionOutput.Send send -> gate().line().write(send.message(), send.offset());
      case SessionOutput.SendRelay relay -> node.relay(relay.to(), relay.relay());
      case SessionOutput.SendRelays relays ->
          relays.to().forEach(to -> node.relay(to, relays.relay()));
      case SessionOutput.WakeAt wake -> wakeAt(wake.nanos());
      case SessionOutput.AskRoom ask -> node.ask(ask.room(), ask.request(), ask.residency());
      case SessionOutput.Ping ping -> gate().line().ping();
      case SessionOutput.UseLink use -> adopt(use.link());
      case SessionOutput.CloseLink close -> {
        gate().line().close(close.code());
        release();
      }
      case SessionOutput.RefuseResume refuse -> {
        Gate refused = node.gate(refuse.link());
        if (refused != null) {
          refused.resumeRefused(refuse.reason());
        }
      }
      case SessionOutput.Ended ended -> {
        wakeAtNanos = Long.MAX_VALUE;
        node.ended(this);
      }
    }
  }

  private void adopt(long link) {
    gate = node.gate(link);
    if (gate != null) {
      gate.adopted(this);
    } else {
      input(new SessionInput.Detached(link, false));
    }
  }

  private void release() {
    if (gate != null) {
      gate.abandoned();
      gate = null;
    }
  }

  private void wakeAt(long nanos) {
    wakeAtNanos = nanos;
    node.timeline()
        .at(
            nanos,
            () -> {
              if (wakeAtNanos == nanos) {
                wakeAtNanos = Long.MAX_VALUE;
                step(new SessionInput.Woken());
              }
            });
  }

  /** A line that is gone already swallows what is written to it. */
  private Gate gate() {
    return gate != null ? gate : node.nowhere();
  }
}
