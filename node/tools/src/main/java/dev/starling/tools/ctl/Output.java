package dev.starling.tools.ctl;

/** How a listing is printed. */
enum Output {
  TABLE,
  JSON,
  YAML
}
