/** The host behind links that stand for connections, where only the order of events matters. */
@NullMarked
package dev.starling.server.host;

import org.jspecify.annotations.NullMarked;
