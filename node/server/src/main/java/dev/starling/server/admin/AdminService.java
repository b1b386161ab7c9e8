package dev.starling.server.admin;

import dev.starling.core.protocol.Code;
import dev.starling.membership.Fact;
import dev.starling.membership.NodeId;
import dev.starling.membership.ring.Ring;
import dev.starling.proto.admin.AdminMethods;
import dev.starling.proto.admin.v1.ForgetRequest;
import dev.starling.proto.admin.v1.ForgetResponse;
import dev.starling.proto.admin.v1.ListMembersRequest;
import dev.starling.proto.admin.v1.ListMembersResponse;
import dev.starling.proto.admin.v1.ListNodesRequest;
import dev.starling.proto.admin.v1.ListNodesResponse;
import dev.starling.proto.admin.v1.ListRegionsRequest;
import dev.starling.proto.admin.v1.ListRegionsResponse;
import dev.starling.proto.admin.v1.ListRoomsRequest;
import dev.starling.proto.admin.v1.ListRoomsResponse;
import dev.starling.proto.admin.v1.ListShardsRequest;
import dev.starling.proto.admin.v1.ListShardsResponse;
import dev.starling.proto.admin.v1.ShowRoomRequest;
import dev.starling.proto.admin.v1.ShowRoomResponse;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers operators from what this node knows; on threads that may wait. */
final class AdminService {
  private static final Logger log = LoggerFactory.getLogger(AdminService.class);

  private final ClusterView cluster;
  private final RoomSurvey survey;

  AdminService(ClusterView cluster, RoomSurvey survey) {
    this.cluster = cluster;
    this.survey = survey;
  }

  private interface Answer<Q, A> {
    A to(Q request) throws AdminError;
  }

  ServerServiceDefinition definition() {
    return ServerServiceDefinition.builder(AdminMethods.SERVICE)
        .addMethod(AdminMethods.LIST_NODES, answering(this::nodes))
        .addMethod(AdminMethods.LIST_MEMBERS, answering(this::members))
        .addMethod(AdminMethods.LIST_REGIONS, answering(this::regions))
        .addMethod(AdminMethods.LIST_SHARDS, answering(this::shards))
        .addMethod(AdminMethods.FORGET, answering(this::forget))
        .addMethod(AdminMethods.LIST_ROOMS, answering(this::rooms))
        .addMethod(AdminMethods.SHOW_ROOM, answering(this::room))
        .build();
  }

  private static <Q, A> ServerCallHandler<Q, A> answering(Answer<Q, A> answer) {
    return ServerCalls.asyncUnaryCall((request, observer) -> {
      A found;
      try {
        found = answer.to(request);
      } catch (AdminError refusal) {
        observer.onError(refusal.thrown());
        return;
      } catch (RuntimeException fault) {
        log.error("a call of an operator failed; this is a fault of the server", fault);
        observer.onError(AdminError.of(Code.INTERNAL, "a fault of the server").thrown());
        return;
      }
      observer.onNext(found);
      observer.onCompleted();
    });
  }

  private ListNodesResponse nodes(ListNodesRequest request) {
    return Answers.nodes(cluster, survey.stores());
  }

  private ListMembersResponse members(ListMembersRequest request) {
    return Answers.members(cluster);
  }

  private ListRegionsResponse regions(ListRegionsRequest request) throws AdminError {
    return Answers.regions(cluster, awaited(cluster.roundTripNanos()));
  }

  private ListShardsResponse shards(ListShardsRequest request) {
    String room = request.getRoom();
    Ring ring = Ring.of(cluster.facts());
    return room.isEmpty()
        ? Answers.shards(ring, 0, Ring.SHARDS)
        : Answers.shards(ring, Ring.shardOf(room), Ring.shardOf(room) + 1);
  }

  private ListRoomsResponse rooms(ListRoomsRequest request) {
    return survey.list(request);
  }

  private ShowRoomResponse room(ShowRoomRequest request) throws AdminError {
    ShowRoomResponse found = survey.show(request.getRoom());
    if (found == null) {
      throw AdminError.of(Code.NO_SUCH_ROOM, "no node that answers has a room of this name");
    }
    return found;
  }

  private ForgetResponse forget(ForgetRequest request) throws AdminError {
    String name = checked(request.getNode());
    Fact known =
        cluster.facts().stream()
            .filter(fact -> fact.node().name().equals(name))
            .findFirst()
            .orElseThrow(() ->
                AdminError.noSuchNode(
                    "no node " + name + " is known here; see './starling ctl members'"));
    if (known.status().isLive()) {
      throw AdminError.nodeLives(
          name + " is " + known.status() + "; only a node that is DEAD or has LEFT is forgotten");
    }
    awaited(cluster.forget(name));
    log.info("{} had {} forgotten", AdminGuard.CALLER.get(), name);
    return ForgetResponse.getDefaultInstance();
  }

  private static String checked(String name) throws AdminError {
    try {
      return new NodeId(name, 0).name();
    } catch (IllegalArgumentException malformed) {
      throw AdminError.of(
          Code.INVALID, "a node's name has 1 to 63 letters, digits, dots, underscores and hyphens");
    }
  }

  private static <T> T awaited(CompletableFuture<T> future) throws AdminError {
    try {
      return future.get(AdminServer.CALL_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException stuck) {
      throw AdminError.of(Code.BUSY, "the ring of this node didn't answer; try again, or another");
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      throw AdminError.of(Code.DRAINING, "this node is going away; ask another");
    }
  }
}
