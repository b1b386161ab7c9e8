package dev.starling.server.hostile;

import static org.awaitility.Awaitility.await;

import dev.starling.server.edge.Message;
import dev.starling.server.edge.NativeClient;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Two honest clients who pass a number to and fro all the while, each time one more. A signal that
 * is lost, doubled, late or out of order ends them, and whoever closes them is told.
 */
final class Bystanders implements AutoCloseable {
  private static final String ROOM = "bystanders";

  /** Far below their rate limits. */
  private static final int PAUSE_MILLIS = 10;

  /** How long a turn may take on a machine that has much else to do. */
  private static final int PATIENCE_SECONDS = 10;

  private final NativeClient ada;
  private final NativeClient ben;
  private final AtomicLong turns = new AtomicLong();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final FutureTask<Void> talk = new FutureTask<>(this::talk, null);

  private Bystanders(NativeClient ada, NativeClient ben) {
    this.ada = ada;
    this.ben = ben;
  }

  static Bystanders on(Scene scene) throws IOException {
    NativeClient ada = scene.member(ROOM, "ada");
    NativeClient ben = scene.member(ROOM, "ben");
    ada.next("member");
    Bystanders bystanders = new Bystanders(ada, ben);
    Thread.ofPlatform().name("bystanders").daemon().start(bystanders.talk);
    return bystanders;
  }

  private void talk() {
    try {
      while (!stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        long turn = turns.get();
        pass(turn, ada, ben);
        pass(turn, ben, ada);
        turns.incrementAndGet();
      }
    } catch (IOException | InterruptedException disturbed) {
      throw new AssertionError("bystanders were disturbed", disturbed);
    }
  }

  private static void pass(long number, NativeClient from, NativeClient to) throws IOException {
    long id =
        from.ask(
            "'type':'signal','room':'"
                + ROOM
                + "','to':'"
                + to.session()
                + "','data':{'turn':"
                + number
                + "}");
    Message signal = to.next("signal");
    if (!signal.text("from").equals(from.session())
        || signal.object("data").number("turn") != number) {
      throw new AssertionError("expected turn " + number + ", not " + signal);
    }
    to.confirm();
    Message answer = from.answerTo(id);
    if (!answer.text("type").equals("done")) {
      throw new AssertionError("turn " + number + " wasn't done: " + answer);
    }
  }

  /** Returns when they have passed the number to and fro once more, begun after this call. */
  void awaitTurn() {
    long before = turns.get();
    await()
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .pollInterval(PAUSE_MILLIS, TimeUnit.MILLISECONDS)
        .until(() -> turns.get() >= before + 2 || talk.isDone());
    if (talk.isDone()) {
      report();
    }
  }

  private void report() {
    try {
      talk.get();
    } catch (Exception disturbed) {
      throw new AssertionError("bystanders were disturbed", disturbed);
    }
  }

  /** Ends them, and fails where anything has disturbed them. */
  @Override
  public void close() throws IOException {
    stop.countDown();
    try {
      talk.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception disturbed) {
      throw new AssertionError("bystanders were disturbed", disturbed);
    } finally {
      ada.close();
      ben.close();
    }
  }
}
