package dev.starling.server.ring.carrier;

import com.google.protobuf.Descriptors.FileDescriptor;
import dev.starling.proto.peer.v1.Introduction;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;

/** The service {@code starling.peer.v1.Peer} of peer.proto. */
final class CarrierMethod {
  static final String SERVICE = "starling.peer.v1.Peer";

  static final MethodDescriptor<Batch, Batch> EXCHANGE =
      MethodDescriptor.<Batch, Batch>newBuilder()
          .setType(MethodType.BIDI_STREAMING)
          .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, "Exchange"))
          .setRequestMarshaller(new BatchMarshaller())
          .setResponseMarshaller(new BatchMarshaller())
          .build();

  static final ServiceDescriptor DESCRIPTOR =
      ServiceDescriptor.newBuilder(SERVICE)
          .setSchemaDescriptor(new Schema())
          .addMethod(EXCHANGE)
          .build();

  private CarrierMethod() {}

  /** Where tools that ask a server what it offers find the messages. */
  private static final class Schema implements ProtoFileDescriptorSupplier {
    @Override
    public FileDescriptor getFileDescriptor() {
      return Introduction.getDescriptor().getFile();
    }
  }
}
