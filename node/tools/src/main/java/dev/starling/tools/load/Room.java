package dev.starling.tools.load;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A room and its clients. Belongs to its lane's event loop once the run has begun. */
final class Room {
  private final String name;
  private final int number;
  private final int firstIndex;
  private final List<Client> clients = new ArrayList<>();
  private boolean paused;

  /**
   * @param firstIndex the index of its first client; the others' follow
   */
  Room(String name, int number, int firstIndex) {
    this.name = name;
    this.number = number;
    this.firstIndex = firstIndex;
  }

  String name() {
    return name;
  }

  int number() {
    return number;
  }

  int size() {
    return clients.size();
  }

  void add(Client client) {
    clients.add(client);
  }

  Client seat(int seat) {
    return clients.get(seat);
  }

  /** The client with this index in the whole run; null when it isn't in this room. */
  @Nullable Client client(int index) {
    int seat = index - firstIndex;
    return seat >= 0 && seat < clients.size() ? clients.get(seat) : null;
  }

  /** Nobody says anything new until {@link #goOn}. */
  void pause() {
    paused = true;
  }

  void goOn() {
    paused = false;
  }

  boolean isPaused() {
    return paused;
  }

  /** Whether nothing of its clients is under way. */
  boolean isQuiet() {
    return clients.stream().allMatch(client -> client.openRequests() == 0);
  }

  /** Everyone with everyone else. */
  List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < clients.size(); i++) {
      for (int j = i + 1; j < clients.size(); j++) {
        pairs.add(new Pair(this, clients.get(i), clients.get(j)));
      }
    }
    return pairs;
  }
}
