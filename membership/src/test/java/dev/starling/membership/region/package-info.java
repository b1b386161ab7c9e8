/** What two tiers promise, shown on a few regions on virtual time. */
@NullMarked
package dev.starling.membership.region;

import org.jspecify.annotations.NullMarked;
