package dev.starling.server.admin;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import dev.starling.core.protocol.Code;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Objects;

/** Refuses a call: a gRPC status, and in its details the reason by which programs tell them. */
final class AdminError extends Exception {
  private static final String DOMAIN = "starling";

  private final Status.Code status;
  private final String reason;

  private AdminError(Status.Code status, String reason, String message) {
    super(message, null, false, false);
    this.status = status;
    this.reason = reason;
  }

  /** A refusal for one of the reasons that clients know too. */
  static AdminError of(Code code, String message) {
    return new AdminError(Status.Code.valueOf(code.grpcStatus()), code.name(), message);
  }

  /** Nobody of that name is remembered. */
  static AdminError noSuchNode(String message) {
    return new AdminError(Status.Code.NOT_FOUND, "NO_SUCH_NODE", message);
  }

  /** The node lives, and what was asked is for those that don't. */
  static AdminError nodeLives(String message) {
    return new AdminError(Status.Code.FAILED_PRECONDITION, "NODE_LIVES", message);
  }

  /** The status as callers get it. */
  StatusRuntimeException thrown() {
    ErrorInfo info = ErrorInfo.newBuilder().setReason(reason).setDomain(DOMAIN).build();
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(status.value())
            .setMessage(Objects.requireNonNullElse(getMessage(), reason))
            .addDetails(Any.pack(info))
            .build());
  }
}
