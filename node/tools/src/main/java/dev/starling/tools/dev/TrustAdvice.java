package dev.starling.tools.dev;

import java.nio.file.Path;

/** Says how browsers and phones come to trust the development authority. */
final class TrustAdvice {
  private static final String TEXT =
      """

      To trust its certificates, import the development CA once where the browser runs:
        FILE
        Chrome   Settings > Privacy and security > Security > Manage certificates > Custom > Import
        Firefox  Settings > Privacy & Security > Certificates > View Certificates > Authorities > Import
        Safari   open the file, then trust it in Keychain Access
        Android  copy it over; Settings > Security > More > Install a certificate > CA certificate
        iOS      send it over and install the profile; Settings > General > About > Certificate Trust Settings
      Whoever has the key beside it can pretend to be any site to you: keep it here, and remove the CA when done.
      """;

  private TrustAdvice() {}

  static String about(Path authority) {
    return TEXT.replace("FILE", authority.toAbsolutePath().toString());
  }
}
