package dev.starling.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Keeps what a store tells, as texts, which compare well. */
final class Told implements StoreListener {
  /** A room's content: its snapshot, or null, and the deltas after it. */
  record Content(@Nullable String snapshot, List<String> deltas) {}

  final Map<String, Content> rooms = new ConcurrentSkipListMap<>();
  final Map<String, String> records = new ConcurrentSkipListMap<>();
  final List<String> setAside = new CopyOnWriteArrayList<>();
  final List<StoreStatus> statuses = new CopyOnWriteArrayList<>();

  /** A room's content; that of one which isn't there is empty. */
  Content content(String room) {
    Content content = rooms.get(room);
    return content == null ? new Content(null, List.of()) : content;
  }

  @Override
  public void room(String name, byte @Nullable [] snapshot, List<byte[]> deltas) {
    List<String> texts = new ArrayList<>();
    deltas.forEach(delta -> texts.add(Texts.of(delta)));
    rooms.put(name, new Content(snapshot == null ? null : Texts.of(snapshot), texts));
  }

  @Override
  public void record(String key, byte[] value) {
    records.put(key, Texts.of(value));
  }

  @Override
  public void setAside(String what, String why) {
    setAside.add(what);
  }

  @Override
  public void changed(StoreStatus status) {
    statuses.add(status);
  }

  Map<String, Content> roomsByName() {
    return new TreeMap<>(rooms);
  }
}
