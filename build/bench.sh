# shellcheck shell=sh
# The micro-benchmarks, as ./starling bench runs them: sourced by the launcher, whose functions and variables it uses.
# shellcheck disable=SC2154 # root, maven and NODE_FLAGS are the launcher's.

# shellcheck disable=SC2086
run_benchmarks() { # JMH_ARGUMENT…
  find_maven
  lock_builds
  say "building the benchmarks"
  start_maven -q -Dquick -Pbench package -pl bench -am >&2
  wait "$maven" || die 1 "the benchmarks can't be built"
  unlock_builds
  exec "$JAVA_HOME/bin/java" $NODE_FLAGS -jar "$root/bench/target/starling-bench.jar" -prof gc "$@"
}
