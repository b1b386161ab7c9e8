package dev.starling.core.room;

/** The newest published view of each room; safe to read from any thread. */
@FunctionalInterface
public interface RoomViews {
  /** The room's newest view; an empty one where the room isn't known here. */
  RoomView of(String room);
}
