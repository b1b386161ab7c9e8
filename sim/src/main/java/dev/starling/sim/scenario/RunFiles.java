package dev.starling.sim.scenario;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What a run leaves in a folder: {@code runs.csv}, a row a seed, and {@code summary.json}. */
public final class RunFiles implements AutoCloseable {
  private static final double SECOND = 1e9;

  private final Path folder;
  private final BufferedWriter rows;

  /**
   * @param folder made where it doesn't exist; files of an earlier run are replaced
   */
  public RunFiles(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    rows = Files.newBufferedWriter(folder.resolve("runs.csv"));
    rows.write("seed,nodes,planned,effective,healed_s,events,virtual_s,violations,trace\n");
  }

  /** Writes a row. */
  public void add(Outcome outcome) throws IOException {
    rows.write(
        String.format(
            Locale.ROOT,
            "%d,%d,%d,%d,%.3f,%d,%.3f,%d,%s%n",
            outcome.seed(),
            outcome.nodes(),
            outcome.plannedFaults(),
            outcome.effectiveFaults(),
            outcome.healedNanos() / SECOND,
            outcome.events(),
            outcome.virtualNanos() / SECOND,
            outcome.violations().size(),
            outcome.trace()));
  }

  /** Writes the summary. */
  public void summarise(String scenario, Summary summary) throws IOException {
    Files.writeString(folder.resolve("summary.json"), summary.json(scenario) + "\n");
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
