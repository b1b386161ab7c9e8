package dev.starling.server.host;

/**
 * What one user and one address may have of the node.
 *
 * @param user traffic of all of a user's sessions together
 * @param sessionsPerUser how many sessions a user may have
 * @param address traffic of all of an address's connections together
 * @param connections how many connections there may be in all
 * @param connectionsPerAddress how many from one address
 * @param connectionsPerSecond how fast new ones may come in all
 * @param connectionsPerSecondPerAddress how fast from one address
 * @param refusedHellosPerMinute how many hellos of one address may be refused
 */
public record ShareConfig(
    Traffic user,
    int sessionsPerUser,
    Traffic address,
    int connections,
    int connectionsPerAddress,
    int connectionsPerSecond,
    int connectionsPerSecondPerAddress,
    int refusedHellosPerMinute) {

  /**
   * How fast clients may send together.
   *
   * @param messagesPerSecond in the long run
   * @param messageBurst at once
   * @param bytesPerSecond in the long run; the burst is the same number of bytes
   */
  public record Traffic(long messagesPerSecond, long messageBurst, long bytesPerSecond) {}
}
