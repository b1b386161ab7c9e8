package dev.starling.proto.relay;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.starling.core.protocol.ServerMessage.Broadcasted;
import dev.starling.core.protocol.ServerMessage.Event;
import dev.starling.core.protocol.ServerMessage.Signaled;
import dev.starling.core.route.RouteFrame;
import dev.starling.core.session.Relay;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.Content;
import dev.starling.proto.relay.v1.Deliver;
import dev.starling.proto.relay.v1.Fate;
import dev.starling.proto.relay.v1.Frame;
import dev.starling.proto.relay.v1.Kind;
import dev.starling.proto.relay.v1.Outcome;
import dev.starling.proto.relay.v1.Withdraw;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Turns what nodes say about deliveries into {@code starling.relay.v1.Frame}, in two parts: the
 * head, and the payload as it is, which nobody copies here.
 */
public final class RelayWriter {
  private RelayWriter() {}

  /**
   * Everything before the payload.
   *
   * @throws IllegalArgumentException where the event is of a kind that isn't relayed
   */
  public static Bytes head(RouteFrame frame) {
    return switch (frame) {
      case RouteFrame.Deliver delivery -> head(delivery);
      case RouteFrame.Withdraw withdrawal ->
          whole(
              Frame.newBuilder()
                  .setWithdraw(
                      Withdraw.newBuilder()
                          .setFrom(withdrawal.from())
                          .setId(withdrawal.id())
                          .addAllTo(withdrawal.to())));
      case RouteFrame.Outcome outcome ->
          whole(
              Frame.newBuilder()
                  .setOutcome(
                      Outcome.newBuilder()
                          .setFrom(outcome.from())
                          .setId(outcome.id())
                          .setTo(outcome.to())
                          .setFate(fate(outcome.fate()))));
    };
  }

  /** The payload; empty where there is none. */
  public static Bytes body(RouteFrame frame) {
    return frame instanceof RouteFrame.Deliver delivery
        ? content(delivery.event()).bytes()
        : Bytes.EMPTY;
  }

  private static Bytes whole(Frame.Builder frame) {
    return Bytes.wrap(frame.build().toByteArray());
  }

  private static Bytes head(RouteFrame.Deliver delivery) {
    Content content = content(delivery.event());
    String type = content.type().equals(Content.JSON) ? "" : content.type();
    int payload = content.bytes().length();
    int fields = fields(delivery, type) + prefixOf(payload);
    int frame = CodedOutputStream.computeUInt32SizeNoTag(fields + payload);
    byte[] head = new byte[1 + frame + fields];
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(head);
      out.writeTag(Frame.DELIVER_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeUInt32NoTag(fields + payload);
      write(out, delivery, type);
      out.writeTag(Deliver.DATA_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeUInt32NoTag(payload);
      out.checkNoSpaceLeft();
    } catch (IOException memoryDoesNotFail) {
      throw new UncheckedIOException(memoryDoesNotFail);
    }
    return Bytes.wrap(head);
  }

  private static int prefixOf(int payload) {
    return 1 + CodedOutputStream.computeUInt32SizeNoTag(payload);
  }

  private static int fields(RouteFrame.Deliver delivery, String type) {
    int size =
        CodedOutputStream.computeStringSize(Deliver.FROM_FIELD_NUMBER, delivery.from())
            + CodedOutputStream.computeUInt64Size(Deliver.ID_FIELD_NUMBER, delivery.id())
            + CodedOutputStream.computeStringSize(
                Deliver.ROOM_FIELD_NUMBER, delivery.event().room())
            + CodedOutputStream.computeEnumSize(
                Deliver.KIND_FIELD_NUMBER, kind(delivery.event()).getNumber());
    for (String receiver : delivery.to()) {
      size += CodedOutputStream.computeStringSize(Deliver.TO_FIELD_NUMBER, receiver);
    }
    return type.isEmpty()
        ? size
        : size + CodedOutputStream.computeStringSize(Deliver.TYPE_FIELD_NUMBER, type);
  }

  private static void write(CodedOutputStream out, RouteFrame.Deliver delivery, String type)
      throws IOException {
    out.writeString(Deliver.FROM_FIELD_NUMBER, delivery.from());
    out.writeUInt64(Deliver.ID_FIELD_NUMBER, delivery.id());
    for (String receiver : delivery.to()) {
      out.writeString(Deliver.TO_FIELD_NUMBER, receiver);
    }
    out.writeString(Deliver.ROOM_FIELD_NUMBER, delivery.event().room());
    out.writeEnum(Deliver.KIND_FIELD_NUMBER, kind(delivery.event()).getNumber());
    if (!type.isEmpty()) {
      out.writeString(Deliver.TYPE_FIELD_NUMBER, type);
    }
  }

  private static Kind kind(Event event) {
    return event instanceof Broadcasted ? Kind.KIND_BROADCAST : Kind.KIND_SIGNAL;
  }

  private static Content content(Event event) {
    return switch (event) {
      case Signaled signal -> signal.data();
      case Broadcasted broadcast -> broadcast.data();
      default -> throw new IllegalArgumentException("rooms tell their own events");
    };
  }

  private static Fate fate(Relay.Fate fate) {
    return switch (fate) {
      case CONFIRMED -> Fate.FATE_CONFIRMED;
      case ABSENT -> Fate.FATE_ABSENT;
      case REFUSED -> Fate.FATE_REFUSED;
      case WITHDRAWN -> Fate.FATE_WITHDRAWN;
      case WRITTEN -> Fate.FATE_WRITTEN;
    };
  }
}
