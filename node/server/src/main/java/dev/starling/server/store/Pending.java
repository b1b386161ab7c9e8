package dev.starling.server.store;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** A write that somebody waits for. */
record Pending(Write write, Executor executor, Consumer<WriteOutcome> done) {
  /** What a write takes up beside its bytes. */
  private static final int OVERHEAD = 128;

  long heldBytes() {
    return (long) OVERHEAD + write.name().length() + write.bytes();
  }

  void answer(WriteOutcome outcome, StoreCounters counters) {
    if (outcome instanceof WriteOutcome.Refused refusal) {
      counters.answered(refusal);
    }
    try {
      executor.execute(() -> done.accept(outcome));
    } catch (RejectedExecutionException gone) {
      counters.countUnheard();
    }
  }
}
