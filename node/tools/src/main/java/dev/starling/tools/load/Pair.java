package dev.starling.tools.load;

/** Two clients of a room that negotiate with each other. Belongs to its lane's event loop. */
final class Pair {
  private final Room room;
  private final Client first;
  private final Client second;
  private int step;
  private int unanswered;

  Pair(Room room, Client first, Client second) {
    this.room = room;
    this.first = first;
    this.second = second;
  }

  Room room() {
    return room;
  }

  /** Whether the room waits for somebody. */
  boolean isPaused() {
    return room.isPaused();
  }

  /** Who speaks next. */
  Client speaker() {
    return Script.isFirstToSpeak(step) ? first : second;
  }

  /** Who is spoken to next. */
  Client listener() {
    return Script.isFirstToSpeak(step) ? second : first;
  }

  /** The script's present step; the next call gives the next one. */
  int nextStep() {
    int present = step;
    step = (step + 1) % Script.STEPS;
    return present;
  }

  void sent() {
    unanswered++;
  }

  void answered() {
    unanswered--;
  }

  int unanswered() {
    return unanswered;
  }
}
