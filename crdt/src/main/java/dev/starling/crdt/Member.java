package dev.starling.crdt;

/**
 * One session's presence in a room, as its host node last declared it. Whether it is shown follows
 * {@code host} and {@code epoch}, never the replica that minted the dot.
 *
 * @param session the session's public id
 * @param epoch which hosting of the session this is; of two entries the higher epoch is shown
 * @param host the life of the node that serves the session
 * @param region the region of {@code host}
 * @param user the user's id, from the token
 * @param role what the user may do in the room
 * @param since when the session joined
 * @param profile what the application tells about the member; the later one wins among entries of
 *     one epoch
 * @param rest what a later version says beside it, as it came; opaque here
 */
public record Member(
    String session,
    long epoch,
    ReplicaId host,
    String region,
    String user,
    Role role,
    HybridTime since,
    Register<Content> profile,
    Bytes rest) {

  /** As this version writes it. */
  public Member(
      String session,
      long epoch,
      ReplicaId host,
      String region,
      String user,
      Role role,
      HybridTime since,
      Register<Content> profile) {
    this(session, epoch, host, region, user, role, since, profile, Bytes.EMPTY);
  }

  /** The entry that stands for both where two replicas wrote the same session at once. */
  Member merge(Member other) {
    if (epoch != other.epoch) {
      return epoch > other.epoch ? this : other;
    }
    return other.profile.stamp().compareTo(profile.stamp()) > 0 ? other : this;
  }

  /** Whether other members see no difference. */
  boolean looksLike(Member other) {
    return at(other.epoch, other.host, region).equals(other);
  }

  /** The same member where another node serves it. */
  public Member at(long newEpoch, ReplicaId newHost, String newRegion) {
    return new Member(session, newEpoch, newHost, newRegion, user, role, since, profile, rest);
  }

  /** The same member with a newer profile. */
  public Member withProfile(Register<Content> newer) {
    return new Member(session, epoch, host, region, user, role, since, newer, rest);
  }
}
