package dev.starling.crdt;

import java.util.List;

/** Values that the tests of this package share. */
final class Samples {
  static final ReplicaId A = new ReplicaId("a", 1);
  static final ReplicaId B = new ReplicaId("b", 1);
  static final ReplicaId C = new ReplicaId("c", 1);
  static final List<ReplicaId> REPLICAS = List.of(A, B, C);

  private Samples() {}

  static Dot dot(ReplicaId replica, long counter) {
    return new Dot(replica, counter);
  }

  static HybridTime at(long millis) {
    return HybridTime.of(millis, 0);
  }

  static Content text(String value) {
    return Content.json(Bytes.utf8('"' + value + '"'));
  }

  static Member member(String session, long epoch, Stamp stamp) {
    return new Member(
        session,
        epoch,
        stamp.replica(),
        "eu-west-1",
        "user of " + session,
        Role.MEMBER,
        stamp.time(),
        new Register<>(stamp, text(session + stamp)));
  }

  static ChatMessage message(ReplicaId replica, long counter, long millis) {
    return new ChatMessage(dot(replica, counter), at(millis), "s", "u", text("m" + millis));
  }
}
