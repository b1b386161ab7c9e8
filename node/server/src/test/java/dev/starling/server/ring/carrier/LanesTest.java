package dev.starling.server.ring.carrier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.crdt.Bytes;
import dev.starling.property.Choices;
import dev.starling.property.Property;
import dev.starling.server.host.FrameClass;
import dev.starling.server.host.PeerFrame;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class LanesTest {
  private static final long MUCH = 1L << 30;

  private final CarrierCounts counts = new CarrierCounts();

  private Lanes wide() {
    return new Lanes(new CarrierConfig(MUCH, MUCH, MUCH), counts);
  }

  private static PeerFrame frame(FrameClass kind, int length) {
    return new PeerFrame(kind, Bytes.wrap(new byte[length]));
  }

  @Test
  void frameAboveTheBoundIsToldOfRoomWhenNothingElseWaits() {
    Lanes lanes = new Lanes(new CarrierConfig(100_000, 100_000, 100_000), counts);
    List<FrameClass> told = new ArrayList<>();
    assertTrue(lanes.offer(frame(FrameClass.REPLICATION, 20_000)));
    assertTrue(lanes.offer(frame(FrameClass.REPLICATION, 20_000)));
    assertFalse(lanes.offer(frame(FrameClass.REPLICATION, 200_000)));
    lanes.roomAgain(told::add);
    assertEquals(List.of(), told);
    while (lanes.next() != null) {
      // Sent.
    }
    lanes.roomAgain(told::add);
    assertEquals(List.of(FrameClass.REPLICATION), told);
    assertTrue(lanes.offer(frame(FrameClass.REPLICATION, 200_000)));
  }

  @Property(tries = 100)
  void framesGoOutInTheirClassesOrder(Choices choices) {
    Lanes lanes = wide();
    Map<FrameClass, List<PeerFrame>> offered = new EnumMap<>(FrameClass.class);
    Map<FrameClass, List<PeerFrame>> sent = new EnumMap<>(FrameClass.class);
    for (int i = choices.between(1, 200); i > 0; i--) {
      PeerFrame frame = frame(choices.oneOf(FrameClass.values()), choices.between(0, 100_000));
      lanes.offer(frame);
      offered.computeIfAbsent(frame.kind(), kind -> new ArrayList<>()).add(frame);
    }
    for (Batch batch = lanes.next(); batch != null; batch = lanes.next()) {
      assertFalse(batch.frames().isEmpty());
      batch
          .frames()
          .forEach(each -> sent.computeIfAbsent(each.kind(), kind -> new ArrayList<>()).add(each));
    }
    assertEquals(offered, sent);
  }

  @Property(tries = 50)
  void inquiryGetsASixteenthWhateverTheSizesOfFrames(Choices choices) {
    Lanes lanes = wide();
    byte[] bytes = new byte[60_000];
    for (FrameClass kind : FrameClass.values()) {
      int length = choices.between(100, 60_000);
      for (long all = 0; all < 16 << 20; all += length) {
        lanes.offer(new PeerFrame(kind, Bytes.wrap(bytes, 0, length)));
      }
    }
    long inquiry = 0;
    long all = 0;
    while (all < 8 << 20) {
      for (PeerFrame frame : Objects.requireNonNull(lanes.next()).frames()) {
        all += frame.length();
        inquiry += frame.kind() == FrameClass.INQUIRY ? frame.length() : 0;
      }
    }
    assertEquals(1 / 16.0, (double) inquiry / all, 0.01);
  }

  @Test
  void fullLaneRefusesCountsAndSaysWhenThereIsRoom() {
    Lanes small = new Lanes(new CarrierConfig(1_000, 1_000, 1_000), counts);
    assertTrue(small.offer(frame(FrameClass.RELAY, 900)));
    assertFalse(small.offer(frame(FrameClass.RELAY, 900)));
    assertTrue(small.offer(frame(FrameClass.INQUIRY, 900)));
    assertEquals(1, counts.totals(FrameClass.RELAY).refusedFrames());
    List<FrameClass> told = new ArrayList<>();
    small.roomAgain(told::add);
    assertEquals(List.of(), told);
    small.next();
    small.roomAgain(told::add);
    small.roomAgain(told::add);
    assertEquals(List.of(FrameClass.RELAY), told);
  }

  @Test
  void frameThatIsLargerThanAQueuePassesAnEmptyOne() {
    Lanes small = new Lanes(new CarrierConfig(1_000, 1_000, 1_000), counts);
    assertTrue(small.offer(frame(FrameClass.INQUIRY, 1 << 20)));
    assertFalse(small.offer(frame(FrameClass.INQUIRY, 1)));
    assertEquals(1, Objects.requireNonNull(small.next()).frames().size());
    assertNull(small.next());
  }

  @Test
  void whatWaitedWhenTheStreamEndedIsCounted() {
    Lanes lanes = wide();
    lanes.offer(frame(FrameClass.RELAY, 10));
    lanes.clear();
    assertEquals(1, counts.totals(FrameClass.RELAY).droppedFrames());
    assertEquals(0, counts.totals(FrameClass.RELAY).queuedBytes());
    assertNull(lanes.next());
  }
}
