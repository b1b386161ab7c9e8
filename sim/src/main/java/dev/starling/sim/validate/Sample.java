package dev.starling.sim.validate;

import java.util.Arrays;

/** Independent measurements of one thing, sorted. */
record Sample(double[] values) {
  Sample {
    values = values.clone();
    Arrays.sort(values);
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
