package dev.starling.server.host;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.starling.crdt.Bytes;
import dev.starling.membership.NodeId;
import dev.starling.proto.inquiry.v1.Answer;
import dev.starling.proto.inquiry.v1.Frame;
import dev.starling.proto.inquiry.v1.Question;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What operators ask of other nodes, by {@link FrameClass#INQUIRY}. Whoever doesn't answer in time
 * is silent: nothing is asked twice. Thread-safe.
 */
public final class Inquiries implements PeerUser {
  /** What this node answers; on a thread that may wait. */
  public interface Desk {
    /** Says what is here. */
    Answer answer(Question question);
  }

  /** Longer than a round trip to the farthest region, and shorter than whoever asks waits. */
  private static final long PATIENCE_MILLIS = 1_000;

  /** What a node answers is far smaller; what is larger is dropped. */
  private static final int MOST_BYTES = 4 << 20;

  /** Frames that are looked at at a time: an answer of each node of a large cluster. */
  private static final int MOST_FRAMES = 1_024;

  /** Questions of others that are looked into at a time; what is beyond stays unanswered. */
  private static final int MOST_QUESTIONS = 8;

  private final ConcurrentHashMap<String, PeerLink> links = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Long, Round> rounds = new ConcurrentHashMap<>();
  private final AtomicLong tickets = new AtomicLong();
  private final Semaphore frames = new Semaphore(MOST_FRAMES);
  private final Semaphore questions = new Semaphore(MOST_QUESTIONS);
  private final LongAdder dropped = new LongAdder();
  private volatile @Nullable Desk desk;

  /** One question to all. */
  private static final class Round {
    private final Set<String> awaited;
    private final Map<String, Answer> answers = new TreeMap<>();
    private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();

    Round(Set<String> asked) {
      awaited = new HashSet<>(asked);
    }

    synchronized void answered(String peer, @Nullable Answer answer) {
      if (awaited.remove(peer) && answer != null) {
        answers.put(peer, answer);
      }
      if (awaited.isEmpty()) {
        over.complete(null);
      }
    }

    synchronized Map<String, Answer> answers() {
      return new TreeMap<>(answers);
    }
  }

  /** Answers others from now on. */
  public void answerBy(Desk here) {
    desk = here;
  }

  /**
   * Asks all nodes to which there is a stream, and waits for their answers for a second at most.
   *
   * @return the answers by the names of those that gave them
   */
  public Map<String, Answer> ask(Question question) {
    long ticket = tickets.incrementAndGet();
    Map<String, PeerLink> asked = Map.copyOf(links);
    Round round = new Round(asked.keySet());
    rounds.put(ticket, round);
    Frame frame = Frame.newBuilder().setTicket(ticket).setQuestion(question).build();
    asked.forEach((peer, link) -> {
      if (!link.offer(frame(frame))) {
        round.answered(peer, null);
      }
    });
    if (!asked.isEmpty()) {
      round.over.completeOnTimeout(null, PATIENCE_MILLIS, TimeUnit.MILLISECONDS).join();
    }
    rounds.remove(ticket);
    return round.answers();
  }

  private static PeerFrame frame(Frame frame) {
    return new PeerFrame(FrameClass.INQUIRY, Bytes.wrap(frame.toByteArray()));
  }

  @Override
  public void up(PeerLink link) {
    links.put(link.peer().name(), link);
  }

  @Override
  public void down(PeerLink link) {
    String peer = link.peer().name();
    if (links.remove(peer, link)) {
      rounds.values().forEach(round -> round.answered(peer, null));
    }
  }

  @Override
  public void received(PeerLink link, List<PeerFrame> received, Runnable taken) {
    for (PeerFrame frame : received) {
      if (frame.length() <= MOST_BYTES && frames.tryAcquire()) {
        Thread.ofVirtual()
            .name("starling-inquiry")
            .start(() -> {
              try {
                look(link, frame.head());
              } finally {
                frames.release();
              }
            });
      } else {
        dropped.increment();
      }
    }
    taken.run();
  }

  private void look(PeerLink link, Bytes bytes) {
    Frame frame;
    try {
      frame = Frame.parseFrom(bytes.toArray());
    } catch (InvalidProtocolBufferException malformed) {
      dropped.increment();
      return; // Whoever sent it hears nothing, as from a node that is silent.
    }
    switch (frame.getWhatCase()) {
      case QUESTION -> answer(link, frame);
      case ANSWER -> {
        Round round = rounds.get(frame.getTicket());
        if (round != null) {
          round.answered(link.peer().name(), frame.getAnswer());
        }
      }
      case WHAT_NOT_SET -> {}
    }
  }

  private void answer(PeerLink link, Frame asked) {
    Desk here = desk;
    if (here == null || !questions.tryAcquire()) {
      dropped.increment();
      return;
    }
    try {
      Answer answer = here.answer(asked.getQuestion());
      link.offer(frame(Frame.newBuilder().setTicket(asked.getTicket()).setAnswer(answer).build()));
    } finally {
      questions.release();
    }
  }

  /** How many frames of peers were malformed, too large or too many to be looked at. */
  public long dropped() {
    return dropped.sum();
  }

  @Override
  public void roomAgain(PeerLink link) {}

  @Override
  public void gone(NodeId peer) {}
}
