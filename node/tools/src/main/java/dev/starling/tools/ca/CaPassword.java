package dev.starling.tools.ca;

import dev.starling.tools.CommandFailure;
import java.util.Map;

/** The password of an authority's key: from the environment, or none. */
final class CaPassword {
  static final String VARIABLE = "STARLING_CA_PASSWORD";

  /** What PKCS #12 key stores of the JDK ask for. */
  private static final int LEAST = 6;

  private CaPassword() {}

  static String find(Map<String, String> environment) {
    String set = environment.getOrDefault(VARIABLE, CertificateAuthority.NO_PASSWORD);
    if (set.length() < LEAST) {
      throw new CommandFailure(VARIABLE + " has less than " + LEAST + " characters");
    }
    return set;
  }
}
