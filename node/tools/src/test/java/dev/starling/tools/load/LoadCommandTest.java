package dev.starling.tools.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.tools.load.StubServer.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LoadCommandTest {

  @Test
  void faithfulServerPassesAtAFixedRate() {
    try (StubServer stub = new StubServer(Fault.NONE)) {
      LoadRun run =
          LoadRun.against(stub, "--room-size", "3", "--mix", "signal=8,broadcast=1,chat=1");
      assertEquals(0, run.status(), run.out());
      assertTrue(run.number("sent") > 0);
      assertEquals(run.number("sent"), run.number("confirmed"));
      assertTrue(run.number("delivered") > run.number("sent"), "broadcasts reach two");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"proto", "json,proto"})
  void everyFormIsCountedTheSame(String forms) {
    try (StubServer stub = new StubServer(Fault.DROP)) {
      LoadRun run =
          LoadRun.against(
              stub,
              "--protocol",
              forms,
              "--room-size",
              "3",
              "--mix",
              "signal=8,broadcast=1,chat=1");
      assertEquals(1, run.status(), run.out());
      assertTrue(stub.wrongs() > 0);
      assertEquals(stub.wrongs(), run.number("lost"), run.out());
      assertEquals(0, run.number("misdelivered"), run.out());
      assertEquals(run.number("sent"), run.number("confirmed"), run.out());
      assertTrue(run.out().contains("\"protocol\":\"" + forms + "\""), run::out);
    }
  }

  @Test
  void clientsThatGoAndComeBackAreCounted() {
    try (StubServer stub = new StubServer(Fault.NONE)) {
      LoadRun run = LoadRun.against(stub, "--churn", "50", "--rate", "200");
      assertEquals(0, run.status(), run.out());
      assertTrue(run.number("left") > 0, run::out);
      assertTrue(run.number("dropped") > 0, run::out);
      assertEquals(run.number("left") + run.number("dropped"), run.number("returned"));
      assertEquals(run.number("sent"), run.number("confirmed"), run.out());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DROP", "DOUBLE"})
  void brokenPromiseIsFoundThoughClientsComeAndGo(Fault fault) {
    try (StubServer stub = new StubServer(fault)) {
      LoadRun run = LoadRun.against(stub, "--churn", "20", "--clients", "8");
      assertEquals(1, run.status(), run.out());
      assertEquals(stub.wrongs(), run.number("lost") + run.number("duplicated"), run.out());
    }
  }

  @Test
  void memoryIsNotedMeanwhile() {
    try (StubServer stub = new StubServer(Fault.NONE)) {
      String ownPid = Long.toString(ProcessHandle.current().pid());
      LoadRun run = LoadRun.against(stub, "--pid", ownPid, "--sample-seconds", "1");
      assertEquals(0, run.status(), run.out());
      assertTrue(run.out().contains("\"memory\":[{\"second\":0"), run::out);
      assertTrue(run.number("liveHeapBytes") > 0);
    }
  }

  @Test
  void outputNamesEveryFigure() {
    try (StubServer stub = new StubServer(Fault.NONE)) {
      LoadRun run = LoadRun.against(stub, "--rate", "max", "--window", "1");
      assertEquals(0, run.status(), run.out());
      for (String field :
          List.of(
              "urls protocol plan clients roomSize rate mix passed result target seconds sent"
                  .concat(" confirmed delivered confirmedPerSecond refused disconnected")
                  .concat(" indeterminate missed unanswered unsent lost duplicated reordered")
                  .concat(" misdelivered deliveryMicros confirmMicros p50 p90 p95 p99 p999 max")
                  .split(" ", -1))) {
        assertTrue(run.out().contains("\"" + field + "\":"), () -> field + " in " + run.out());
      }
      assertEquals(1, run.out().lines().count());
    }
  }

  @ParameterizedTest
  @CsvSource({"DROP,lost", "DOUBLE,duplicated", "SWAP,reordered", "MISDELIVER,misdelivered"})
  void brokenPromiseIsCountedAndFails(Fault fault, String count) {
    try (StubServer stub = new StubServer(fault)) {
      LoadRun run = LoadRun.against(stub);
      assertEquals(1, run.status(), run.out());
      assertTrue(stub.wrongs() > 0);
      assertEquals(stub.wrongs(), run.number(count), run.out());
    }
  }

  @Test
  void refusedSignalIsNotLost() {
    try (StubServer stub = new StubServer(Fault.REFUSE)) {
      LoadRun run = LoadRun.against(stub);
      assertEquals(0, run.status(), run.out());
      assertEquals(stub.wrongs(), run.number("BUSY"), run.out());
      assertEquals(run.number("sent"), run.number("confirmed") + stub.wrongs());
    }
  }

  @Test
  void doubtfulSignalIsSentAgainUnderItsId() {
    try (StubServer stub = new StubServer(Fault.DOUBT)) {
      LoadRun run = LoadRun.against(stub);
      assertEquals(0, run.status(), run.out());
      assertTrue(stub.wrongs() > 0);
      assertEquals(stub.wrongs(), run.number("indeterminate"), run.out());
      assertEquals(run.number("sent"), run.number("confirmed"));
    }
  }

  @Test
  void endedConnectionFailsTheRunButLosesNothingThatWasPromised() {
    try (StubServer stub = new StubServer(Fault.HANG_UP)) {
      LoadRun run = LoadRun.against(stub);
      assertEquals(1, run.status(), run.out());
      assertEquals(0, run.number("lost"), run.out());
      assertTrue(run.out().contains("\"disconnected\":{\"closed"), run::out);
    }
  }

  @Test
  void everybodyComesBackAfterAStorm() {
    try (StubServer stub = new StubServer(Fault.NONE)) {
      LoadRun run = LoadRun.against(stub, "--storm", "--clients", "40");
      assertEquals(0, run.status(), run.out());
      assertEquals(40, run.number("joined"));
      assertEquals(0, run.number("failed"));
    }
  }

  @Test
  void idleConnectionsAreHeldAndTheProcessMeasured() {
    try (StubServer stub = new StubServer(Fault.NONE)) {
      String ownPid = Long.toString(ProcessHandle.current().pid());
      LoadRun run = LoadRun.against(stub, "--idle", "--pid", ownPid);
      assertEquals(0, run.status(), run.out());
      assertEquals(4, run.number("connections"));
      assertTrue(run.number("liveHeapBytes") > 0);
      assertTrue(run.number("residentBytes") > run.number("liveHeapBytes"));
    }
  }

  @Test
  void severalServersAreAddedUp() {
    try (StubServer stub = new StubServer(Fault.NONE)) {
      long pid = ProcessHandle.current().pid();
      String same = Long.toString(pid);
      LoadRun run = LoadRun.against(stub, "--pid", same, "--pid", same);
      assertEquals(0, run.status(), run.out());
      assertTrue(run.out().contains("\"pids\":[" + pid + ", " + pid + "]"), run::out);
    }
  }

  @Test
  void lastReceiverOfWhatManyGetIsTimed() {
    try (StubServer stub = new StubServer(Fault.NONE)) {
      LoadRun run = LoadRun.against(stub, "--room-size", "4", "--mix", "chat=1");
      assertEquals(0, run.status(), run.out());
      assertTrue(run.out().contains("\"everywhereMicros\":{"), run::out);
    }
  }

  @Test
  void roomsAreFilledByAllClients() {
    try (StubServer stub = new StubServer(Fault.NONE)) {
      LoadRun run = LoadRun.against(stub, "--fill", "402", "--room-size", "1");
      assertEquals(0, run.status(), run.out());
      assertEquals(400, run.number("entries"), "each client makes an equal part");
    }
  }

  @Test
  void relayIsMeasuredTheSameWay() throws InterruptedException {
    Outcome outcome = overRelay(new LoadPlan(4, 2, 0, 2, Mix.SIGNALS, 0.4, 0, 1, 1000, 1, 0, 0, 0));
    assertTrue(outcome.passed(), outcome::text);
  }

  @Test
  void relayHandsBroadcastsToTheWholeRoom() throws InterruptedException {
    Mix broadcasts = new Mix(0, 1, 0);
    Outcome outcome = overRelay(new LoadPlan(7, 4, 0, 1, broadcasts, 0.4, 0, 1, 1000, 1, 0, 0, 0));
    assertTrue(outcome.passed(), outcome::text);
    assertTrue(outcome.text().contains("unanswered 0"));
  }

  private static Outcome overRelay(LoadPlan plan) throws InterruptedException {
    try (FloorRelay relay = new FloorRelay(1)) {
      Target target = FloorProcess.target(relay.port(), plan);
      return new TrafficRun(target, plan, null, null, Progress.hidden()).withoutFloor();
    }
  }

  @Test
  void nobodyThereIsUnreachable() {
    StubServer gone = new StubServer(Fault.NONE);
    String url = gone.url();
    gone.close();
    LoadRun run = LoadRun.of("--url", url, "--anonymous", "--clients", "40");
    assertEquals(3, run.status(), run.err());
    assertTrue(run.err().contains("no client gets through"), run::err);
  }
}
