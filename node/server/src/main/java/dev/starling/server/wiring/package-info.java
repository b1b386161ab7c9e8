/**
 * Puts a node together: settings become the adapters' own configurations, the adapters meet the
 * host, and the process starts and ends in order. The only package that sees all others.
 */
@NullMarked
package dev.starling.server.wiring;

import org.jspecify.annotations.NullMarked;
