package dev.starling.tools.load;

/** Is told who comes and goes. Called on the event loops of the clients. */
interface Attendance {

  /** The client is in its room. */
  void joined(Client client);

  /** The client is in one more room. */
  default void entered(Client client) {}

  /** The client isn't let into one more room. */
  default void turnedAway(Client client, String code) {}

  /**
   * The client's connection ended, or never came to be.
   *
   * @param reason the protocol's code, or what the network said
   */
  void lost(Client client, String reason);
}
