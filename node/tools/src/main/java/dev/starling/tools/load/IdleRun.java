package dev.starling.tools.load;

import io.netty.handler.ssl.SslContext;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Clients that sit in their rooms: what does a connection take up? */
record IdleRun(
    Target target,
    LoadPlan plan,
    @Nullable SslContext tls,
    @Nullable ServerProbe probe,
    Progress progress) {

  /** Memory of a server, in bytes. */
  private record Memory(long resident, long liveHeap) {}

  Outcome run() throws InterruptedException {
    Memory before = memory();
    try (Fleet fleet = new Fleet(target, plan, tls)) {
      fleet.gather(progress);
      Bench.hold("holding", plan.seconds(), progress);
      Memory after = memory();
      Map<String, Long> gone = fleet.takeTally().disconnected();
      return outcome(before, after, gone);
    }
  }

  private Memory memory() throws InterruptedException {
    if (probe == null) {
      return new Memory(0, 0);
    }
    long liveHeap = probe.liveHeapBytes();
    return new Memory(probe.residentBytes(), liveHeap);
  }

  private Outcome outcome(Memory before, Memory after, Map<String, Long> gone) {
    JsonObject json =
        new JsonObject()
            .put("connections", plan.clients())
            .put("heldSeconds", plan.seconds())
            .put("disconnected", gone);
    String text =
        String.format(
            Locale.ROOT,
            "%,d connections held for %.1f s, disconnected %s%n",
            plan.clients(),
            plan.seconds(),
            gone);
    if (probe != null) {
      double resident = (double) (after.resident - before.resident) / plan.clients();
      double liveHeap = (double) (after.liveHeap - before.liveHeap) / plan.clients();
      json.put("residentBytesBefore", before.resident)
          .put("residentBytes", after.resident)
          .put("residentBytesPerConnection", resident)
          .put("liveHeapBytesBefore", before.liveHeap)
          .put("liveHeapBytes", after.liveHeap)
          .put("liveHeapBytesPerConnection", liveHeap);
      text +=
          String.format(
              Locale.ROOT,
              "a connection: %.1f KiB resident, %.1f KiB of live heap%n",
              resident / 1024,
              liveHeap / 1024);
    }
    return new Outcome(new JsonObject().put("idle", json), text, gone.isEmpty());
  }
}
