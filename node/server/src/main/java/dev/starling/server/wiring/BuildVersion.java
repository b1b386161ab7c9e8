package dev.starling.server.wiring;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What this program was built from. */
final class BuildVersion implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    Properties build = new Properties();
    try (InputStream in =
        BuildVersion.class.getResourceAsStream("/dev/starling/server/version.properties")) {
      if (in != null) {
        build.load(in);
      }
    }
    return new String[] {
      "starling " + build.getProperty("version", "unknown"),
      "JDK " + Runtime.version(),
      "build " + build.getProperty("commit", "unknown")
    };
  }
}
