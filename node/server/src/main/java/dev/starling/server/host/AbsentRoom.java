package dev.starling.server.host;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.room.RoomCore;
import dev.starling.core.room.RoomReport.Refused;
import dev.starling.core.room.RoomRequest;
import dev.starling.core.session.SessionInput;

/** Answers for a room that there isn't: the same as one would whose member the asker is not. */
final class AbsentRoom {
  /** There are as many rooms as there may be. */
  static final Refused NO_PLACE = new Refused(Code.BUSY, "the node holds as many rooms as it may");

  private AbsentRoom() {}

  static void answer(NodeHost node, String name, RoomRequest request) {
    switch (request) {
      case RoomRequest.Enter enter ->
          answer(
              node,
              name,
              enter,
              enter.id(),
              new Failed(enter.id(), NO_PLACE.code(), NO_PLACE.message()));
      case RoomRequest.Part part -> parted(node, name, part);
      case RoomRequest.Describe describe -> notInRoom(node, name, describe, describe.id());
      case RoomRequest.Configure configure -> notInRoom(node, name, configure, configure.id());
      case RoomRequest.Judge judge -> notInRoom(node, name, judge, judge.id());
      case RoomRequest.Say say -> notInRoom(node, name, say, say.id());
      case RoomRequest.Page page -> notInRoom(node, name, page, page.id());
      case RoomRequest.Snapshot snapshot -> notInRoom(node, name, snapshot, RoomRequest.NO_ANSWER);
    }
  }

  /** Nobody can find out by leaving which rooms there are. */
  private static void parted(NodeHost node, String name, RoomRequest.Part part) {
    if (part.id() != RoomRequest.NO_ANSWER) {
      answer(node, name, part, part.id(), new Done(part.id(), RoomCore.COPIES, null));
    }
  }

  private static void notInRoom(NodeHost node, String name, RoomRequest request, long id) {
    answer(node, name, request, id, new Failed(id, Code.NOT_IN_ROOM, "join the room first"));
  }

  private static void answer(
      NodeHost node, String name, RoomRequest request, long id, ServerMessage message) {
    node.answer(request.session(), new SessionInput.Answered(name, id, message));
  }
}
