package dev.starling.sim.measure;

import dev.starling.membership.swim.SwimConfig;
import dev.starling.membership.swim.SwimConfig.Gossip;
import dev.starling.membership.swim.SwimConfig.Probe;
import dev.starling.membership.swim.SwimConfig.Suspicion;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A parameter of a group that can be varied.
 *
 * @param key its name in {@link SwimConfig}
 * @param usual the values that are tried where none are named
 * @param change gives a configuration another value
 */
public record Parameter(
    String key, List<Double> usual, BiFunction<SwimConfig, Double, SwimConfig> change) {
  private static final long MILLI = 1_000_000;

  /** All there are. */
  public static List<Parameter> all() {
    return List.of(
        new Parameter("periodMillis", List.of(200.0, 500.0, 1_000.0), Parameter::period),
        new Parameter("leastPeriods", List.of(2.0, 3.0, 5.0), Parameter::leastPeriods),
        new Parameter("mostTimesLeast", List.of(1.0, 2.0, 4.0, 6.0), Parameter::mostTimesLeast),
        new Parameter("confirmations", List.of(1.0, 2.0, 3.0, 4.0), Parameter::confirmations),
        new Parameter("helpers", List.of(1.0, 3.0, 5.0), Parameter::helpers),
        new Parameter("fanOut", List.of(1.0, 3.0, 5.0), Parameter::fanOut));
  }

  /** By its key. */
  public static Optional<Parameter> of(String key) {
    return all().stream().filter(parameter -> parameter.key.equals(key)).findFirst();
  }

  /** The same configuration with another value. */
  public SwimConfig change(SwimConfig config, double value) {
    return change.apply(config, value);
  }

  /** A direct answer has half of a short period at most. */
  private static SwimConfig period(SwimConfig config, double millis) {
    Probe old = config.probe();
    long period = (long) (millis * MILLI);
    long most = Math.min(old.mostTimeoutNanos(), period / 2);
    long least = Math.min(old.leastTimeoutNanos(), most);
    return config.with(new Probe(period, least, most, old.helpers(), old.streams(), old.order()));
  }

  private static SwimConfig helpers(SwimConfig config, double count) {
    Probe old = config.probe();
    return config.with(
        new Probe(
            old.periodNanos(),
            old.leastTimeoutNanos(),
            old.mostTimeoutNanos(),
            (int) count,
            old.streams(),
            old.order()));
  }

  private static SwimConfig leastPeriods(SwimConfig config, double periods) {
    Suspicion old = config.suspicion();
    return config.with(
        new Suspicion(
            periods,
            old.mostTimesLeast(),
            old.confirmations(),
            old.confirmationsOfMany(),
            old.many()));
  }

  private static SwimConfig mostTimesLeast(SwimConfig config, double times) {
    Suspicion old = config.suspicion();
    return config.with(
        new Suspicion(
            old.leastPeriods(), times, old.confirmations(), old.confirmationsOfMany(), old.many()));
  }

  private static SwimConfig confirmations(SwimConfig config, double count) {
    Suspicion old = config.suspicion();
    return config.with(
        new Suspicion(
            old.leastPeriods(), old.mostTimesLeast(), (int) count, (int) count, old.many()));
  }

  private static SwimConfig fanOut(SwimConfig config, double members) {
    Gossip old = config.gossip();
    return config.with(new Gossip(old.tickNanos(), (int) members, old.retransmitFactor()));
  }
}
