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
 * @param confirmMillis within what time clients confirm, or together with what they send before; 0
 *     for once with each read
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
    int sampleSeconds,
    int confirmMillis) {

  /** The same for a bare relay, which does broadcasts alone, or signals in rooms of two. */
  LoadPlan forRelay() {
    return new LoadPlan(
        isBroadcast() ? clients : Math.max(2, clients / 2 * 2),
        isBroadcast() ? roomSize : 2,
        perSecond,
        window,
        isBroadcast() ? mix : Mix.SIGNALS,
        seconds,
        warmupSeconds,
        drainSeconds,
        connectsPerSecond,
        loops,
        0,
        0,
        0);
  }

  /** Whether everything that is sent goes to the whole room. */
  boolean isBroadcast() {
    return mix.weight(Kind.SIGNAL) + mix.weight(Kind.CHAT) == 0;
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
        .put("churn", churnPerSecond)
        .put("confirmMs", confirmMillis);
  }
}
