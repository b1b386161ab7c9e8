package dev.starling.server.store;

/** What became of a write. */
public sealed interface WriteOutcome {
  /**
   * It is stored.
   *
   * @param foldDue whether the room's owner is asked for a snapshot, by {@link RoomStore#fold}
   */
  record Written(boolean foldDue) implements WriteOutcome {}

  /**
   * It is not known to be stored; the room on disk may be behind, and a later fold brings it up.
   *
   * @param message what to do, for an operator
   */
  record Refused(Reason reason, String message) implements WriteOutcome {}

  /** Why a write was refused. */
  enum Reason {
    /** Too many writes wait; later ones may do. */
    BUSY,
    /** A snapshot of the room has been due for so long that its deltas would become too many. */
    FOLD_DUE,
    /** It is longer than a record may be, or its name is. */
    TOO_LARGE,
    /** The store isn't ready: see its status. */
    UNAVAILABLE
  }
}
