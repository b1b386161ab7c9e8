package dev.starling.server.config;

/**
 * A value that a source gives to a setting, as text.
 *
 * @param name the setting's name as written, known or not
 * @param text the value; perhaps a secret
 * @param source where it stands: {@code FILE:LINE}, an environment variable, {@code --set}
 */
record Given(String name, String text, String source) {
  @Override
  public String toString() {
    return "Given[name=" + name + ", source=" + source + "]";
  }
}
