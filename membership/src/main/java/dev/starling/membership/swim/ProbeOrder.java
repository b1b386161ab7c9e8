package dev.starling.membership.swim;

import dev.starling.membership.swim.SwimConfig.TargetOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Whom to probe next. In shuffled rounds everybody has a turn in each round, so that a dead member
 * is probed within two rounds at most (SWIM section 4.3).
 */
final class ProbeOrder {
  private final MemberTable table;
  private final TargetOrder kind;
  private final List<Member> round = new ArrayList<>();
  private int next;

  ProbeOrder(MemberTable table, TargetOrder kind) {
    this.table = table;
    this.kind = kind;
  }

  int size() {
    return round.size();
  }

  /** Gives a newcomer a turn at a random place of the present round. */
  void insert(Member member, RandomGenerator random) {
    if (kind == TargetOrder.SHUFFLED_ROUNDS && round.size() < 2 * table.size()) {
      int place = random.nextInt(round.size() + 1);
      round.add(place, member);
      if (place < next) {
        next++;
      }
    }
  }

  /** The next member to probe; null when there is nobody. */
  @Nullable Member next(RandomGenerator random) {
    List<Member> living = table.living();
    if (living.isEmpty()) {
      return null;
    }
    return kind == TargetOrder.UNIFORM
        ? living.get(random.nextInt(living.size()))
        : nextOfRound(random);
  }

  private Member nextOfRound(RandomGenerator random) {
    while (next < round.size()) {
      Member member = round.get(next++);
      if (table.isPeer(member)) {
        return member;
      }
    }
    round.clear();
    round.addAll(table.living());
    for (int i = round.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      Member swapped = round.set(j, round.get(i));
      round.set(i, swapped);
    }
    next = 1;
    return round.getFirst();
  }
}
