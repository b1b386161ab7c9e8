/**
 * The second tier: which nodes bridge a region to others, and what the bridges' observations say of
 * a region that can't be reached.
 */
@NullMarked
package dev.starling.membership.region;

import org.jspecify.annotations.NullMarked;
