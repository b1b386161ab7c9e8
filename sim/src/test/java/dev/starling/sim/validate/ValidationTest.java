package dev.starling.sim.validate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ValidationTest {
  /** Enough for each figure's tolerance, which knows the number of samples. */
  private static final double SHARE = 0.02;

  static List<Validation> validations() {
    return Validation.all();
  }

  @ParameterizedTest
  @MethodSource("validations")
  void publishedFiguresAreReproduced(Validation validation) {
    for (Figure figure : validation.measure(1, SHARE)) {
      System.out.println(validation.name() + " " + figure);
      assertTrue(figure.holds(), () -> validation.name() + ": " + figure);
    }
  }
}
