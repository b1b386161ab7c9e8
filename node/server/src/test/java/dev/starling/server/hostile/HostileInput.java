package dev.starling.server.hostile;

/**
 * A row of the table.
 *
 * @param name what is sent, for readers
 * @param attack sends it
 * @param outcome what must come of it
 */
record HostileInput(String name, Attack attack, Outcome outcome) {

  static HostileInput row(String name, Attack attack, Outcome outcome) {
    return new HostileInput(name, attack, outcome);
  }

  @Override
  public String toString() {
    return name + ": " + outcome.text();
  }
}
