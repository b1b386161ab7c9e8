package dev.starling.proto.relay;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import dev.starling.core.protocol.ServerMessage.Broadcasted;
import dev.starling.core.protocol.ServerMessage.Event;
import dev.starling.core.protocol.ServerMessage.Signaled;
import dev.starling.core.route.RouteFrame;
import dev.starling.core.session.Relay;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.Content;
import dev.starling.proto.Bounds;
import dev.starling.proto.binary.Windows;
import dev.starling.proto.relay.v1.Deliver;
import dev.starling.proto.relay.v1.Frame;
import dev.starling.proto.relay.v1.Outcome;
import dev.starling.proto.relay.v1.Withdraw;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what nodes say about deliveries. Payloads stay windows on the frame and are not looked
 * into: the node that a client sent them to has checked them. Never throws on any input: a frame
 * that breaks a bound is refused as a whole.
 */
public final class RelayReader {
  private static final int MAX_TYPE = 128;

  private static final Parser<Frame> SKIPPING = DiscardUnknownFieldsParser.wrap(Frame.parser());

  private RelayReader() {}

  /**
   * Reads a frame; the caller gives its array away.
   *
   * @return null when it isn't one
   */
  public static @Nullable RouteFrame read(Bytes bytes) {
    try {
      CodedInputStream in =
          UnsafeByteOperations.unsafeWrap(bytes.array(), bytes.offset(), bytes.length())
              .newCodedInput();
      in.enableAliasing(true);
      Frame frame = SKIPPING.parseFrom(in);
      return switch (frame.getMessageCase()) {
        case DELIVER -> deliver(frame.getDeliver());
        case WITHDRAW -> withdraw(frame.getWithdraw());
        case OUTCOME -> outcome(frame.getOutcome());
        case MESSAGE_NOT_SET -> null;
      };
    } catch (IOException malformed) {
      return null;
    }
  }

  private static @Nullable RouteFrame deliver(Deliver deliver) {
    List<String> to = List.copyOf(deliver.getToList());
    Event event = event(deliver);
    return event != null && isRequest(deliver.getFrom(), deliver.getId()) && areReceivers(to)
        ? new RouteFrame.Deliver(deliver.getFrom(), deliver.getId(), to, event)
        : null;
  }

  private static @Nullable Event event(Deliver deliver) {
    String room = deliver.getRoom();
    String type = deliver.getType();
    if (!isText(room, Bounds.ROOM) || Bounds.hasControl(room) || type.length() > MAX_TYPE) {
      return null;
    }
    Bytes data = Windows.of(deliver.getData());
    Content content = type.isEmpty() ? Content.json(data) : new Content(type, data);
    return switch (deliver.getKind()) {
      case KIND_SIGNAL -> new Signaled(room, deliver.getFrom(), content);
      case KIND_BROADCAST -> new Broadcasted(room, deliver.getFrom(), content);
      case KIND_UNSPECIFIED, UNRECOGNIZED -> null;
    };
  }

  private static @Nullable RouteFrame withdraw(Withdraw withdraw) {
    List<String> to = List.copyOf(withdraw.getToList());
    return isRequest(withdraw.getFrom(), withdraw.getId()) && areReceivers(to)
        ? new RouteFrame.Withdraw(withdraw.getFrom(), withdraw.getId(), to)
        : null;
  }

  private static @Nullable RouteFrame outcome(Outcome outcome) {
    Relay.Fate fate = fate(outcome);
    return fate != null
            && isRequest(outcome.getFrom(), outcome.getId())
            && isText(outcome.getTo(), Bounds.SESSION)
        ? new RouteFrame.Outcome(outcome.getFrom(), outcome.getId(), outcome.getTo(), fate)
        : null;
  }

  private static Relay.@Nullable Fate fate(Outcome outcome) {
    return switch (outcome.getFate()) {
      case FATE_CONFIRMED -> Relay.Fate.CONFIRMED;
      case FATE_ABSENT -> Relay.Fate.ABSENT;
      case FATE_REFUSED -> Relay.Fate.REFUSED;
      case FATE_WITHDRAWN -> Relay.Fate.WITHDRAWN;
      case FATE_WRITTEN -> Relay.Fate.WRITTEN;
      case FATE_UNSPECIFIED, UNRECOGNIZED -> null;
    };
  }

  private static boolean isRequest(String session, long id) {
    return isText(session, Bounds.SESSION) && id >= 1 && id <= Bounds.ID;
  }

  private static boolean areReceivers(List<String> to) {
    return !to.isEmpty()
        && to.size() <= RouteFrame.MOST_RECEIVERS
        && to.stream().allMatch(receiver -> isText(receiver, Bounds.SESSION));
  }

  private static boolean isText(String text, int most) {
    return !text.isEmpty() && text.length() <= most;
  }
}
