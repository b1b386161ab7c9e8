package dev.starling.server.ring.carrier;

import io.grpc.Status;

/** A gRPC call as the two ends see it alike; on the peer's loop only. */
interface StreamCall {
  /** Whether little waits in the transport. */
  boolean isReady();

  void send(Batch batch);

  /** Lets the peer send so many messages more. */
  void request(int messages);

  /** Ends it. */
  void end(Status status);
}
