package dev.starling.server.host;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.starling.crdt.Bytes;
import dev.starling.membership.NodeId;
import dev.starling.proto.inquiry.v1.Answer;
import dev.starling.proto.inquiry.v1.Question;
import dev.starling.proto.inquiry.v1.Replica;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Nodes that ask each other over links in memory. */
final class InquiriesTest {
  private static final Question QUESTION = Question.newBuilder().setRoom("den").build();

  private final Inquiries asker = new Inquiries();

  /** A link on which each frame is handed over. */
  private record Wire(NodeId peer, Consumer<PeerFrame> other) implements PeerLink {
    @Override
    public EventExecutor loop() {
      return ImmediateEventExecutor.INSTANCE;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public boolean offer(PeerFrame frame) {
      other.accept(frame);
      return true;
    }

    @Override
    public void reset(String why) {
      throw new AssertionError(why);
    }
  }

  private static NodeId id(String name) {
    return new NodeId(name, 1);
  }

  private static void hand(Inquiries to, PeerLink link, PeerFrame frame) {
    CompletableFuture<Void> taken = new CompletableFuture<>();
    to.received(link, List.of(frame), () -> taken.complete(null));
    taken.join();
  }

  /** A link to a node; the other one's answers come back over it. */
  private PeerLink linkTo(String name, Inquiries other) {
    CompletableFuture<PeerLink> there = new CompletableFuture<>();
    PeerLink back = new Wire(id("asker"), frame -> hand(asker, there.join(), frame));
    PeerLink link = new Wire(id(name), frame -> hand(other, back, frame));
    there.complete(link);
    asker.up(link);
    return link;
  }

  private static Inquiries answering() {
    Inquiries node = new Inquiries();
    node.answerBy(question ->
        Answer.newBuilder().addReplicas(Replica.newBuilder().setRoom(question.getRoom())).build());
    return node;
  }

  @Test
  void everyNodeIsAskedAndNamedWithItsAnswer() {
    linkTo("a", answering());
    linkTo("b", answering());
    var answers = asker.ask(QUESTION);
    assertEquals(Set.of("a", "b"), answers.keySet());
    answers.values().forEach(answer -> assertEquals("den", answer.getReplicas(0).getRoom()));
  }

  @Test
  void nodeThatIsSilentHoldsUpNobodyForGood() {
    linkTo("a", answering());
    linkTo("silent", new Inquiries());
    assertEquals(Set.of("a"), asker.ask(QUESTION).keySet());
  }

  @Test
  void nodeThatGoesAwayIsNotWaitedFor() {
    CompletableFuture<PeerLink> link = new CompletableFuture<>();
    link.complete(new Wire(id("leaving"), frame -> asker.down(link.join())));
    asker.up(link.join());
    assertEquals(Set.of(), asker.ask(QUESTION).keySet());
    assertEquals(Set.of(), asker.ask(QUESTION).keySet());
  }

  @Test
  void garbageIsNoAnswer() {
    Inquiries other = answering();
    PeerLink link = linkTo("a", other);
    hand(other, link, new PeerFrame(FrameClass.INQUIRY, Bytes.utf8("no frame at all")));
    hand(asker, link, new PeerFrame(FrameClass.INQUIRY, Bytes.utf8("no frame at all")));
    hand(asker, link, new PeerFrame(FrameClass.INQUIRY, Bytes.EMPTY));
    assertFalse(asker.ask(QUESTION).isEmpty());
    await().until(() -> other.dropped() == 1 && asker.dropped() == 1);
  }
}
