package dev.starling.sim.validate;

/**
 * One figure: what is published or calculated, and what the core did.
 *
 * @param what which figure
 * @param expected the known value
 * @param measured the same, measured
 * @param least the smallest that agrees with it
 * @param most the largest
 */
public record Figure(String what, double expected, double measured, double least, double most) {
  /** One that agrees within a share of what is expected. */
  static Figure within(String what, double expected, double measured, double share) {
    double slack = Math.abs(expected) * share;
    return new Figure(what, expected, measured, expected - slack, expected + slack);
  }

  /** One that agrees within four standard errors: of thousands one differs by chance. */
  static Figure near(String what, double expected, double measured, double standardError) {
    double slack = 4 * standardError;
    return new Figure(what, expected, measured, expected - slack, expected + slack);
  }

  /** One that is at most so large. */
  static Figure atMost(String what, double most, double measured) {
    return new Figure(what, most, measured, Double.NEGATIVE_INFINITY, most);
  }

  /** One that is at least so large. */
  static Figure atLeast(String what, double least, double measured) {
    return new Figure(what, least, measured, least, Double.POSITIVE_INFINITY);
  }

  /** One that is printed and nothing more: the two designs differ. */
  static Figure noted(String what, double expected, double measured) {
    return new Figure(what, expected, measured, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /** Whether there is anything to agree with. */
  public boolean isHeldTo() {
    return least > Double.NEGATIVE_INFINITY || most < Double.POSITIVE_INFINITY;
  }

  /** Whether it agrees. */
  public boolean holds() {
    return measured >= least && measured <= most;
  }
}
