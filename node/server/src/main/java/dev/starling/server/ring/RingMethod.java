package dev.starling.server.ring;

import com.google.protobuf.Descriptors.FileDescriptor;
import dev.starling.proto.ring.v1.Exchanged;
import dev.starling.proto.ring.v1.Packet;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import io.grpc.protobuf.ProtoUtils;

/**
 * The service {@code starling.ring.v1.Ring} of ring.proto. Written down here, since gRPC's code
 * generator is a program for some platforms only, and there is a single method.
 */
final class RingMethod {
  private static final String SERVICE = "starling.ring.v1.Ring";

  static final MethodDescriptor<Packet, Exchanged> EXCHANGE =
      MethodDescriptor.<Packet, Exchanged>newBuilder()
          .setType(MethodType.CLIENT_STREAMING)
          .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, "Exchange"))
          .setRequestMarshaller(ProtoUtils.marshaller(Packet.getDefaultInstance()))
          .setResponseMarshaller(ProtoUtils.marshaller(Exchanged.getDefaultInstance()))
          .build();

  static final ServiceDescriptor DESCRIPTOR =
      ServiceDescriptor.newBuilder(SERVICE)
          .setSchemaDescriptor(new Schema())
          .addMethod(EXCHANGE)
          .build();

  private RingMethod() {}

  /** Where tools that ask a server what it offers find the messages. */
  private static final class Schema implements ProtoFileDescriptorSupplier {
    @Override
    public FileDescriptor getFileDescriptor() {
      return Packet.getDescriptor().getFile();
    }
  }
}
