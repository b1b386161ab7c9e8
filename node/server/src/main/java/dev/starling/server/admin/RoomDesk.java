package dev.starling.server.admin;

import dev.starling.core.protocol.RoomPattern;
import dev.starling.core.room.RoomStanding;
import dev.starling.crdt.Member;
import dev.starling.crdt.RoomState;
import dev.starling.proto.admin.v1.Outage;
import dev.starling.proto.admin.v1.RoomMember;
import dev.starling.proto.admin.v1.RoomSettings;
import dev.starling.proto.inquiry.v1.Answer;
import dev.starling.proto.inquiry.v1.Details;
import dev.starling.proto.inquiry.v1.Question;
import dev.starling.proto.inquiry.v1.Replica;
import dev.starling.proto.inquiry.v1.Rooms;
import dev.starling.proto.inquiry.v1.Store;
import dev.starling.server.host.HostedRooms;
import dev.starling.server.host.Inquiries;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says what this node itself has of rooms, and how it keeps them. Thread-safe; calls may wait. */
public final class RoomDesk implements Inquiries.Desk {
  /** Rooms of one answer. */
  static final int MOST_ROOMS = 500;

  private static final int MOST_MEMBERS = 1_000;

  /** Loops answer in less, or the answer goes without what they have. */
  private static final long PATIENCE_MILLIS = 500;

  private final HostedRooms rooms;
  private final Supplier<Store> store;
  private final InstantSource clock;

  /**
   * @param store how rooms are kept on the disk now
   */
  public RoomDesk(HostedRooms rooms, Supplier<Store> store, InstantSource clock) {
    this.rooms = rooms;
    this.store = store;
    this.clock = clock;
  }

  @Override
  public Answer answer(Question question) {
    Answer.Builder answer = Answer.newBuilder().setStore(store.get());
    switch (question.getAboutCase()) {
      case ROOMS -> list(question.getRooms(), answer);
      case ROOM -> add(List.of(read(question.getRoom(), true)), answer);
      case ABOUT_NOT_SET -> {}
    }
    return answer.build();
  }

  private void list(Rooms asked, Answer.Builder answer) {
    RoomPattern wanted =
        asked.getMatch().isEmpty() ? RoomPattern.ANY : new RoomPattern(asked.getMatch());
    HostedRooms.Page page =
        rooms.page(asked.getAfter(), Math.clamp(asked.getLimit(), 1, MOST_ROOMS), wanted::matches);
    List<CompletableFuture<@Nullable Replica>> replicas = new ArrayList<>();
    page.rooms().forEach(listed -> replicas.add(read(listed.room(), false)));
    add(replicas, answer);
    if (page.more()) {
      answer.setThrough(page.rooms().getLast().room());
    }
  }

  /** Adds what is read in time. */
  private static void add(
      List<CompletableFuture<@Nullable Replica>> replicas, Answer.Builder answer) {
    CompletableFuture.allOf(replicas.toArray(CompletableFuture<?>[]::new))
        .completeOnTimeout(null, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .join();
    for (CompletableFuture<@Nullable Replica> each : replicas) {
      Replica replica = each.getNow(null);
      if (replica != null) {
        answer.addReplicas(replica);
      }
    }
  }

  private CompletableFuture<@Nullable Replica> read(String room, boolean wholly) {
    long nowMillis = clock.millis();
    return rooms.read(
        room,
        standing -> {
          Replica.Builder replica = replica(room, standing, nowMillis);
          if (wholly) {
            replica.setDetails(details(standing));
          }
          return replica.build();
        });
  }

  private static Replica.Builder replica(String room, RoomStanding standing, long nowMillis) {
    RoomState state = standing.state();
    Replica.Builder replica =
        Replica.newBuilder()
            .setRoom(room)
            .setOwned(standing.owned())
            .setServing(standing.serving())
            .setSummary(standing.summary())
            .setMembers(state.size())
            .setChat(state.chat().size())
            .setBans(state.bansBesides("", nowMillis))
            .addAllResidency(standing.settings().residency());
    standing
        .outages()
        .forEach(outage ->
            replica.addDegraded(
                Outage.newBuilder()
                    .setRegion(outage.region())
                    .setSinceMillis(outage.sinceMillis())));
    return replica;
  }

  private static Details details(RoomStanding standing) {
    Details.Builder details = Details.newBuilder().setSettings(settings(standing.settings()));
    standing.state().members().stream()
        .limit(MOST_MEMBERS)
        .forEach(member -> details.addMembers(member(member)));
    return details.build();
  }

  private static RoomSettings settings(dev.starling.core.protocol.RoomSettings settings) {
    return RoomSettings.newBuilder()
        .setLimit(settings.limit())
        .setLocked(settings.locked())
        .setLobby(settings.lobby())
        .setPassword(settings.password())
        .addAllResidency(settings.residency())
        .build();
  }

  private static RoomMember member(Member member) {
    return RoomMember.newBuilder()
        .setSession(member.session())
        .setUser(member.user())
        .setRole(member.role().text())
        .setNode(member.host().node())
        .setRegion(member.region())
        .setEpoch(member.epoch())
        .setSinceMillis(member.since().millis())
        .build();
  }
}
