package dev.starling.server.store;

import dev.starling.server.store.WriteOutcome.Reason;
import dev.starling.server.store.WriteOutcome.Refused;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that the store's one thread does: open, read, write in batches, and try again. */
final class StoreThread implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(StoreThread.class);

  private final StoreConfig config;
  private final StoreListener listener;
  private final StoreCounters counters;
  private final WriteQueue queue;
  private volatile StoreStatus status =
      new StoreStatus(StoreState.OPENING, "The store is being opened.");
  private boolean told;

  StoreThread(
      StoreConfig config, StoreListener listener, StoreCounters counters, WriteQueue queue) {
    this.config = config;
    this.listener = listener;
    this.counters = counters;
    this.queue = queue;
  }

  StoreStatus status() {
    return status;
  }

  @Override
  public void run() {
    try {
      while (!queue.stopped()) {
        attempt();
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } finally {
      become(new StoreStatus(StoreState.CLOSED, "The store is closed."), List.of());
    }
  }

  private void attempt() throws InterruptedException {
    try (StoreDirectory directory = StoreDirectory.claim(config)) {
      serve(directory);
    } catch (StoreFault fault) {
      become(fault.status(), List.of());
    } catch (RuntimeException | Error bug) {
      log.error("The store fails", bug);
      become(
          new StoreStatus(StoreState.FAILED, "The store fails: report what the log says of it."),
          List.of());
    }
    queue.awaitStop(
        status.state().retried()
            ? TimeUnit.MILLISECONDS.toNanos(config.retryMillis())
            : Long.MAX_VALUE);
  }

  private void serve(StoreDirectory directory) throws StoreFault, InterruptedException {
    Loader loader = new Loader(directory, config, listener, counters, !told);
    try (Engine engine = loader.load(queue::stopped)) {
      told = true;
      counters.rooms(loader.tails().size());
      queue.open();
      become(new StoreStatus(StoreState.READY, loader.message()));
      write(new BatchWriter(engine, loader.tails()), loader.tails());
    }
  }

  private void write(BatchWriter writer, Tails tails) throws StoreFault, InterruptedException {
    for (List<Pending> batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
      List<WriteOutcome> answers;
      try {
        answers = writer.write(batch);
      } catch (StoreFault fault) {
        become(fault.status(), batch);
        throw fault;
      }
      counters.rooms(tails.size());
      counters.wrote(batch.size(), batch.stream().mapToLong(one -> one.write().bytes()).sum());
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).answer(answers.get(i), counters);
      }
    }
  }

  /** Takes no writes from now on and refuses those that wait, first the ones being written. */
  private void become(StoreStatus next, List<Pending> writing) {
    Refused refusal = new Refused(Reason.UNAVAILABLE, next.message());
    List<Pending> waiting = queue.shut(refusal);
    become(next);
    writing.forEach(pending -> pending.answer(refusal, counters));
    waiting.forEach(pending -> pending.answer(refusal, counters));
  }

  private void become(StoreStatus next) {
    if (!next.equals(status)) {
      status = next;
      listener.changed(next);
    }
  }
}
