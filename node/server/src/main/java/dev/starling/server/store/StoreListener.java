package dev.starling.server.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Is told what is in a store while it opens, and how it is. Called on the store's thread, one call
 * at a time; a call that takes long delays all reading and writing, so that one may hold up the
 * reading by it. All bytes are the listener's to keep.
 */
public interface StoreListener {
  /**
   * A room. Where opening is tried again it may be told again.
   *
   * @param snapshot what the deltas go on top of, or null
   * @param deltas in the order in which they were appended, without gaps
   */
  void room(String name, byte @Nullable [] snapshot, List<byte[]> deltas);

  /** A record by its key. */
  void record(String key, byte[] value);

  /**
   * Something that doesn't check out: it stays in a directory beside the store and is no longer
   * part of it. A room's deltas before the damage are told by {@link #room}.
   *
   * @param what the room, the record's key, or in angle brackets what has no name any more
   * @param why for an operator
   */
  void setAside(String what, String why);

  /** The store's status changed; with {@link StoreState#READY} everything has been told. */
  void changed(StoreStatus status);
}
