package dev.starling.membership.swim;

import dev.starling.membership.Fact;
import dev.starling.membership.Status;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Everybody this node knows, itself included, by name; with the living and the dead of the group in
 * lists of their own, for choosing among them in constant time. The living don't include this node.
 */
final class MemberTable {
  private final Group group;
  private final String self;
  private final int bound;
  private final Map<String, Member> byName = new LinkedHashMap<>();
  private final List<Member> living = new ArrayList<>();
  private final List<Member> dead = new ArrayList<>();
  private final Map<String, Long> hashByRegion = new LinkedHashMap<>();
  private long hash;

  MemberTable(Group group, String self, int bound) {
    this.group = group;
    this.self = self;
    this.bound = bound;
  }

  @Nullable Member get(String name) {
    return byName.get(name);
  }

  Collection<Member> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  /** The members to probe and to gossip with; not this node. */
  List<Member> living() {
    return Collections.unmodifiableList(living);
  }

  List<Member> dead() {
    return Collections.unmodifiableList(dead);
  }

  /** How many live in the group, this node included. */
  int size() {
    return living.size() + 1;
  }

  boolean isFull() {
    return byName.size() >= bound;
  }

  /** Equal for tables that agree on who lives. */
  long hash() {
    return hash;
  }

  /** The same over the nodes of one region. */
  long hashOf(String region) {
    return hashByRegion.getOrDefault(region, 0L);
  }

  Member add(Fact fact, long nowNanos) {
    Member member = new Member(fact, nowNanos);
    byName.put(fact.node().name(), member);
    toggle(member);
    enlist(member);
    return member;
  }

  void believe(Member member, Fact fact, long nowNanos) {
    delist(member);
    toggle(member);
    member.believe(fact, nowNanos);
    toggle(member);
    enlist(member);
  }

  void remove(Member member) {
    delist(member);
    toggle(member);
    byName.remove(member.id().name());
  }

  /** The one that has been dead or gone for longest, to make room. */
  @Nullable Member longestGone() {
    Member found = null;
    for (Member member : byName.values()) {
      boolean older = found == null || member.sinceNanos() - found.sinceNanos() < 0;
      boolean other = !member.id().name().equals(self);
      if (other && !member.status().isLive() && older) {
        found = member;
      }
    }
    return found;
  }

  /** Whether it is one of the group's living, and not this node. */
  boolean isPeer(Member member) {
    return member.status().isLive() && member.position != Member.NOWHERE;
  }

  /**
   * Different living members, in random order.
   *
   * @param most how many at most
   * @param fit which ones
   */
  List<Member> sample(int most, RandomGenerator random, Predicate<Member> fit) {
    List<Member> chosen = new ArrayList<>(most);
    // A partial Fisher–Yates shuffle: the list's own order carries no meaning.
    for (int i = 0; i < living.size() && chosen.size() < most; i++) {
      swap(living, i, i + random.nextInt(living.size() - i));
      if (fit.test(living.get(i))) {
        chosen.add(living.get(i));
      }
    }
    return chosen;
  }

  /** Takes a member into the hashes, or out of them. */
  private void toggle(Member member) {
    long share = FactHash.of(member.fact());
    hash ^= share;
    String region = member.info().region();
    long rest = hashOf(region) ^ share;
    if (rest == 0) {
      // Else names of regions that are gone would be kept for ever.
      hashByRegion.remove(region);
    } else {
      hashByRegion.put(region, rest);
    }
  }

  private void enlist(Member member) {
    List<Member> list = listOf(member);
    if (list != null) {
      member.position = list.size();
      list.add(member);
    }
  }

  private void delist(Member member) {
    List<Member> list = listOf(member);
    if (list != null && member.position != Member.NOWHERE) {
      swap(list, member.position, list.size() - 1);
      list.removeLast();
      member.position = Member.NOWHERE;
    }
  }

  private @Nullable List<Member> listOf(Member member) {
    if (member.id().name().equals(self) || !group.admits(member.info())) {
      return null;
    }
    return member.status().isLive() ? living : member.status() == Status.DEAD ? dead : null;
  }

  private static void swap(List<Member> list, int i, int j) {
    Member first = list.get(i);
    Member second = list.get(j);
    list.set(i, second);
    second.position = i;
    list.set(j, first);
    first.position = j;
  }
}
