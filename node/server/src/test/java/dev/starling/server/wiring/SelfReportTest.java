package dev.starling.server.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SelfReportTest {
  private final List<String> told = new ArrayList<>();
  private int load;
  private final SelfReport report =
      new SelfReport(() -> load, (permille, draining) -> told.add(permille + " " + draining));

  private void look(int... loads) {
    for (int next : loads) {
      load = next;
      report.look();
    }
  }

  @Test
  void smallChangesOfTheLoadAreKeptBackUntilTheyAddUp() {
    look(0, 49, 50, 99, 1, 0, 500, 549, 451, 450);
    assertEquals(List.of("50 false", "0 false", "500 false", "450 false"), told);
  }

  @Test
  void drainingIsToldAtOnceAndStays() {
    load = 7;
    report.drain();
    look(7, 60);
    assertEquals(List.of("7 true", "60 true"), told);
  }
}
