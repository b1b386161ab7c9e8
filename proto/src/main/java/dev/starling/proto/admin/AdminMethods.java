package dev.starling.proto.admin;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Message;
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
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import io.grpc.protobuf.ProtoUtils;

/**
 * The methods of {@code starling.admin.v1.Admin}. By hand: the generator for gRPC's stubs is a
 * program for each platform, and one class is less than that.
 */
public final class AdminMethods {
  /** The service's full name. */
  public static final String NAME = "starling.admin.v1.Admin";

  public static final MethodDescriptor<ListNodesRequest, ListNodesResponse> LIST_NODES =
      unary(
          "ListNodes",
          ListNodesRequest.getDefaultInstance(),
          ListNodesResponse.getDefaultInstance());
  public static final MethodDescriptor<ListMembersRequest, ListMembersResponse> LIST_MEMBERS =
      unary(
          "ListMembers",
          ListMembersRequest.getDefaultInstance(),
          ListMembersResponse.getDefaultInstance());
  public static final MethodDescriptor<ListRegionsRequest, ListRegionsResponse> LIST_REGIONS =
      unary(
          "ListRegions",
          ListRegionsRequest.getDefaultInstance(),
          ListRegionsResponse.getDefaultInstance());
  public static final MethodDescriptor<ListShardsRequest, ListShardsResponse> LIST_SHARDS =
      unary(
          "ListShards",
          ListShardsRequest.getDefaultInstance(),
          ListShardsResponse.getDefaultInstance());
  public static final MethodDescriptor<ForgetRequest, ForgetResponse> FORGET =
      unary("Forget", ForgetRequest.getDefaultInstance(), ForgetResponse.getDefaultInstance());
  public static final MethodDescriptor<ListRoomsRequest, ListRoomsResponse> LIST_ROOMS =
      unary(
          "ListRooms",
          ListRoomsRequest.getDefaultInstance(),
          ListRoomsResponse.getDefaultInstance());
  public static final MethodDescriptor<ShowRoomRequest, ShowRoomResponse> SHOW_ROOM =
      unary(
          "ShowRoom", ShowRoomRequest.getDefaultInstance(), ShowRoomResponse.getDefaultInstance());

  /** All of them. */
  public static final ServiceDescriptor SERVICE =
      ServiceDescriptor.newBuilder(NAME)
          .setSchemaDescriptor(new Schema())
          .addMethod(LIST_NODES)
          .addMethod(LIST_MEMBERS)
          .addMethod(LIST_REGIONS)
          .addMethod(LIST_SHARDS)
          .addMethod(FORGET)
          .addMethod(LIST_ROOMS)
          .addMethod(SHOW_ROOM)
          .build();

  private AdminMethods() {}

  private static <Q extends Message, A extends Message> MethodDescriptor<Q, A> unary(
      String name, Q request, A response) {
    return MethodDescriptor.<Q, A>newBuilder()
        .setType(MethodType.UNARY)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(NAME, name))
        .setRequestMarshaller(ProtoUtils.marshaller(request))
        .setResponseMarshaller(ProtoUtils.marshaller(response))
        .setSchemaDescriptor(new Schema())
        .build();
  }

  /** Where tools that ask a server what it offers find the messages. */
  private static final class Schema implements ProtoFileDescriptorSupplier {
    @Override
    public FileDescriptor getFileDescriptor() {
      return ForgetRequest.getDescriptor().getFile();
    }
  }
}
