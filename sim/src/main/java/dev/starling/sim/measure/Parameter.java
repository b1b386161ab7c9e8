package dev.starling.sim.measure;

import dev.starling.membership.swim.SwimConfig;
import dev.starling.membership.swim.SwimConfig.Gossip;
import dev.starling.membership.swim.SwimConfig.Probe;
import dev.starling.membership.swim.SwimConfig.Suspicion;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** A parameter of a group that can be varied; its name is that of {@link SwimConfig}. */
public enum Parameter {
  PERIOD_MILLIS("periodMillis", List.of(200.0, 500.0, 1000.0), Parameter::period),
  LEAST_PERIODS(
      "leastPeriods",
      List.of(2.0, 3.0, 5.0),
      (config, value) -> {
        Suspicion old = config.suspicion();
        return config.with(
            new Suspicion(
                value,
                old.mostTimesLeast(),
                old.confirmations(),
                old.confirmationsOfMany(),
                old.many()));
      }),
  MOST_TIMES_LEAST(
      "mostTimesLeast",
      List.of(1.0, 2.0, 4.0, 6.0),
      (config, value) -> {
        Suspicion old = config.suspicion();
        return config.with(
            new Suspicion(
                old.leastPeriods(),
                value,
                old.confirmations(),
                old.confirmationsOfMany(),
                old.many()));
      }),
  CONFIRMATIONS(
      "confirmations",
      List.of(1.0, 2.0, 3.0, 4.0),
      (config, value) -> {
        Suspicion old = config.suspicion();
        int count = value.intValue();
        return config.with(
            new Suspicion(old.leastPeriods(), old.mostTimesLeast(), count, count, old.many()));
      }),
  HELPERS(
      "helpers",
      List.of(1.0, 3.0, 5.0),
      (config, value) -> {
        Probe old = config.probe();
        return config.with(
            new Probe(
                old.periodNanos(),
                old.leastTimeoutNanos(),
                old.mostTimeoutNanos(),
                value.intValue(),
                old.streams(),
                old.order()));
      }),
  FAN_OUT(
      "fanOut",
      List.of(1.0, 3.0, 5.0),
      (config, value) -> {
        Gossip old = config.gossip();
        return config.with(new Gossip(old.tickNanos(), value.intValue(), old.retransmitFactor()));
      });

  private static final long MILLI = 1_000_000;

  private final String key;
  private final List<Double> values;
  private final BiFunction<SwimConfig, Double, SwimConfig> change;

  Parameter(String key, List<Double> values, BiFunction<SwimConfig, Double, SwimConfig> change) {
    this.key = key;
    this.values = values;
    this.change = change;
  }

  public String key() {
    return key;
  }

  /** The values that are tried where none are named. */
  public List<Double> usualValues() {
    return values;
  }

  /** The same configuration with another value. */
  public SwimConfig change(SwimConfig config, double value) {
    return change.apply(config, value);
  }

  /** By its key. */
  public static Optional<Parameter> of(String key) {
    return Arrays.stream(values()).filter(parameter -> parameter.key.equals(key)).findFirst();
  }

  /** A direct answer has half of a short period at most. */
  private static SwimConfig period(SwimConfig config, double millis) {
    Probe old = config.probe();
    long period = (long) (millis * MILLI);
    long most = Math.min(old.mostTimeoutNanos(), period / 2);
    return config.with(
        new Probe(
            period,
            Math.min(old.leastTimeoutNanos(), most),
            most,
            old.helpers(),
            old.streams(),
            old.order()));
  }
}
