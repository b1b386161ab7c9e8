/**
 * One client's session as a state machine, from the first frame over lost connections to its end.
 * It is told what the client, the rooms and other sessions did, and says what to send, ask and
 * close; small parts with one duty each make it up.
 */
@NullMarked
package dev.starling.core.session;

import org.jspecify.annotations.NullMarked;
