# shellcheck shell=sh
# What makes a node start fast; read by the launcher, whose variables these are.
# shellcheck disable=SC2154

# Notes, once a build, what a node's start loads and gets hot, for later ones (JEP 483, 514, 515); an empty file says that it can't be.
# shellcheck disable=SC2086
remember_start() {
  [ -z "${STARLING_TESTING:-}" ] && [ -w "$root/target" ] || return 0
  [ ! -f "$aot_cache" ] || [ -n "$(find "$server_jar" -newer "$aot_cache")" ] || return 0
  case $root in
    *' '*) return 0 ;; # The flag would be two words.
  esac
  say "noting what the start of a node needs, for faster ones"
  "$JAVA_HOME/bin/java" $NODE_FLAGS -XX:AOTCacheOutput="$aot_cache.$$" -cp "$server_jar" dev.starling.server.wiring.Main \
    --until-ready --set client.port=0 --set auth.secret=no-client-ever-comes-to-this-node >"$root/target/aot.log" 2>&1 || true
  mv "$aot_cache.$$" "$aot_cache" 2>/dev/null || : >"$aot_cache"
}

# The flags that use what was noted, if anything was.
aot_flags() {
  [ ! -s "$aot_cache" ] || echo "$AOT_FLAGS -XX:AOTCache=$aot_cache"
}
