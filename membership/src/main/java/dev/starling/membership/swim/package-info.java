/**
 * One group of nodes that watch each other: SWIM (Das et al., DSN 2002) with Lifeguard (Dadgar et
 * al., 2017), pings over streams beside the indirect ones, periodic anti-entropy and calls to the
 * dead. {@link dev.starling.membership.swim.SwimCore} is told what happened and says what to do;
 * sockets, timers and the codec are its host's.
 */
@NullMarked
package dev.starling.membership.swim;

import org.jspecify.annotations.NullMarked;
