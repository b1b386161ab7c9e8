package dev.starling.sim.check;

import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.Status;
import dev.starling.membership.ring.Ring;
import dev.starling.membership.swim.Holdings;
import dev.starling.membership.swim.SwimOutput;
import dev.starling.membership.swim.SwimOutput.Changed;
import dev.starling.sim.node.CoreUnderTest;
import dev.starling.sim.node.Machine;
import dev.starling.sim.node.World;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The invariants of membership: some of every change, some looked at now and then, and some when
 * all has been quiet for a while.
 */
public final class MembershipChecks implements World.Observer {
  /** Of one node: three accusers, and two whose connections were refused. */
  private static final int RUMOURS = 5;

  /** Eight that are urgent, one more than that, the periodic one, and one that overlaps. */
  private static final int PROBES = 11;

  /** For one node: it has three helpers in a group, and most of its probes are answered. */
  private static final int RELAYS = 2;

  /**
   * What may be under way when all is well: pings for one probe that had bad luck, and suspicions
   * among bridges, which take half a minute and more.
   */
  private static final int UNDER_WAY = 3;

  private final World world;
  private final int datagramBytes;
  private final Map<String, Fact> lastSeen = new LinkedHashMap<>();
  private final Violations violations;

  /**
   * @param datagramBytes the longest datagram that is allowed
   */
  public MembershipChecks(World world, Violations violations, int datagramBytes) {
    this.world = world;
    this.violations = violations;
    this.datagramBytes = datagramBytes;
  }

  @Override
  public void saw(Machine machine, SwimOutput output) {
    if (output instanceof Changed changed) {
      factsGoForward(machine, changed);
      nobodyInventsAnIncarnation(machine, changed.after());
    }
  }

  private void factsGoForward(Machine machine, Changed changed) {
    NodeId observer = Objects.requireNonNull(machine.self());
    Fact after = changed.after();
    String key = observer + " (" + machine.life() + ") on " + after.node().name();
    Fact known = lastSeen.put(key, after);
    if (!Objects.equals(known, changed.before())) {
      violated("a change begins where the last one ended", key + ": " + known + " / " + changed);
    }
    if (changed.before() != null && after.precedence(changed.before()) <= 0) {
      violated("facts go forward", key + ": " + changed);
    }
  }

  private void nobodyInventsAnIncarnation(Machine machine, Fact fact) {
    int subject = world.numberOf(fact.node().name());
    long said = subject < 0 ? -1 : world.highestIncarnation(subject, fact.node());
    if (fact.incarnation() > said) {
      violated("only a node raises its incarnation", machine.self() + ": " + fact);
    }
  }

  /** What may be asked at any time. */
  public void always() {
    if (world.network().largestDatagram() > datagramBytes) {
      violated("datagrams are bounded", world.network().largestDatagram() + " bytes");
    }
    for (int number = 0; number < world.size(); number++) {
      CoreUnderTest core = world.machine(number).core();
      if (core != null && !isBounded(core.holdings())) {
        violated("what a node keeps is bounded", core.self() + ": " + core.holdings());
      }
    }
    if (world.events().size() > 200 * world.size() + 1_000) {
      violated("no timer leaks", world.events().size() + " events are waiting");
    }
  }

  /** In both tiers together, and with everybody in both. */
  private boolean isBounded(Holdings kept) {
    int most = 2 * world.size();
    return kept.suspicions() <= most
        && kept.rumours() <= most * RUMOURS
        && kept.probes() <= 2 * PROBES
        && kept.relays() <= most * RELAYS
        && kept.turns() <= 2 * most + 2;
  }

  /** Whether everybody believes what is so. */
  public boolean allAgree() {
    return firstDisagreement() == null;
  }

  /** What must hold when everybody had time to learn the truth. */
  public void inTheEnd() {
    String disagreement = firstDisagreement();
    if (disagreement != null) {
      violated("all views are equal and true", disagreement);
    }
    Ring common = null;
    for (int number = 0; number < world.size(); number++) {
      CoreUnderTest core = world.machine(number).core();
      if (core != null) {
        hardlyAnythingIsLeft(core);
        Ring ring = Ring.of(core.facts());
        if (common != null && !common.equals(ring)) {
          violated("equal views give equal owners", core.self().toString());
        }
        common = ring;
      }
    }
    if (common != null) {
      ownersAreSpread(common);
    }
  }

  /**
   * Hardly anything is left of a storm: who lives is believed, news is told, and whoever asked
   * knows.
   */
  private void hardlyAnythingIsLeft(CoreUnderTest core) {
    Holdings kept = core.holdings();
    if (kept.suspicions() > UNDER_WAY || kept.rumours() > UNDER_WAY || kept.relays() > UNDER_WAY) {
      violated("what is over is let go", core.self() + ": " + kept);
    }
  }

  /** Where all live there are three zones, and three owners. */
  private void ownersAreSpread(Ring ring) {
    for (String region : ring.regions()) {
      for (int shard = 0; shard < Ring.SHARDS; shard++) {
        Set<String> zones = new TreeSet<>();
        for (String owner : ring.owners(shard, region)) {
          zones.add(world.topology().zone(world.numberOf(owner)));
        }
        if (zones.size() < Ring.OWNERS) {
          violated("owners are in different zones", shard + ": " + ring.owners(shard, region));
        }
      }
    }
  }

  private @Nullable String firstDisagreement() {
    for (int number = 0; number < world.size(); number++) {
      CoreUnderTest core = world.machine(number).core();
      if (core != null) {
        String wrong = whatIsWrong(core);
        if (wrong != null) {
          return wrong;
        }
      }
    }
    return null;
  }

  private @Nullable String whatIsWrong(CoreUnderTest core) {
    if (!core.unreachableRegions().isEmpty()) {
      return core.self() + " can't reach " + core.unreachableRegions();
    }
    Map<String, Fact> believed = new LinkedHashMap<>();
    core.facts().forEach(fact -> believed.put(fact.node().name(), fact));
    for (int number = 0; number < world.size(); number++) {
      Fact fact = believed.get(world.topology().name(number));
      CoreUnderTest there = world.machine(number).core();
      boolean right =
          there == null
              ? fact == null || !fact.status().isLive()
              : fact != null && fact.equals(there.selfFact()) && fact.status() == Status.ALIVE;
      if (!right) {
        return core.self() + " believes " + fact + " of " + world.topology().name(number);
      }
    }
    return null;
  }

  private void violated(String invariant, String detail) {
    violations.add(invariant, detail);
  }
}
