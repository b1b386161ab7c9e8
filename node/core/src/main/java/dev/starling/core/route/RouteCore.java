package dev.starling.core.route;

import dev.starling.core.session.Relay;
import dev.starling.core.session.Relay.Fate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What this node and one peer have to say to each other for their sessions. Each delivery to the
 * peer is kept until all its receivers answered, and said again, in order, over every new stream;
 * receivers know a copy by its id. What receivers answer is not kept: whoever misses an answer says
 * its delivery again. Not re-entrant, one thread at a time; does no I/O. Nothing a peer says makes
 * it throw.
 */
public final class RouteCore {
  private final RouteConfig config;
  private final LinkedHashMap<Request, Kept> kept = new LinkedHashMap<>();
  private Consumer<? super RouteOutput> out = output -> {};
  private long heldBytes;
  private long generation;
  private boolean up;
  private boolean gone;

  /** What a delivery is known by. */
  record Request(String from, long id) {}

  public RouteCore(RouteConfig config) {
    this.config = config;
  }

  /** Advances the route by one input. */
  public void step(RouteInput input, Consumer<? super RouteOutput> consumer) {
    out = consumer;
    switch (input) {
      case RouteInput.Said said -> said(said.relay(), said.to());
      case RouteInput.Arrived arrived -> arrived(arrived.frame());
      case RouteInput.Refused refused -> refused(refused.frame());
      case RouteInput.Up opened -> opened(opened.generation());
      case RouteInput.Down down -> up = false;
      case RouteInput.Gone over -> gone(over.generation());
    }
  }

  /** About how many bytes it keeps. */
  public long heldBytes() {
    return heldBytes;
  }

  /** How many deliveries wait for an answer. */
  public int size() {
    return kept.size();
  }

  private void said(Relay relay, List<String> to) {
    switch (relay) {
      case Relay.Deliver delivery -> deliver(delivery, to);
      case Relay.Withdraw withdrawal -> withdraw(withdrawal, to);
      case Relay.Outcome outcome -> {
        if (up) {
          carry(
              new RouteFrame.Outcome(outcome.from(), outcome.id(), to.getFirst(), outcome.fate()));
        }
      }
    }
  }

  private void deliver(Relay.Deliver delivery, List<String> to) {
    Kept fresh = new Kept(delivery, to);
    Kept known = kept.get(fresh.key());
    if (known != null) {
      known.withdrawing(false);
      send(known);
    } else if (gone) {
      answerAll(fresh, orWritten(fresh, Fate.WITHDRAWN));
    } else if (heldBytes + fresh.weight() > config.maxHeldBytes()) {
      answerAll(fresh, orWritten(fresh, Fate.REFUSED));
    } else {
      kept.put(fresh.key(), fresh);
      heldBytes += fresh.weight();
      send(fresh);
    }
  }

  /** What becomes of a delivery that isn't sent now. */
  private static Fate orWritten(Kept delivery, Fate fate) {
    return delivery.isDoubtful() ? Fate.WRITTEN : fate;
  }

  private void withdraw(Relay.Withdraw withdrawal, List<String> to) {
    Kept known = kept.get(new Request(withdrawal.from(), withdrawal.id()));
    if (known == null) {
      recall(withdrawal, to);
    } else if (known.isDoubtful()) {
      known.withdrawing(true);
      send(known);
    } else {
      settle(known, Fate.WITHDRAWN);
    }
  }

  /** Asks about a delivery that was answered before; where nobody can tell, silence is doubt. */
  private void recall(Relay.Withdraw withdrawal, List<String> to) {
    if (up) {
      parts(to)
          .forEach(
              part -> carry(new RouteFrame.Withdraw(withdrawal.from(), withdrawal.id(), part)));
    }
  }

  private void send(Kept delivery) {
    if (!up) {
      return;
    }
    List<List<String>> parts = parts(delivery.open());
    if (delivery.isWithdrawing()) {
      parts.forEach(part -> carry(delivery.withdrawal(part)));
    } else {
      delivery.sent();
      parts.forEach(part -> carry(delivery.frame(part)));
    }
  }

  private static List<List<String>> parts(List<String> to) {
    if (to.size() <= RouteFrame.MOST_RECEIVERS) {
      return List.of(to);
    }
    List<List<String>> parts = new ArrayList<>();
    for (int from = 0; from < to.size(); from += RouteFrame.MOST_RECEIVERS) {
      parts.add(to.subList(from, Math.min(to.size(), from + RouteFrame.MOST_RECEIVERS)));
    }
    return parts;
  }

  private void arrived(RouteFrame frame) {
    switch (frame) {
      case RouteFrame.Deliver delivery -> {
        Relay relay = new Relay.Deliver(delivery.from(), delivery.id(), delivery.event());
        delivery.to().forEach(receiver -> hand(receiver, relay));
      }
      case RouteFrame.Withdraw withdrawal -> {
        Relay relay = new Relay.Withdraw(withdrawal.from(), withdrawal.id());
        withdrawal.to().forEach(receiver -> hand(receiver, relay));
      }
      case RouteFrame.Outcome outcome -> outcome(outcome);
    }
  }

  private void outcome(RouteFrame.Outcome outcome) {
    Kept delivery = kept.get(new Request(outcome.to(), outcome.id()));
    if (delivery == null || !delivery.answer(outcome.from())) {
      hand(outcome.to(), new Relay.Outcome(outcome.from(), outcome.id(), outcome.fate()));
      return;
    }
    // Whoever is gone now may have written an earlier copy.
    boolean mayBeWritten =
        outcome.fate() == Fate.ABSENT && (delivery.sentAgain() || delivery.isWithdrawing());
    answer(delivery, outcome.from(), mayBeWritten ? Fate.WRITTEN : outcome.fate());
    forgetSettled(delivery);
  }

  /**
   * What is sent for the first time is refused to its sender. Whatever else would leave a gap: a
   * copy that the receiver doesn't get counts as taken when a later id is, and an answer that the
   * sender doesn't get leaves it waiting.
   */
  private void refused(RouteFrame frame) {
    Kept delivery =
        frame instanceof RouteFrame.Deliver refused
            ? kept.get(new Request(refused.from(), refused.id()))
            : null;
    if (delivery == null || delivery.sentAgain() || delivery.again()) {
      out.accept(new RouteOutput.Reset());
    } else if (frame instanceof RouteFrame.Deliver refused) {
      refused.to().stream()
          .filter(delivery::answer)
          .forEach(to -> answer(delivery, to, Fate.REFUSED));
      forgetSettled(delivery);
    }
  }

  private void opened(long life) {
    if (life != generation) {
      // Whatever another life was sent and didn't answer, nobody will answer any more.
      settleAll(delivery -> delivery.isDoubtful() ? Fate.WRITTEN : null);
    }
    generation = life;
    up = true;
    gone = false;
    List.copyOf(kept.values()).forEach(this::send);
  }

  private void gone(long life) {
    if (life < generation) {
      return;
    }
    generation = life;
    up = false;
    gone = true;
    settleAll(delivery -> orWritten(delivery, Fate.WITHDRAWN));
  }

  /** What becomes of a delivery that is not waited for any more; null where it still is. */
  @FunctionalInterface
  private interface Verdict {
    @Nullable Fate on(Kept delivery);
  }

  private void settleAll(Verdict verdict) {
    for (Kept delivery : List.copyOf(kept.values())) {
      Fate fate = verdict.on(delivery);
      if (fate != null) {
        settle(delivery, fate);
      }
    }
  }

  private void settle(Kept delivery, Fate fate) {
    answerAll(delivery, fate);
    forget(delivery);
  }

  private void answerAll(Kept delivery, Fate fate) {
    delivery.open().forEach(receiver -> answer(delivery, receiver, fate));
  }

  private void answer(Kept delivery, String receiver, Fate fate) {
    Request key = delivery.key();
    hand(key.from(), new Relay.Outcome(receiver, key.id(), fate));
  }

  private void forgetSettled(Kept delivery) {
    if (delivery.isSettled()) {
      forget(delivery);
    }
  }

  private void forget(Kept delivery) {
    if (kept.remove(delivery.key(), delivery)) {
      heldBytes -= delivery.weight();
    }
  }

  private void carry(RouteFrame frame) {
    out.accept(new RouteOutput.Carry(frame));
  }

  private void hand(String to, Relay relay) {
    out.accept(new RouteOutput.Hand(to, relay));
  }
}
