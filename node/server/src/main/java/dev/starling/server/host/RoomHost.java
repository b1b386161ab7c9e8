package dev.starling.server.host;

import dev.starling.core.room.RoomCore;
import dev.starling.core.room.RoomOrder;
import dev.starling.core.room.RoomOutput;
import dev.starling.core.room.RoomReport;
import dev.starling.core.room.RoomRequest;
import dev.starling.core.room.RoomStanding;
import dev.starling.core.room.RoomView;
import dev.starling.core.session.SessionInput;
import dev.starling.crdt.HybridClock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A room on its loop, and its newest view for everybody. */
final class RoomHost {
  private final NodeHost node;
  private final LocalRooms rooms;
  private final String name;
  private final Loop loop;
  private final RoomCore core;
  private final Alarm alarm;
  private volatile RoomView view;
  private boolean vacated;
  private long heldBytes;

  RoomHost(NodeHost node, LocalRooms rooms, String name, Loop loop) {
    this.node = node;
    this.rooms = rooms;
    this.name = name;
    this.loop = loop;
    this.view = RoomView.empty(name);
    HostConfig config = node.config();
    this.core =
        new RoomCore(
            name, config.replica(), config.room(), new HybridClock(), node.clock().nanos());
    this.alarm = new Alarm(loop, node.clock(), this::wake);
  }

  String name() {
    return name;
  }

  RoomView view() {
    return view;
  }

  void ask(RoomRequest request, List<String> residency) {
    loop.run(() -> step(request, residency));
  }

  /** Carries out what the application asks, on the room's loop. */
  void order(RoomOrder order, CompletableFuture<RoomReport> report) {
    loop.run(() -> {
      if (vacated) {
        report.complete(LocalRooms.NO_SUCH_ROOM);
        return;
      }
      try {
        report.complete(carryOut(order));
      } catch (RuntimeException fault) {
        report.completeExceptionally(fault);
      }
    });
  }

  /** Reads the room on its loop; null where it is forgotten by then. */
  <T> CompletableFuture<@Nullable T> read(Function<RoomStanding, T> reading) {
    return CompletableFuture.supplyAsync(
        () -> vacated ? null : reading.apply(core.standing()), loop::run);
  }

  private RoomReport carryOut(RoomOrder order) {
    NodeClock clock = node.clock();
    RoomReport done = core.order(order, clock.nanos(), clock.epochMillis(), this::dispatch);
    account(vacated ? 0 : core.heldBytes());
    return done;
  }

  private void step(RoomRequest request, List<String> residency) {
    if (vacated) {
      // The room was forgotten between the look-up and now; the next look-up finds or makes its
      // successor.
      rooms.ask(name, request, residency);
      return;
    }
    core.step(request, residency, node.clock().nanos(), node.clock().epochMillis(), this::dispatch);
    account(vacated ? 0 : core.heldBytes());
  }

  private void account(long bytes) {
    loop.page().addOfRooms(bytes - heldBytes);
    heldBytes = bytes;
  }

  private void wake() {
    core.wake(node.clock().nanos(), this::dispatch);
  }

  private void dispatch(RoomOutput output) {
    switch (output) {
      case RoomOutput.Publish publish -> view = publish.view();
      case RoomOutput.Answer answer ->
          node.answer(
              answer.session(), new SessionInput.Answered(name, answer.id(), answer.message()));
      case RoomOutput.Tell tell ->
          node.answer(tell.session(), new SessionInput.Happened(tell.event()));
      case RoomOutput.WakeAt wake -> alarm.set(wake.nanos());
      case RoomOutput.Vacant vacant -> {
        vacated = true;
        alarm.clear();
        account(0);
        rooms.vacated(this);
      }
    }
  }
}
