package dev.starling.proto.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.CausalContext;
import dev.starling.crdt.Content;
import dev.starling.crdt.Dot;
import dev.starling.crdt.HybridTime;
import dev.starling.crdt.Member;
import dev.starling.crdt.Register;
import dev.starling.crdt.Role;
import dev.starling.crdt.RoomDelta;
import dev.starling.crdt.RoomState;
import dev.starling.crdt.Stamp;
import dev.starling.property.Choices;
import dev.starling.property.Property;
import dev.starling.proto.replication.v1.Delta;
import dev.starling.proto.replication.v1.MemberEntry;
import dev.starling.proto.replication.v1.RetiredEntry;
import dev.starling.proto.replication.v1.Seen;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class DeltaCodecTest {
  private static final int FOREIGN_FIELD = 77;

  private static Bytes bytes(Delta delta) {
    return Bytes.wrap(delta.toByteArray());
  }

  @Property(tries = 1_000)
  void deltasAreReadAsTheyWereWritten(Choices choices) {
    RoomState state = Rooms.any(choices);
    assertEquals(state.full(), DeltaReader.delta(bytes(DeltaWriter.delta(state.full()))));
    RoomDelta part = state.difference(Rooms.any(choices).context());
    assertEquals(part, DeltaReader.delta(bytes(DeltaWriter.delta(part))));
  }

  @Property(tries = 500)
  void contextsAndDigestsAreReadAsTheyWereWritten(Choices choices) {
    RoomState state = Rooms.any(choices);
    CausalContext gaps = state.context().minus(Rooms.any(choices).context());
    assertEquals(gaps, DeltaReader.context(Bytes.wrap(DeltaWriter.context(gaps).toByteArray())));
    assertEquals(
        state.digest(),
        DeltaReader.digest(Bytes.wrap(DeltaWriter.digest(state.digest()).toByteArray())));
  }

  @Property(tries = 5_000)
  void mutatedBytesAreReadOrRefused(Choices choices) {
    RoomState state = Rooms.any(choices);
    byte[] bytes = DeltaWriter.delta(state.full()).toByteArray();
    for (int i = choices.between(1, 8); i > 0 && bytes.length > 0; i--) {
      bytes[choices.between(0, bytes.length - 1)] = (byte) choices.between(0, 255);
    }
    int length = choices.nextBoolean() ? bytes.length : choices.between(0, bytes.length);
    Bytes damaged = Bytes.wrap(bytes, 0, length);
    RoomDelta read = DeltaReader.delta(damaged);
    if (read != null) {
      RoomState other = new RoomState(Rooms.replica(9), 4);
      other.merge(read);
      other.merge(state.full());
      assertEquals(read, DeltaReader.delta(bytes(DeltaWriter.delta(read))));
    }
    DeltaReader.context(damaged);
    DeltaReader.digest(damaged);
  }

  @Property(tries = 500)
  void fieldsOfLaterVersionsSurvive(Choices choices) {
    RoomState state = Rooms.any(choices);
    Delta.Builder later = DeltaWriter.delta(state.full()).toBuilder();
    UnknownFieldSet foreign =
        UnknownFieldSet.newBuilder()
            .addField(
                FOREIGN_FIELD,
                UnknownFieldSet.Field.newBuilder()
                    .addLengthDelimited(ByteString.copyFromUtf8("new"))
                    .build())
            .build();
    later.getMembersBuilderList().forEach(entry -> entry.setUnknownFields(foreign));
    later.getSettingsBuilderList().forEach(entry -> entry.setUnknownFields(foreign));
    later.getChatBuilderList().forEach(entry -> entry.setUnknownFields(foreign));
    later.getBansBuilderList().forEach(entry -> entry.setUnknownFields(foreign));
    RoomState other = new RoomState(Rooms.replica(9), 4);
    other.merge(Objects.requireNonNull(DeltaReader.delta(later.build())));
    assertEquals(later.build(), DeltaWriter.delta(other.full()));
  }

  @Test
  void entryBesideTheContextIsRefused() {
    Delta whole = DeltaWriter.delta(room(1).full());
    assertNotNull(DeltaReader.delta(whole));
    assertNull(DeltaReader.delta(whole.toBuilder().clearContext().build()));
  }

  @Test
  void placesOutsideTheTablesAreRefused() {
    Delta whole = DeltaWriter.delta(room(1).full());
    MemberEntry entry = whole.getMembers(0).toBuilder().setHost(9).build();
    assertNull(DeltaReader.delta(whole.toBuilder().setMembers(0, entry).build()));
    assertNull(DeltaReader.delta(whole.toBuilder().clearReplicas().build()));
  }

  @Test
  void oneReplicaCannotRetireAnothersDots() {
    Delta whole = DeltaWriter.delta(room(1).full());
    Delta retiring =
        whole.toBuilder()
            .addReplicas(whole.getReplicas(0).toBuilder().setGeneration(5))
            .addRetired(RetiredEntry.newBuilder().setReplica(1).addGone(whole.getContext(0)))
            .build();
    assertNull(DeltaReader.delta(retiring));
  }

  @Test
  void rangesBeyondTheLastCounterAreRefused() {
    Delta whole = DeltaWriter.delta(room(1).full());
    for (long counter : List.of(-1L, Long.MAX_VALUE, Dot.MAX_COUNTER)) {
      Seen seen = Seen.newBuilder().addRanges(0).addRanges(counter).build();
      assertNull(DeltaReader.delta(whole.toBuilder().setContext(0, seen).build()));
    }
  }

  @Test
  void memberTakesLittleMoreThanItsOwnTexts() {
    int members = 1_000;
    int one = DeltaWriter.delta(room(1).full()).getSerializedSize();
    int many = DeltaWriter.delta(room(members).full()).getSerializedSize();
    Member member = room(1).members().getFirst();
    int own =
        member.session().length()
            + member.user().length()
            + member.profile().value().bytes().length();
    int each = (many - one) / (members - 1);
    assertTrue(each <= own + 40, () -> each + " bytes a member, of them its own " + own);
  }

  private static RoomState room(int members) {
    RoomState state = new RoomState(Rooms.replica(0), 4);
    Stamp stamp = new Stamp(HybridTime.of(1_800_000_000_000L, 3), Rooms.replica(0));
    Content profile = Content.json(Bytes.utf8("{\"name\":\"Ada\",\"camera\":true}"));
    for (int i = 0; i < members; i++) {
      state.merge(
          state.put(
              new Member(
                  "eu-west-1.AAAAAAAA" + (1000 + i),
                  1,
                  Rooms.replica(1),
                  "eu-west-1",
                  "ada",
                  Role.MEMBER,
                  stamp.time(),
                  new Register<>(stamp, profile))));
    }
    return state;
  }
}
