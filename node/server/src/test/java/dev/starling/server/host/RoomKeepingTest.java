package dev.starling.server.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.starling.core.protocol.SettingsChange;
import dev.starling.core.replication.ReplicationConfig;
import dev.starling.core.room.RoomOrder;
import dev.starling.core.room.RoomReport;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A node that keeps rooms on a disk that refuses for a while; on time that the test moves. */
final class RoomKeepingTest {
  private static final int OPERATIONS = 20;

  private final EmbeddedChannel time = new EmbeddedChannel();
  private final Disk disk = new Disk();
  private final NodeHost node =
      new NodeHost(
          PairedNode.config(
              "a", 1 << 20, 1_000, ReplicationConfig.of(PairedNode.ROOM, 0, 0, 1_000)),
          (token, verdict) -> {},
          user -> List.of(),
          new NodeClock(),
          views -> views,
          List.of(time.eventLoop()));
  private final HostedRooms rooms = new HostedRooms(node);

  /** Counts what it is asked for. */
  private static final class Disk implements RoomDisk {
    private boolean taking;
    private boolean refusing = true;
    private int appends;
    private int folds;
    private int removals;

    @Override
    public boolean takes() {
      return taking;
    }

    @Override
    public void append(String room, byte[] delta, Executor executor, Consumer<Outcome> done) {
      appends++;
      executor.execute(() -> done.accept(refusing ? Outcome.REFUSED : Outcome.KEPT));
    }

    @Override
    public void fold(String room, byte[] state, Executor executor, Consumer<Outcome> done) {
      folds++;
      executor.execute(() -> done.accept(refusing ? Outcome.REFUSED : Outcome.KEPT));
    }

    @Override
    public void remove(String room, Executor executor, Consumer<Outcome> done) {
      removals++;
      executor.execute(() -> done.accept(refusing ? Outcome.REFUSED : Outcome.KEPT));
    }
  }

  private void operate() {
    SharedRooms shared = Objects.requireNonNull(node.sharedRooms());
    shared.keepOn(disk);
    shared.see(PairedNode.view("a"));
    SettingsChange change = new SettingsChange(7, null, null, null, null);
    assertInstanceOf(RoomReport.Shown.class, rooms.open("den", change).join());
    for (int i = 1; i < OPERATIONS; i++) {
      RoomOrder order = new RoomOrder.Configure(change);
      assertInstanceOf(RoomReport.Shown.class, rooms.order("den", order).join());
    }
  }

  private void passSeconds(int seconds) {
    for (int i = 0; i < seconds; i++) {
      time.advanceTimeBy(1, TimeUnit.SECONDS);
      time.runScheduledPendingTasks();
    }
  }

  @Test
  void diskThatTakesNothingIsGivenNothingUntilItDoesAndThenEachRoomOnce() {
    operate();
    passSeconds(3);
    assertEquals(0, disk.appends + disk.folds);
    disk.taking = true;
    disk.refusing = false;
    passSeconds(3);
    assertEquals(1, disk.folds);
  }

  @Test
  void roomThatIsForgottenIsRemovedOnceTheDiskDoesIt() {
    SharedRooms shared = Objects.requireNonNull(node.sharedRooms());
    shared.keepOn(disk);
    shared.forget("den");
    passSeconds(2);
    assertEquals(0, disk.removals);
    disk.taking = true;
    passSeconds(3);
    assertEquals(3, disk.removals);
    disk.refusing = false;
    passSeconds(3);
    assertEquals(4, disk.removals);
  }

  @Test
  void diskThatRefusesIsAskedForEachRoomOnceASecond() {
    disk.taking = true;
    operate();
    disk.folds = 0;
    passSeconds(3);
    assertEquals(3, disk.folds);
    disk.refusing = false;
    passSeconds(3);
    assertEquals(4, disk.folds);
  }
}
