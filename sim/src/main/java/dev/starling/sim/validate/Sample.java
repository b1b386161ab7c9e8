package dev.starling.sim.validate;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** Independent measurements of one thing, sorted. */
final class Sample {
  private final double[] values;

  Sample(double[] values) {
    this.values = values.clone();
    Arrays.sort(this.values);
  }

  Sample map(DoubleUnaryOperator operator) {
    return new Sample(Arrays.stream(values).map(operator).toArray());
  }

  double mean() {
    return Arrays.stream(values).average().orElseThrow();
  }

  /** Of the mean. */
  double standardError() {
    double mean = mean();
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt(squares / (values.length - 1) / values.length);
  }

  /**
   * The value below which a share lies.
   *
   * @param share 0 to 1, 1 not included
   */
  double quantile(double share) {
    return values[(int) (share * values.length)];
  }

  /**
   * Of a quantile.
   *
   * @param density of the distribution at that quantile
   */
  double standardErrorOfQuantile(double share, double density) {
    return Math.sqrt(share * (1 - share) / values.length) / density;
  }
}
