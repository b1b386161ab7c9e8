package dev.starling.tools.load;

/** What a client is told by a server, whatever form it came in. Called on the client's loop. */
interface Inbound {

  /** The session is open. */
  void welcome(String session, String resumeToken, boolean resumed);

  /** The resume token was replaced. */
  void token(String resumeToken);

  /** The client is in its room. */
  void joined();

  /**
   * A request succeeded.
   *
   * @param missed how many members a broadcast didn't reach
   */
  void done(long id, int missed);

  /** Every request up to this one succeeded. */
  void doneThrough(long id);

  /**
   * A request, or with id 0 the connection, was refused.
   *
   * @param code the protocol's code
   */
  void refused(long id, String code);

  /**
   * A message of a client of this run came.
   *
   * @param sender that client's index
   * @param sequence its number of the request
   * @param intendedNanos when it was to be sent, by {@code System.nanoTime}
   */
  void delivered(Kind kind, int sender, long sequence, long intendedNanos);

  /** What to confirm after everything that came with this read: a range of a reused array. */
  void offset(byte[] source, int start, int end);
}
