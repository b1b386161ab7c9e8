package dev.starling.tools.load;

/**
 * What to do, checked.
 *
 * @param clients how many there are
 * @param roomSize how many of them share a room
 * @param perSecond messages a second of all clients together; 0 for as many as are confirmed
 * @param window messages of a pair that may be unconfirmed, where there is no rate
 * @param seconds how long to measure
 * @param warmupSeconds how long to send before that
 * @param drainSeconds how long to wait for what is still under way at the end
 * @param connectsPerSecond how fast clients come at first
 * @param loops event loops of the clients
 * @param churnPerSecond how many clients a second go and come back; 0 for none
 * @param sampleSeconds how often to note the server's memory; 0 for never
 */
record LoadPlan(
    int clients,
    int roomSize,
    double perSecond,
    int window,
    Mix mix,
    double seconds,
    int warmupSeconds,
    int drainSeconds,
    int connectsPerSecond,
    int loops,
    double churnPerSecond,
    int sampleSeconds) {

  /** The same with signals in rooms of two, which is all that a bare relay does. */
  LoadPlan inPairs() {
    return new LoadPlan(
        Math.max(2, clients / 2 * 2),
        2,
        perSecond,
        window,
        Mix.SIGNALS,
        seconds,
        warmupSeconds,
        drainSeconds,
        connectsPerSecond,
        loops,
        0,
        0);
  }

  boolean isSaturation() {
    return perSecond == 0;
  }

  JsonObject json() {
    JsonObject shares = new JsonObject();
    for (Kind kind : Kind.values()) {
      shares.put(kind.word(), mix.weight(kind));
    }
    JsonObject json = new JsonObject().put("clients", clients).put("roomSize", roomSize);
    json = isSaturation() ? json.put("rate", "max") : json.put("rate", perSecond);
    return json.put("window", window)
        .put("mix", shares)
        .put("seconds", seconds)
        .put("warmupSeconds", warmupSeconds)
        .put("churn", churnPerSecond);
  }
}
