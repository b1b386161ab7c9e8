/** Routes between nodes whose streams are cut at any moment. */
@NullMarked
package dev.starling.core.route;

import org.jspecify.annotations.NullMarked;
