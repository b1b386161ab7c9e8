package dev.starling.tools.load;

/** What a client sends: the word of it in the native protocol is its name in small letters. */
enum Kind {
  SIGNAL("signal"),
  BROADCAST("broadcast"),
  CHAT("chat");

  private final String word;

  Kind(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }
}
