package dev.starling.tools.ctl;

import dev.starling.proto.admin.AdminMethods;
import dev.starling.proto.admin.v1.ForgetRequest;
import dev.starling.proto.admin.v1.ListMembersRequest;
import dev.starling.proto.admin.v1.ListNodesRequest;
import dev.starling.proto.admin.v1.ListRegionsRequest;
import dev.starling.proto.admin.v1.ListShardsRequest;
import dev.starling.tools.VersionText;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks a running node, and tells it what to do. */
@Command(
    name = "ctl",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "Asks a running cluster, and tells it what to do.",
    subcommands = RoomCommand.class,
    footer = {"", "Exit status: 0 done, 1 refused or failed, 2 wrong usage, 3 unreachable."})
public final class CtlCommand {
  private final Map<String, String> environment;
  private final InstantSource clock;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private Access access = new Access();

  /** How a listing is printed, for every verb that has one. */
  static final class Form {
    @Option(
        names = {"-o", "--output"},
        paramLabel = "table|json|yaml",
        defaultValue = "table",
        description = "The form of the listing; default: ${DEFAULT-VALUE}.")
    private Output output = Output.TABLE;
  }

  /**
   * @param environment the environment variables
   * @param clock what running times are counted to
   */
  public CtlCommand(Map<String, String> environment, InstantSource clock) {
    this.environment = environment;
    this.clock = clock;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "The nodes that live. The one that answers has a star.")
  int nodes(@Mixin Form form) {
    return print(
        form,
        Listings.nodes(
            client()
                .call(AdminMethods.LIST_NODES, ListNodesRequest.getDefaultInstance())
                .getNodesList(),
            clock.instant()));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Everybody that is remembered: ALIVE, SUSPECT, DEAD, LEFT or QUARANTINED.")
  int members(@Mixin Form form) {
    return print(
        form,
        Listings.members(
            client()
                .call(AdminMethods.LIST_MEMBERS, ListMembersRequest.getDefaultInstance())
                .getMembersList()));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "The regions, whether they can be reached, and how long a round trip takes.")
  int regions(@Mixin Form form) {
    return print(
        form,
        Listings.regions(
            client()
                .call(AdminMethods.LIST_REGIONS, ListRegionsRequest.getDefaultInstance())
                .getRegionsList()));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Who owns the 1,024 shards, in each region.")
  int shards(
      @Mixin Form form,
      @Option(
              names = "--room",
              paramLabel = "ROOM",
              defaultValue = "",
              description = "Only the shard that this room is in.")
          String room) {
    return print(
        form,
        Listings.shards(
            client()
                .call(
                    AdminMethods.LIST_SHARDS, ListShardsRequest.newBuilder().setRoom(room).build())
                .getShardsList()));
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Lists a node that is DEAD or has LEFT nowhere any more.")
  int forget(@Parameters(paramLabel = "NODE", description = "The node's name.") String node) {
    client().call(AdminMethods.FORGET, ForgetRequest.newBuilder().setNode(node).build());
    PrintWriter out = spec.commandLine().getOut();
    out.println(node + " is forgotten");
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "The rooms of the whole cluster, as all nodes that answer have them.")
  int rooms(@Mixin Form form, @Mixin RoomSelection selection) {
    RoomSelection.Found found = selection.gather(client());
    int status = print(form, RoomListings.rooms(found.rooms()));
    nameSilent(found.silent());
    if (!found.next().isEmpty()) {
      err().println("starling: further rooms follow; go on with --after " + found.next());
    }
    return status;
  }

  /** Says whose answers are missing. */
  void nameSilent(Collection<String> nodes) {
    if (!nodes.isEmpty()) {
      err()
          .println(
              "starling: no answer from "
                  + String.join(", ", nodes)
                  + "; what only they have is missing");
    }
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  AdminClient client() {
    return access.client(environment);
  }

  int print(Form form, Listing listing) {
    listing.print(form.output, spec.commandLine().getOut());
    return CommandLine.ExitCode.OK;
  }
}
