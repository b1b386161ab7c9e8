package dev.starling.tools;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: version, build and JDK, a line each. */
public final class VersionText implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    Properties properties = new Properties();
    try (InputStream resource = VersionText.class.getResourceAsStream("version.properties")) {
      if (resource != null) {
        properties.load(resource);
      }
    }
    return new String[] {
      "Starling " + properties.getProperty("version", "unknown"),
      "build " + properties.getProperty("commit", "unknown"),
      "committed " + properties.getProperty("committed", "unknown"),
      "JDK " + Runtime.version()
    };
  }
}
