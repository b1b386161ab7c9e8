package dev.starling.tools.load;

import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/** Sends and measures, beside a bare relay where that is wanted. */
record TrafficRun(
    Target target,
    LoadPlan plan,
    @Nullable SslContext tls,
    @Nullable ServerProbe probe,
    Progress progress) {

  /** Target and floor take turns, so that both see the same noise of the machine. */
  private static final int TURNS = 4;

  Outcome withoutFloor() throws InterruptedException {
    try (Fleet fleet = new Fleet(target, plan, tls)) {
      fleet.gather(progress);
      Bench bench = new Bench(fleet, plan, probe);
      bench.warmUp(progress);
      bench.measure("measuring", plan.seconds(), progress);
      Figures figures = bench.figures();
      return new Outcome(
          new JsonObject().put("target", figures.json()),
          figures.text("target"),
          figures.tally().isFlawless());
    }
  }

  Outcome withFloor() throws InterruptedException {
    LoadPlan bare = plan.forRelay();
    try (FloorProcess relay = FloorProcess.start();
        Fleet fleet = new Fleet(target, plan, tls);
        Fleet floorFleet = new Fleet(relay.target(bare), bare, null)) {
      fleet.gather(progress);
      floorFleet.gather(progress);
      Bench bench = new Bench(fleet, plan, probe);
      Bench floor = new Bench(floorFleet, bare, relay.probe());
      bench.warmUp(progress);
      // A server may have been warm before; the relay has just begun.
      floor.warmUpAtOnce(progress);
      for (int turn = 0; turn < TURNS; turn++) {
        bench.measure("measuring target", plan.seconds() / TURNS, progress);
        floor.measure("measuring floor", plan.seconds() / TURNS, progress);
      }
      return compared(bench.figures(), floor.figures());
    }
  }

  private static Outcome compared(Figures target, Figures floor) {
    JsonObject ratio = target.ratio(floor);
    return new Outcome(
        new JsonObject()
            .put("target", target.json())
            .put("floor", floor.json())
            .put("ratio", ratio),
        target.text("target")
            + floor.text("floor")
            + "target / floor: "
            + ratio
            + System.lineSeparator(),
        target.tally().isFlawless() && floor.tally().isFlawless());
  }
}
