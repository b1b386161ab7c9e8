package dev.starling.tools.dev;

import java.nio.file.Path;

/**
 * A node's certificate, as PEM files.
 *
 * @param chain the certificate
 * @param key its private key
 * @param authority the certificate of the authority that signed it, which clients have to trust
 */
record ServerCertificate(Path chain, Path key, Path authority) {}
