package dev.starling.server.ring.carrier;

import dev.starling.membership.Endpoint;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.netty.channel.EventLoop;

/** Calls peers with the ring's credentials; each call takes those that are in force now. */
public interface Dialing {
  /** A connection that is to be made with the first call, served by this loop. */
  ManagedChannel channel(Endpoint to, EventLoop loop);

  /** Make sure before anything is sent that a certificate for this node is at the other end. */
  ClientInterceptor[] checks(String node);
}
