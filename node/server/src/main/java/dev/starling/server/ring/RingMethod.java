package dev.starling.server.ring;

import com.google.protobuf.Descriptors.FileDescriptor;
import dev.starling.proto.ring.PacketReader;
import dev.starling.proto.ring.v1.Exchanged;
import dev.starling.proto.ring.v1.Packet;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import io.grpc.protobuf.ProtoUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

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
          .setRequestMarshaller(new BoundedPackets())
          .setResponseMarshaller(ProtoUtils.marshaller(Exchanged.getDefaultInstance()))
          .build();

  static final ServiceDescriptor DESCRIPTOR =
      ServiceDescriptor.newBuilder(SERVICE)
          .setSchemaDescriptor(new Schema())
          .addMethod(EXCHANGE)
          .build();

  private RingMethod() {}

  /**
   * Takes what datagrams may hold as well. What may not be is read as a message that says nothing,
   * which is refused like any other that breaks a rule: a stream doesn't end by it.
   */
  private static final class BoundedPackets implements MethodDescriptor.Marshaller<Packet> {
    private static final MethodDescriptor.Marshaller<Packet> WRITING =
        ProtoUtils.marshaller(Packet.getDefaultInstance());

    @Override
    public InputStream stream(Packet packet) {
      return WRITING.stream(packet);
    }

    /** The server has bounded the message's length before. */
    @Override
    public Packet parse(InputStream message) {
      try {
        Packet parsed = PacketReader.parse(ByteBuffer.wrap(message.readAllBytes()));
        return parsed == null ? Packet.getDefaultInstance() : parsed;
      } catch (IOException broken) {
        throw Status.INTERNAL.withCause(broken).asRuntimeException();
      }
    }
  }

  /** Where tools that ask a server what it offers find the messages. */
  private static final class Schema implements ProtoFileDescriptorSupplier {
    @Override
    public FileDescriptor getFileDescriptor() {
      return Packet.getDescriptor().getFile();
    }
  }
}
