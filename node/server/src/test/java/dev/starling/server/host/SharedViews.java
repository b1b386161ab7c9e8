package dev.starling.server.host;

import dev.starling.core.room.Place;
import dev.starling.core.room.RoomView;
import dev.starling.core.room.RoomViews;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Rooms that several nodes of one process share: what each says of its own, together. */
public final class SharedViews implements UnaryOperator<RoomViews> {
  private final List<RoomViews> all = new CopyOnWriteArrayList<>();
  private final Map<String, Together> rooms = new ConcurrentHashMap<>();

  /** What the nodes said, and what it is together. */
  private record Together(List<RoomView> parts, RoomView whole) {}

  @Override
  public RoomViews apply(RoomViews own) {
    all.add(own);
    return this::together;
  }

  private RoomView together(String room) {
    List<RoomView> parts = all.stream().map(views -> views.of(room)).toList();
    Together known = rooms.get(room);
    if (known == null || !known.parts().equals(parts)) {
      known = new Together(parts, merged(room, parts));
      rooms.put(room, known);
    }
    return known.whole();
  }

  private static RoomView merged(String room, List<RoomView> parts) {
    TreeMap<String, Place> places = new TreeMap<>();
    for (RoomView view : parts) {
      for (int i = 0; i < view.places().size(); i++) {
        places.put(view.sessions().get(i), view.places().get(i));
      }
    }
    return new RoomView(room, List.copyOf(places.keySet()), List.copyOf(places.values()));
  }
}
