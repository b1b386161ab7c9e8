package dev.starling.core.replication;

import dev.starling.crdt.CausalContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which requests had their effect lately, so that one that is passed on again has no second, and
 * why members left. Bounded: the eldest go. Not thread-safe.
 */
final class Ledger {
  private static final int MAX_REQUESTS = 1_024;
  private static final int MAX_DEPARTURES = 64;

  private record Key(String session, long id) {}

  private final LinkedHashMap<Key, Note.Asked> asked = new LinkedHashMap<>();
  private final LinkedHashMap<String, Note.Left> left = new LinkedHashMap<>();

  void add(List<Note> notes) {
    for (Note note : notes) {
      switch (note) {
        case Note.Asked request -> {
          asked.putLast(new Key(request.session(), request.id()), request);
          if (asked.size() > MAX_REQUESTS) {
            asked.pollFirstEntry();
          }
        }
        case Note.Left departure -> {
          left.putLast(departure.session(), departure);
          if (left.size() > MAX_DEPARTURES) {
            left.pollFirstEntry();
          }
        }
      }
    }
  }

  /** The operation of a request, or null where none is remembered. */
  Note.@Nullable Asked of(String session, long id) {
    return asked.get(new Key(session, id));
  }

  /** Why members left by these dots. */
  List<Note> departures(CausalContext dots) {
    List<Note> notes = new ArrayList<>();
    for (Note.Left departure : left.values()) {
      if (dots.contains(departure.dot())) {
        notes.add(departure);
      }
    }
    return notes;
  }
}
