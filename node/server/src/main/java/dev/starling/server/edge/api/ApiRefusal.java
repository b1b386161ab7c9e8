package dev.starling.server.edge.api;

import dev.starling.core.protocol.Code;

/** Ends the handling of a request at the first thing that is wrong with it. */
final class ApiRefusal extends Exception {
  private final ApiAnswer answer;

  ApiRefusal(ApiAnswer answer) {
    // Clients cause these at will: a stack trace would only cost time.
    super("", null, false, false);
    this.answer = answer;
  }

  static ApiRefusal of(Code code, String message) {
    return new ApiRefusal(ApiAnswer.refused(code, message));
  }

  static ApiRefusal invalid(String message) {
    return of(Code.INVALID, message);
  }

  ApiAnswer answer() {
    return answer;
  }
}
