package dev.starling.membership.swim;

import dev.starling.membership.NodeId;
import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The suspicions that run, the next one to end first. */
final class SuspectTable {
  /** How many members' refused connections end a suspicion; one alone may have met a full queue. */
  private static final int REFUSALS = 2;

  private final SwimConfig config;
  private final MemberTable table;
  private final TreeSet<Suspect> byDeadline =
      new TreeSet<>(
          Comparator.comparingLong(Suspect::deadlineNanos)
              .thenComparing(suspect -> suspect.member().id().name()));

  SuspectTable(SwimConfig config, MemberTable table) {
    this.config = config;
    this.table = table;
  }

  Suspect begin(Member member, long nowNanos) {
    end(member);
    long least = leastNanos();
    long most = (long) (least * config.suspicion().mostTimesLeast());
    Suspect suspect = new Suspect(member, nowNanos, least, most, confirmationsWanted());
    member.suspect(suspect);
    byDeadline.add(suspect);
    return suspect;
  }

  /** Counts what one accuser says; false when it changes nothing. */
  boolean count(Suspect suspect, NodeId accuser, boolean refused) {
    byDeadline.remove(suspect);
    boolean accused = suspect.accuse(accuser);
    boolean refusedToo = refused && suspect.refuse(accuser, refusalsWanted());
    byDeadline.add(suspect);
    return accused || refusedToo;
  }

  /** Lets a suspicion take so many times longer; false when it does already. */
  boolean stretch(Suspect suspect, int factor) {
    byDeadline.remove(suspect);
    boolean longer = suspect.stretch(factor);
    byDeadline.add(suspect);
    return longer;
  }

  void end(Member member) {
    Suspect suspect = member.suspect();
    if (suspect != null) {
      byDeadline.remove(suspect);
      member.suspect(null);
    }
  }

  /** Gives every suspicion its whole time again. */
  void restartAll(long nowNanos) {
    for (Suspect suspect : byDeadline.toArray(new Suspect[0])) {
      byDeadline.remove(suspect);
      suspect.restart(nowNanos);
      byDeadline.add(suspect);
    }
  }

  int size() {
    return byDeadline.size();
  }

  @Nullable Suspect next() {
    return byDeadline.isEmpty() ? null : byDeadline.first();
  }

  /** The shortest suspicion in a group of the present size. */
  long leastNanos() {
    double scale = Math.max(1, Math.log10(table.size()));
    return (long) (config.suspicion().leastPeriods() * scale * config.probe().periodNanos());
  }

  /** The longest one. */
  long mostNanos() {
    return (long) (leastNanos() * config.suspicion().mostTimesLeast());
  }

  private int refusalsWanted() {
    return Math.min(REFUSALS, table.size() - 1);
  }

  private int confirmationsWanted() {
    int size = table.size();
    SwimConfig.Suspicion suspicion = config.suspicion();
    int wanted =
        size >= suspicion.many() ? suspicion.confirmationsOfMany() : suspicion.confirmations();
    return Math.clamp(size - 2L, 0, wanted);
  }
}
