/**
 * A small property runner: a {@link dev.starling.property.Property} is tried with many seeded
 * {@link dev.starling.property.Choices}, says on failure how to replay the one try that failed, and
 * {@link dev.starling.property.Histories} shrink a failing list of operations to a short one.
 */
@NullMarked
package dev.starling.property;

import org.jspecify.annotations.NullMarked;
