# shellcheck shell=bash disable=SC2154
# What ./dev check runs. Sourced by ./dev; each step stops the check when it fails.

run_ctest() { ctest --test-dir "build/$1" --parallel "$(nproc)" --output-on-failure --no-tests=error "${@:2}"; }

test_pages() { (cd web && npm run --silent test); }

check_pages() { (cd web && npm run --silent check); }

check_videos() { node content/starter/videos/render.mjs --check; }

check_protocol() {
  "$program" protocol >build/protocol.ts
  cmp build/protocol.ts web/src/protocol.ts || { echo "web/src/protocol.ts is stale: run ./dev protocol" && return 1; }
}

write_sbom() { node scripts/sbom.mjs "$program" >build/sbom.json; }

# check_tests PRESET TARGET…: builds these test programs and runs them.
check_tests() {
  local preset=$1
  shift
  build_program "$preset" "$@"
  run_ctest "$preset" --tests-regex "^($(sed 's/test_//g; s/ /|/g' <<<"$*"))\$"
}

# Where bytes of others are read: with sanitizers. Mathematics, which they slow down tenfold, and the server, which is
# timed against a clock: as they ship. ./dev check --long does the other halves.
sanitized="test_content test_protocol test_tables fuzz_protocol fuzz_content fuzz_notation fuzz_tables"
shipped="test_engine test_calibration test_prediction test_server test_tidy fuzz_http"
fuzzed="fuzz_protocol fuzz_content fuzz_notation fuzz_tables fuzz_http"

# shellcheck disable=SC2086  # lists of words
check_everyday() {
  need build browser
  step "building the program and its tests" build build_program release trede $shipped
  need_pages
  step "C++ tests" ctest check_tests release $shipped
  step "C++ tests with sanitizers of addresses and undefined behaviour" asan check_tests asan $sanitized
  step "web/src/protocol.ts is fresh" protocol check_protocol
  step "formulas are fresh" formulas node web/scripts/compile-formulas.mjs --check
  step "every item of the starter content, 1000 draws each" content "$program" content check content/starter
  step "docs/items.html is fresh" gallery node web/scripts/gallery.mjs --check
  step "instruction videos" videos check_videos
  step "the list of components" sbom write_sbom
  step "types and texts of the pages" svelte check_pages
  step "tests of the pages" vitest test_pages
  step "the program in a real browser" browser node tests/browser/run.mjs
}

# The simulations that take longer than a few seconds each.
check_simulations() {
  local room
  for room in engine calibration prediction; do "build/release/test_$room" "[.slow]"; done
}

# Searches on from what is known, a minute for each target; what breaks one is left in build/fuzz.
search_on() {
  local target
  for target in $fuzzed; do
    mkdir -p "build/fuzz/found/$target"
    "build/fuzz/$target" -max_total_time=60 -timeout=5 -print_final_stats=1 -artifact_prefix=build/fuzz/ \
      "build/fuzz/found/$target" "tests/fuzz/corpus/${target#fuzz_}"
  done
}

# shellcheck disable=SC2086
check_long() {
  need bare fuzz
  step "benchmarks compile" benches build_program release benches
  step "every file on its own compiles" apart build_program apart trede
  step "the other tests as they ship" ctest-all check_tests release $sanitized
  step "long simulations" simulations check_simulations
  step "mathematics and server with sanitizers" asan-all \
    check_tests asan test_engine test_calibration test_prediction test_server fuzz_http
  step "thread sanitizer" tsan check_tests tsan test_server
  step "fuzz targets" fuzz-build build_program fuzz $fuzzed
  step "fuzz targets search for a minute each" fuzz search_on
  step "a bare Debian, one command" bare tests/bare/bare_system.sh
}

do_check() {
  local long=0
  case ${1:-} in
    "") ;;
    --long) long=1 ;;
    *) die "check does not know \"$1\"; it takes --long" ;;
  esac
  trap 'tell_check_result $?' EXIT
  check_everyday
  if ((long)); then check_long; fi
}

tell_check_result() {
  tell_what_failed "$1"
  echo "check: $steps_done passed, $(($1 == 0 ? 0 : 1)) failed"
}
