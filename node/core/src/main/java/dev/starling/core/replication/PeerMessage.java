package dev.starling.core.replication;

import dev.starling.core.protocol.ServerMessage.Event;
import dev.starling.core.room.RoomOrder;
import dev.starling.core.room.RoomRequest;
import dev.starling.crdt.CausalContext;
import dev.starling.crdt.DotRange;
import dev.starling.crdt.RoomDigest;
import dev.starling.crdt.RoomRepair;
import dev.starling.membership.ring.Ring;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What nodes say to each other about rooms, over links that keep the order and lose nothing while
 * they last. Each is about one shard, so that a node may keep its shards apart.
 */
public sealed interface PeerMessage {
  /** How many rooms a message tells of. */
  int MAX_ROOMS = 512;

  /** The shard it is about, 0 to {@link Ring#SHARDS} − 1. */
  int shard();

  /** A message about one room. */
  sealed interface OfRoom extends PeerMessage {
    /** The room's name. */
    String room();

    @Override
    default int shard() {
      return Ring.shardOf(room());
    }
  }

  /**
   * What happened, to another owner; answered by {@link Ack}.
   *
   * @param sentMillis the sender's wall clock
   */
  record Push(String room, Change change, long sentMillis) implements OfRoom {}

  /**
   * What the sender holds: applied and stored; towards another region, what two owners hold.
   *
   * @param echoMillis {@code sentMillis} of what it answers; 0 for none
   * @param atMillis the sender's wall clock
   */
  record Ack(String room, CausalContext holds, long echoMillis, long atMillis) implements OfRoom {}

  /**
   * What the sender's rooms of a shard are like in all; an owner that has other rooms says so.
   *
   * @param rooms how many
   * @param hash independent of their order
   */
  record ShardSum(int shard, int rooms, long hash) implements PeerMessage {}

  /**
   * What a room is like.
   *
   * @param summary {@link dev.starling.crdt.RoomDigest#summary}
   */
  record RoomSum(String room, long summary) {}

  /**
   * The sender's rooms of a shard, in the order of names.
   *
   * @param after where the list begins: after this name, an empty text for the first
   * @param through the last name that it speaks of; null where no more follow
   * @param rooms at most {@link #MAX_ROOMS}
   */
  record RoomSums(int shard, String after, @Nullable String through, List<RoomSum> rooms)
      implements PeerMessage {}

  /** Asks for the list of rooms after a name. */
  record NextSums(int shard, String after) implements PeerMessage {}

  /** What the sender has seen of a room. */
  record Seen(String room, CausalContext context) {}

  /**
   * Asks for what the sender lacks of some rooms; within a region answered by {@link Ack} as well.
   *
   * @param rooms at most {@link #MAX_ROOMS}
   */
  record Lacking(int shard, List<Seen> rooms) implements PeerMessage {}

  /**
   * What the receiver lacks of a room.
   *
   * @param lacks the dots that the receiver has seen and the sender hasn't
   */
  record Mend(String room, Change change, CausalContext lacks) {}

  /**
   * What the receiver lacks; answered by what the sender lacks, where that is something.
   *
   * @param rooms at most {@link #MAX_ROOMS}
   */
  record Repair(int shard, List<Mend> rooms) implements PeerMessage {}

  /**
   * A new owner asks for everything; {@link CaughtUp} follows when all was sent.
   *
   * @param rooms those that it has, at most {@link #MAX_ROOMS}
   */
  record CatchUp(int shard, List<RoomSum> rooms) implements PeerMessage {}

  /**
   * Everything that the sender had was sent.
   *
   * @param serving whether it serves the shard itself
   */
  record CaughtUp(int shard, boolean serving) implements PeerMessage {}

  /**
   * A session's request, to an owner.
   *
   * @param ticket of the sending node, increasing; the answer has it too
   * @param residency the regions that the session's token pins the room to; empty for all
   */
  record Forward(String room, long ticket, RoomRequest request, List<String> residency)
      implements OfRoom {}

  /**
   * What the application asks of a room at a node that doesn't serve it, to an owner.
   *
   * @param ticket of the sending node, increasing; the answer has it too
   * @param opens whether the room must not be there yet, rather than must be there
   */
  record Command(String room, long ticket, RoomOrder order, boolean opens) implements OfRoom {}

  /** An owner's answer. */
  record Replied(String room, long ticket, Reply reply) implements OfRoom {}

  /**
   * From now on the sender is to be told what happens.
   *
   * @param seen what it has seen
   */
  record Subscribe(String room, CausalContext seen) implements OfRoom {}

  /** No longer. */
  record Unsubscribe(String room) implements OfRoom {}

  /** What happened, to who subscribed. */
  record Update(String room, Change change) implements OfRoom {}

  /** The sender tells no more what happens: subscribe elsewhere. */
  record Ended(String room) implements OfRoom {}

  /** Between owners of which both may have seen the same and hold different things. */
  sealed interface Doubt extends OfRoom {}

  /** What an owner holds, to another: where both have seen the same, it is the same. */
  record Verify(String room, RoomDigest digest) implements Doubt {}

  /**
   * Hashes of parts of what two hold who have seen the same and hold different things.
   *
   * @param context what the sender has seen
   * @param hashes at most {@link #MAX_ROOMS}
   */
  record Ranges(String room, CausalContext context, List<RoomRepair.RangeHash> hashes)
      implements Doubt {}

  /**
   * What the sender holds of a range that differs.
   *
   * @param asks whether the receiver is to say what it holds
   */
  record Mending(String room, DotRange range, RoomRepair.Mending mending, boolean asks)
      implements Doubt {}

  /** Something that changes no state, to one session that the receiver hosts. */
  record Tell(String room, String session, Event event) implements OfRoom {}
}
