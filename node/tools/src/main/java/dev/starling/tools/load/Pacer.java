package dev.starling.tools.load;

/** Decides when a lane sends. Called on the lane's event loop. */
interface Pacer {
  /** Sends nothing. */
  Pacer NONE =
      new Pacer() {
        @Override
        public void start() {}

        @Override
        public void stop() {}

        @Override
        public void answered(Pair pair, boolean success) {}
      };

  void start();

  void stop();

  /** A message of the pair was confirmed, or refused. */
  void answered(Pair pair, boolean success);
}
