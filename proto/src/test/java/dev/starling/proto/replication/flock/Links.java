package dev.starling.proto.replication.flock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.starling.core.replication.PeerMessage;
import dev.starling.core.replication.ReplicationInput;
import dev.starling.crdt.Bytes;
import dev.starling.property.Choices;
import dev.starling.proto.replication.PeerReader;
import dev.starling.proto.replication.PeerWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** Links between nodes: ordered, encoded, and lost with all that is under way when they break. */
final class Links {
  private static final long NOTICE_NANOS = 200 * Timeline.MILLI;

  private static final class Link {
    private long life;
    private boolean open;
    private long forthNanos;
    private long backNanos;
  }

  private final World world;
  private final Choices choices;
  private final TreeMap<String, Link> links = new TreeMap<>();
  private final TreeSet<String> cut = new TreeSet<>();
  private String word = "";
  private long wanMentions;

  Links(World world, Choices choices) {
    this.world = world;
    this.choices = choices;
  }

  /** Counts the messages between regions that have a word in them from now on. */
  void listenFor(String text) {
    word = text;
    wanMentions = 0;
  }

  long wanMentions() {
    return wanMentions;
  }

  boolean isCut(Node one, Node other) {
    return cut.contains(name(one.name(), other.name()));
  }

  void cut(Node one, Node other) {
    cut.add(name(one.name(), other.name()));
    breakUp(one, other);
  }

  void mend(Node one, Node other) {
    cut.remove(name(one.name(), other.name()));
    connect(one, other);
  }

  /** Opens a link where nothing stands against it. */
  void connect(Node one, Node other) {
    Link link = link(one, other);
    if (one != other && one.lives() && other.lives() && !isCut(one, other) && !link.open) {
      link.open = true;
      link.life++;
      link.forthNanos = world.time().nowNanos();
      link.backNanos = link.forthNanos;
      long life = link.life;
      world
          .time()
          .after(
              delay(one, other),
              () -> {
                if (link.open && link.life == life) {
                  one.step(new ReplicationInput.Connected(other.life()));
                  other.step(new ReplicationInput.Connected(one.life()));
                }
              });
    }
  }

  /** Breaks a link; both ends notice it after a while. */
  void breakUp(Node one, Node other) {
    Link link = link(one, other);
    if (link.open) {
      link.open = false;
      link.life++;
      long life = link.life;
      world
          .time()
          .after(
              NOTICE_NANOS,
              () -> {
                if (link.life == life) {
                  one.step(new ReplicationInput.Disconnected(other.name()));
                  other.step(new ReplicationInput.Disconnected(one.name()));
                  connect(one, other);
                }
              });
    }
  }

  void send(Node from, Node to, PeerMessage message) {
    Link link = link(from, to);
    byte[] encoded = PeerWriter.peer(message).toByteArray();
    PeerMessage read = Objects.requireNonNull(PeerReader.peer(Bytes.wrap(encoded)));
    assertEquals(message, read);
    if (!from.region().equals(to.region())) {
      boolean mentions = new String(encoded, StandardCharsets.ISO_8859_1).contains(word);
      wanMentions += !word.isEmpty() && mentions ? 1 : 0;
    }
    boolean forth = from.name().compareTo(to.name()) < 0;
    long arrives =
        Math.max(
            forth ? link.forthNanos : link.backNanos, world.time().nowNanos() + delay(from, to));
    if (forth) {
      link.forthNanos = arrives;
    } else {
      link.backNanos = arrives;
    }
    long life = link.life;
    world
        .time()
        .after(
            arrives - world.time().nowNanos(),
            () -> {
              if (link.open && link.life == life) {
                to.step(new ReplicationInput.Received(from.name(), read));
              }
            });
  }

  private long delay(Node one, Node other) {
    long base = one.region().equals(other.region()) ? 500_000 : 60 * Timeline.MILLI;
    return base + choices.between(0, 500_000);
  }

  private Link link(Node one, Node other) {
    return links.computeIfAbsent(name(one.name(), other.name()), absent -> new Link());
  }

  private static String name(String one, String other) {
    return one.compareTo(other) < 0 ? one + " " + other : other + " " + one;
  }
}
