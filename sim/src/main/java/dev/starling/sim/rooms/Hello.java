package dev.starling.sim.rooms;

import dev.starling.crdt.ReplicaId;
import java.nio.charset.StandardCharsets;

/** What is said first on a connection: who calls, and whom. */
record Hello(ReplicaId caller, ReplicaId callee) {
  byte[] bytes() {
    return String.join(
            " ",
            caller.node(),
            Long.toString(caller.generation()),
            callee.node(),
            Long.toString(callee.generation()))
        .getBytes(StandardCharsets.UTF_8);
  }

  static Hello read(byte[] bytes) {
    String[] words = new String(bytes, StandardCharsets.UTF_8).split(" ", 4);
    return new Hello(
        new ReplicaId(words[0], Long.parseLong(words[1])),
        new ReplicaId(words[2], Long.parseLong(words[3])));
  }
}
