/** Commands about certificates and keys, with the JDK's keytool and files of their own. */
@NullMarked
package dev.starling.tools.ca;

import org.jspecify.annotations.NullMarked;
