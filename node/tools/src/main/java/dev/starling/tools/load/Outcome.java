package dev.starling.tools.load;

/**
 * How a run went.
 *
 * @param json all figures
 * @param text the same for people, in lines
 * @param passed whether what was promised was kept
 */
record Outcome(JsonObject json, String text, boolean passed) {}
