package dev.starling.proto.ring;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.Parser;
import com.google.protobuf.WireFormat;
import dev.starling.membership.Endpoint;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.NodeInfo;
import dev.starling.membership.NodeRole;
import dev.starling.membership.Status;
import dev.starling.membership.VersionRange;
import dev.starling.membership.swim.Packet;
import dev.starling.membership.swim.SwimMessage;
import dev.starling.membership.swim.SwimMessage.Ack;
import dev.starling.membership.swim.SwimMessage.Digest;
import dev.starling.membership.swim.SwimMessage.Nack;
import dev.starling.membership.swim.SwimMessage.News;
import dev.starling.membership.swim.SwimMessage.Ping;
import dev.starling.membership.swim.SwimMessage.PingRequest;
import dev.starling.membership.swim.SwimMessage.Table;
import dev.starling.proto.ring.v1.Info;
import dev.starling.proto.ring.v1.Node;
import dev.starling.proto.ring.v1.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads packets of other nodes. Never throws on any input: what breaks a rule of the membership
 * core's records is refused as a whole, and a fact in words that this version doesn't know is left
 * out.
 */
public final class PacketReader {
  /** How many facts a packet may carry. */
  public static final int MAX_FACTS = 4_096;

  /** What a later version says is not kept: it would take a hundred times its size. */
  private static final Parser<dev.starling.proto.ring.v1.Packet> SKIPPING =
      DiscardUnknownFieldsParser.wrap(dev.starling.proto.ring.v1.Packet.parser());

  /** How many other fields a message may have in all; the largest of this version has 22. */
  private static final int MAX_FIELDS = 64;

  private PacketReader() {}

  /**
   * Reads a packet.
   *
   * @param bytes the whole packet; its position moves
   * @return null when it isn't one
   */
  public static @Nullable Packet read(ByteBuffer bytes) {
    dev.starling.proto.ring.v1.Packet parsed = parse(bytes);
    return parsed == null ? null : packet(parsed);
  }

  /**
   * Parses a packet, in memory of a few times its size. Fields are counted before anything is
   * built: an empty fact takes two bytes there and dozens here.
   *
   * @param bytes the whole packet; its position may move
   * @return null when it isn't one, or has too many fields; else {@link #packet} tells what it says
   */
  public static dev.starling.proto.ring.v1.@Nullable Packet parse(ByteBuffer bytes) {
    try {
      Descriptor type = dev.starling.proto.ring.v1.Packet.getDescriptor();
      boolean fits = fits(CodedInputStream.newInstance(bytes.duplicate()), type);
      return fits ? SKIPPING.parseFrom(bytes) : null;
    } catch (IOException malformed) {
      return null;
    }
  }

  /** As deep as this version's messages lie in each other, and no deeper. */
  private static boolean fits(CodedInputStream in, Descriptor type) throws IOException {
    int facts = 0;
    int others = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
      boolean isFact = field != null && field.isRepeated() && isMessage(field);
      if (isFact ? ++facts > MAX_FACTS : ++others > MAX_FIELDS) {
        return false;
      }
      boolean nested =
          field != null
              && isMessage(field)
              && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
      if (nested ? !fitsNested(in, field.getMessageType()) : !in.skipField(tag)) {
        return false;
      }
    }
    return true;
  }

  private static boolean fitsNested(CodedInputStream in, Descriptor type) throws IOException {
    int outer = in.pushLimit(in.readRawVarint32());
    boolean fits = fits(in, type);
    in.popLimit(outer);
    return fits;
  }

  private static boolean isMessage(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
  }

  /**
   * Reads a packet that was parsed already.
   *
   * @return null when it breaks a rule
   */
  public static @Nullable Packet packet(dev.starling.proto.ring.v1.Packet parsed) {
    if (parsed.getFactsCount() > MAX_FACTS || parsed.getGroup().length() > NodeInfo.MAX_PLACE) {
      return null;
    }
    try {
      SwimMessage message = message(parsed);
      return message == null
          ? null
          : new Packet(parsed.getGroup(), node(parsed.getFrom()), message, facts(parsed));
    } catch (IllegalArgumentException invalid) {
      return null;
    }
  }

  private static @Nullable SwimMessage message(dev.starling.proto.ring.v1.Packet parsed) {
    return switch (parsed.getMessageCase()) {
      case PING -> new Ping(parsed.getPing().getSequence(), node(parsed.getPing().getTarget()));
      case ACK -> new Ack(parsed.getAck().getSequence());
      case NACK -> new Nack(parsed.getNack().getSequence());
      case PING_REQUEST ->
          new PingRequest(
              parsed.getPingRequest().getSequence(),
              node(parsed.getPingRequest().getTarget()),
              parsed.getPingRequest().getBudgetMillis());
      case NEWS -> new News();
      case DIGEST -> new Digest(parsed.getDigest().getHash(), parsed.getDigest().getJoining());
      case TABLE -> new Table(parsed.getTable().getAnswerWanted());
      case MESSAGE_NOT_SET -> null;
    };
  }

  private static List<Fact> facts(dev.starling.proto.ring.v1.Packet parsed) {
    if (parsed.getFactsCount() == 0) {
      return List.of();
    }
    List<Fact> facts = new ArrayList<>(parsed.getFactsCount());
    for (dev.starling.proto.ring.v1.Fact fact : parsed.getFactsList()) {
      Status status = status(fact.getStatus());
      if (status != null) {
        facts.add(fact(fact, status));
      }
    }
    return facts;
  }

  private static Fact fact(dev.starling.proto.ring.v1.Fact fact, Status status) {
    return new Fact(
        node(fact.getNode()),
        fact.getIncarnation(),
        status,
        fact.hasInfo() ? info(fact.getInfo()) : null,
        fact.hasBy() ? node(fact.getBy()) : null,
        fact.getRefused());
  }

  private static @Nullable Status status(dev.starling.proto.ring.v1.Status status) {
    return switch (status) {
      case STATUS_ALIVE -> Status.ALIVE;
      case STATUS_SUSPECT -> Status.SUSPECT;
      case STATUS_DEAD -> Status.DEAD;
      case STATUS_LEFT -> Status.LEFT;
      case STATUS_FORGOTTEN -> Status.FORGOTTEN;
      case STATUS_UNSPECIFIED, UNRECOGNIZED -> null;
    };
  }

  private static NodeId node(Node node) {
    return new NodeId(node.getName(), node.getGeneration());
  }

  private static NodeInfo info(Info info) {
    return new NodeInfo(
        endpoint(info.getDatagrams()),
        endpoint(info.getStreams()),
        info.getRegion(),
        info.getZone(),
        roles(info.getRolesList()),
        info.getLoadPermille(),
        info.getDraining(),
        new VersionRange(info.getOldestVersion(), info.getNewestVersion()),
        List.copyOf(info.getUrlsList()),
        List.copyOf(info.getUnreachableList()));
  }

  private static Set<NodeRole> roles(List<Role> named) {
    Set<NodeRole> roles = EnumSet.noneOf(NodeRole.class);
    for (Role role : named) {
      switch (role) {
        case ROLE_CORE -> roles.add(NodeRole.CORE);
        case ROLE_EDGE -> roles.add(NodeRole.EDGE);
        case ROLE_UNSPECIFIED, UNRECOGNIZED -> {}
      }
    }
    return roles;
  }

  private static Endpoint endpoint(dev.starling.proto.ring.v1.Endpoint endpoint) {
    return new Endpoint(endpoint.getHost(), endpoint.getPort());
  }
}
