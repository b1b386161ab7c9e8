package dev.starling.tools.load;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How much, how fast, how long: the numbers on the command line. */
final class LoadOptions {
  private static final String SATURATION = "max";

  @Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many clients, 2 to 60000; default: ${DEFAULT-VALUE}.")
  private int clients;

  @Option(
      names = "--room-size",
      paramLabel = "K",
      defaultValue = "2",
      description = "How many of them share a room, 2 to 256; default: ${DEFAULT-VALUE}.")
  private int roomSize;

  @Option(
      names = "--rate",
      paramLabel = "R|max",
      defaultValue = "1000",
      description = {
        "Messages a second, of all clients together, whatever the server answers;",
        "max: as many as are confirmed. Default: ${DEFAULT-VALUE}."
      })
  private String rate = "";

  @Option(
      names = "--window",
      paramLabel = "N",
      defaultValue = "4",
      description = "With --rate max: unconfirmed messages a pair, 1 to 256; default: 4.")
  private int window;

  @Option(
      names = "--mix",
      paramLabel = "MIX",
      defaultValue = "signal=1",
      converter = Mix.Converter.class,
      description = "Shares, such as signal=90,broadcast=8,chat=2; default: signals only.")
  private Mix mix = Mix.SIGNALS;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "10",
      description = "How long to measure, 0.1 to 3600; default: ${DEFAULT-VALUE}.")
  private double seconds;

  @Option(
      names = "--warmup-seconds",
      paramLabel = "S",
      defaultValue = "3",
      description = "How long to send before that, 0 to 600; default: ${DEFAULT-VALUE}.")
  private int warmupSeconds;

  @Option(
      names = "--drain-seconds",
      paramLabel = "S",
      defaultValue = "11",
      description = "How long to wait for late messages, 1 to 60; default: ${DEFAULT-VALUE}.")
  private int drainSeconds;

  @Option(
      names = "--connect-rate",
      paramLabel = "R",
      defaultValue = "40",
      description = "New connections a second at first, 1 to 10000; default: ${DEFAULT-VALUE}.")
  private int connectsPerSecond;

  @Option(
      names = "--loops",
      paramLabel = "N",
      defaultValue = "1",
      description = "Event loops of the generator, 1 to 16; default: ${DEFAULT-VALUE}.")
  private int loops;

  @Option(
      names = "--churn",
      paramLabel = "R",
      defaultValue = "0",
      description = {
        "Clients a second, 0 to 1000, that go and come back meanwhile: by turns one",
        "ends its session and one loses its connection. Default: none."
      })
  private double churnPerSecond;

  @Option(
      names = "--sample-seconds",
      paramLabel = "S",
      defaultValue = "0",
      description = {
        "With --pid: notes memory every so often, 1 to 600; the server has to",
        "collect its garbage for that. Default: at the end, without collecting."
      })
  private int sampleSeconds;

  @Option(
      names = "--confirm-ms",
      paramLabel = "MS",
      defaultValue = "0",
      description = {
        "Clients confirm so late, 1 to 5000, or together with what they send before, as",
        "the SDK does after half of the server's confirmMs. Default: with each read."
      })
  private int confirmMillis;

  int clients() {
    return clients;
  }

  boolean hasChurn() {
    return churnPerSecond > 0;
  }

  /**
   * @param leastRoomSize how many clients a room needs for what is wanted
   */
  LoadPlan plan(CommandSpec spec, int leastRoomSize) {
    check(spec, "--clients", clients, 2, 60_000);
    check(spec, "--room-size", roomSize, leastRoomSize, 256);
    check(spec, "--window", window, 1, 256);
    if (!(seconds >= 0.1 && seconds <= 3600)) {
      throw new ParameterException(spec.commandLine(), "--seconds takes 0.1 to 3600");
    }
    check(spec, "--warmup-seconds", warmupSeconds, 0, 600);
    check(spec, "--drain-seconds", drainSeconds, 1, 60);
    check(spec, "--connect-rate", connectsPerSecond, 1, 10_000);
    check(spec, "--loops", loops, 1, 16);
    check(spec, "--sample-seconds", sampleSeconds, 0, 600);
    check(spec, "--confirm-ms", confirmMillis, 0, 5000);
    if (!(churnPerSecond >= 0 && churnPerSecond <= 1000)) {
      throw new ParameterException(spec.commandLine(), "--churn takes 0 to 1000");
    }
    return new LoadPlan(
        clients,
        Math.min(roomSize, clients),
        perSecond(spec),
        window,
        mix,
        seconds,
        warmupSeconds,
        drainSeconds,
        connectsPerSecond,
        loops,
        churnPerSecond,
        sampleSeconds,
        confirmMillis);
  }

  private double perSecond(CommandSpec spec) {
    if (rate.equals(SATURATION)) {
      return 0;
    }
    int perSecond = rate.matches("[0-9]{1,7}") ? Integer.parseInt(rate) : 0;
    if (perSecond < 1 || perSecond > 1_000_000) {
      throw new ParameterException(spec.commandLine(), "--rate takes 1 to 1000000, or max");
    }
    return perSecond;
  }

  private static void check(CommandSpec spec, String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ParameterException(spec.commandLine(), option + " takes " + least + " to " + most);
    }
  }
}
