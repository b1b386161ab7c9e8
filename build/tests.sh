# shellcheck shell=sh
# The tests, as ./starling test runs them: sourced by the launcher, whose functions and variables it uses.
# shellcheck disable=SC2154 # root, stamp and maven are the launcher's.

run_test() { # [MODULE]
  module=${1:-}
  case $module in
    core | server | tools) module=node/$module ;;
  esac
  [ -f "$root/$module/pom.xml" ] || die 2 "no module $module: name one of the folders with a pom.xml"
  find_maven
  lock_builds
  # Tests that start the launcher take the jars as they are.
  export STARLING_TESTING=yes
  status=0
  if run_java_tests "$module"; then
    case $module in
      '' | node/server) run_browser_tests || status=1 ;;
    esac
  else
    status=1
    echo "skipped: tests of the SDK and of calls in browsers: they need jars whose own tests pass"
  fi
  summarise_tests "$stamp.begun"
  if [ -z "$module" ] && [ $status -eq 0 ]; then
    mv "$stamp.begun" "$stamp"
  fi
  unlock_builds
  return $status
}

# The parsers of clients' bytes on many damaged inputs; what they come to is in the surefire reports.
run_fuzz() { # [INPUTS]
  inputs=${1:-1000000}
  case $inputs in
    *[!0-9]* | '') die 2 "fuzz takes a number of inputs for each parser" ;;
  esac
  find_maven
  lock_builds
  export STARLING_TESTING=yes
  status=0
  # A million of HTTP take longer than a test may.
  start_maven verify -Dtest='*FuzzTest' -Dstarling.tries="$inputs" -Dsurefire.redirectTestOutputToFile=true \
    -Dtests.timeouts=disabled
  wait "$maven" || status=1
  find "$root" -name '*FuzzTest-output.txt' -path '*/target/surefire-reports/*' -newer "$stamp.begun" -exec cat {} +
  unlock_builds
  return $status
}

# Bugs planted into the cores: storms fail, and of the membership unit tests pass; a line of a table for each.
run_planted() {
  find_maven
  lock_builds
  export STARLING_TESTING=yes
  status=0
  start_maven verify -pl sim -am -Dtest=PlantedBugsTest -Dsurefire.failIfNoSpecifiedTests=false \
    -Dstarling.planted.all=true -Dsurefire.redirectTestOutputToFile=true
  wait "$maven" || status=1
  find "$root" -name '*PlantedBugsTest-output.txt' -path '*/target/surefire-reports/*' -newer "$stamp.begun" -exec cat {} +
  unlock_builds
  return $status
}

run_java_tests() { # MODULE
  if [ -n "$1" ]; then
    start_maven verify -pl "$1" -am
  else
    start_maven verify
  fi
  wait "$maven"
}

# The SDK in Node.js, and calls between real browsers.
run_browser_tests() {
  node_release=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/')
  if [ "${node_release:-0}" -lt 20 ]; then
    echo "skipped: tests of the SDK and of calls in browsers: no Node.js 20 or newer on the PATH"
    return 0
  fi
  (
    cd "$root/node/server/src/test/browser" || exit
    [ -d node_modules/playwright-core ] || npm ci --ignore-scripts --no-audit --no-fund
  ) || echo "the browser tests' libraries can't be installed"
  node "$root/build/browser-tests.mjs" "$root"
}

# Names the tests that were skipped, and counts all that ran since a file was written.
summarise_tests() { # FILE
  find "$root" -name 'TEST-*.xml' -path '*/target/surefire-reports/*' -newer "$1" -exec cat {} + | awk '
    function value(name) {
      if (!match($0, " " name "=\"[^\"]*\"")) return ""
      return substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
    }
    /<testcase / { run++; test = value("classname") ": " value("name") }
    /<skipped/ { skipped++; print "skipped: " test ": " value("message") }
    /<(failure|error)[ >]/ { failed++; print "failed: " test }
    END { printf "%d passed, %d failed, %d skipped\n", run - failed - skipped, failed, skipped }'
}
