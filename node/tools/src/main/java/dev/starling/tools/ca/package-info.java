/**
 * {@code ca} and {@code keygen}: certificates and keys for nodes on plain machines. Certificates
 * are made by the JDK's own keytool; what is here says which, and where to.
 */
@NullMarked
package dev.starling.tools.ca;

import org.jspecify.annotations.NullMarked;
