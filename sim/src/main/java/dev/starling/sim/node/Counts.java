package dev.starling.sim.node;

/** What came of faults on one machine, over all processes that ran there. */
public final class Counts {
  long steps;
  long heldByPauses;
  long heldBySteps;
  long damaged;
  long readThoughDamaged;
  long refusedStreams;

  Counts() {}

  /** How many inputs a node took. */
  public long steps() {
    return steps;
  }

  /** How many inputs waited because the process stood still. */
  public long heldByPauses() {
    return heldByPauses;
  }

  /** How many inputs waited for others to be done. */
  public long heldBySteps() {
    return heldBySteps;
  }

  /** How many datagrams came with other bytes than were sent. */
  public long damaged() {
    return damaged;
  }

  /** How many of them the codec took for packets. */
  public long readThoughDamaged() {
    return readThoughDamaged;
  }

  /** How many streams failed on account of a certificate that had run out. */
  public long refusedStreams() {
    return refusedStreams;
  }
}
