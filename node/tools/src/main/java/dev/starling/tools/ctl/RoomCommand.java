package dev.starling.tools.ctl;

import dev.starling.proto.admin.AdminMethods;
import dev.starling.proto.admin.v1.ShowRoomRequest;
import dev.starling.proto.admin.v1.ShowRoomResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What concerns one room. */
@Command(
    name = "room",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Tells of one room.")
final class RoomCommand {
  @ParentCommand private @Nullable CtlCommand ctl;

  @Command(
      mixinStandardHelpOptions = true,
      description = "A room: its settings, who has it, whether they agree, and its members.")
  int show(
      @Mixin CtlCommand.Form form,
      @Parameters(paramLabel = "ROOM", description = "The room's name.") String room) {
    CtlCommand parent = Objects.requireNonNull(ctl);
    ShowRoomResponse found =
        parent
            .client()
            .call(AdminMethods.SHOW_ROOM, ShowRoomRequest.newBuilder().setRoom(room).build());
    int status = parent.print(form, RoomListings.room(found));
    parent.nameSilent(found.getSilentList());
    return status;
  }
}
