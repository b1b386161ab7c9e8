package dev.starling.tools.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoadUsageTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--clients 1|--clients takes",
        "--room-size 1|--room-size takes",
        "--fill 3|--fill takes 1 for each client",
        "--fill 100 --idle|exclude each other",
        "--rate 0|--rate takes",
        "--rate fast|--rate takes",
        "--seconds 0|--seconds takes",
        "--mix signal=x|is not a mix",
        "--mix signal=0|a mix of nothing",
        "--protocol socketio|socketio is not in this version",
        "--protocol json,socketio|socketio is not in this version",
        "--churn -1|--churn takes",
        "--churn 5 --floor|exclude each other",
        "--sample-seconds 601|--sample-seconds takes",
        "--protocol telnet|Invalid value",
        "--chaos kill-node|needs a cluster",
        "--url 127.0.0.1:7400|--url:",
        "--storm --idle|exclude each other",
        "--floor --idle|exclude each other",
        "--token a --secret b|exclude each other",
        "--speed 9|Unknown option"
      })
  void wrongUsageIsExplained(String arguments, String complaint) {
    LoadRun run = LoadRun.of(arguments.split(" ", -1));
    assertEquals(2, run.status(), run.err());
    assertTrue(run.err().contains(complaint), run::err);
  }
}
