package dev.starling.membership.swim;

import dev.starling.membership.swim.SwimMessage.Ping;
import java.util.List;

/**
 * Remembers the dead for a while, calls one of them now and then (a healed partition is found that
 * way), and forgets them in the end.
 */
final class Graveyard {
  private final SwimContext node;
  private long nextCallNanos;

  Graveyard(SwimContext node) {
    this.node = node;
    this.nextCallNanos = node.now() + node.random.nextLong(node.config.repair().callDeadNanos());
  }

  long nextNanos() {
    return node.table.dead().isEmpty() ? SwimContext.NEVER : nextCallNanos;
  }

  void run() {
    if (nextCallNanos <= node.now()) {
      nextCallNanos = node.now() + pauseNanos();
      forgetOld();
      callOne();
    }
  }

  /**
   * The fewer live, the likelier it is this node that was cut off, and the sooner it calls again.
   */
  private long pauseNanos() {
    long living = node.table.size();
    long known = living + node.table.dead().size();
    return node.config.repair().callDeadNanos() * living / known;
  }

  /** The number answers no probe: what matters is that the dead one hears of its death. */
  private void callOne() {
    List<Member> dead = node.table.dead();
    if (!dead.isEmpty()) {
      Member member = dead.get(node.random.nextInt(dead.size()));
      node.datagram(member.info().datagrams(), new Ping(0, member.id()), member.fact().brief());
    }
  }

  private void forgetOld() {
    long retained = node.config.repair().retainNanos();
    List<Member> old =
        node.table.all().stream()
            .filter(member -> !member.status().isLive())
            .filter(member -> node.now() - member.sinceNanos() > retained)
            .toList();
    old.forEach(node.table::remove);
  }
}
