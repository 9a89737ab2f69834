#!/usr/bin/env bash
# policy.sh BUILD_DIR [FILE]: what the policy reaches, in one document (docs/LABORATORY.md) and the whole comparison with
# its plots beside it (docs/laboratory.html). Called by ./dev bench policy; the study takes most of an hour on two cores.
# TREDE_LAB_PUPILS and TREDE_LAB_SEEDS make a smaller one, which the document then says; TREDE_LAB_REPORT names the folder of
# a report that is there already, to write the document anew.
set -euo pipefail
build=$(readlink -f "${1:?policy.sh wants the build folder}")
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
document=${2:-docs/LABORATORY.md}
page=${document%.md}.html
page=$(dirname "$page")/$(basename "$page" | tr '[:upper:]' '[:lower:]')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
load_before=$(cut -d' ' -f1-3 /proc/loadavg)

machine() {
  echo "- processor: $(lscpu | sed -n 's/^Model name: *//p' | head -1), $(nproc) cores"
  echo "- load average before: $load_before; after: $(cut -d' ' -f1-3 /proc/loadavg) (a quiet machine has less than $(nproc))"
  echo "- commit: $(git rev-parse --short HEAD 2>/dev/null || echo unknown); written $(date -u +%Y-%m-%d) by \`./dev bench policy\`"
  [ -z "${TREDE_LAB_REPORT:-}" ] || echo "- the study: a report that was there already (\`TREDE_LAB_REPORT\`)"
}

measure_acceptance() {
  echo "acceptance tests of the policy" >&2
  TREDE_FIGURES="$work/figures" "$build/test_engine" \
    "policy*,placement*,laboratory*,off-policy*,mastery*,groups: uncertain*,alerts: nine*,alerts: a stuck*,alerts: a great*,alerts: one in fifty*" >"$work/tests.log" 2>&1 ||
    echo "- **some test failed:** $(tail -2 "$work/tests.log" | head -1)" >>"$work/failures"
}

acceptance_rows() {
  sed 's/|/\\|/g' "$work/figures" |
    awk -F'\t' '!seen[$1 FS $2]++ { print "| " $2 " | " $3 " | " $4 " |" }'
}

choice_rows() {
  "$build/bench_engine" | grep '"choice among' |
    sed 's/.*"bench": "\([^"]*\)", "median_us": \([0-9.]*\).*/| \1 | \2 |/'
}

one_run() {
  echo "one run on one core" >&2
  "$build/trede" simulate --world flat --policy trede --pupils 400 --seeds 1 --workers 1 --json |
    grep -o '"cpu_seconds":[0-9.E+-]*' | cut -d: -f2 | awk '{ printf "%.2f", $1 }'
}

study=${TREDE_LAB_REPORT:-$work/report}
if [ ! -e "$study/report.json" ]; then
  "$build/trede" simulate --pupils "${TREDE_LAB_PUPILS:-400}" --seeds "${TREDE_LAB_SEEDS:-10}" --report "$study" >"$work/study.txt"
fi
measure_acceptance
node tests/bench/laboratory.mjs "$study/report.json" >"$work/tables"
cat >"$work/document" <<END_OF_DOCUMENT
# What the policy reaches

Measured by \`./dev bench policy\` on this machine:

$(machine)
$(cat "$work/failures" 2>/dev/null)

The whole comparison with its plots is [$(basename "$page")]($(basename "$page")); \`trede simulate --help\` tells what the
worlds and policies are, [model/policy.md](model/policy.md) how the policy works and what the laboratory is.

![The beginning of that page: how much more pupils gain with Trede, by world and policy, and learning curves](pictures/laboratory.png)

$(cat "$work/tables")

## Speed

| what, one core | measured | goal |
|---|---:|---:|
| 400 pupils × 240 minutes under Trede, processor seconds | $(one_run) | < 2 |

| what | µs |
|---|---:|
$(choice_rows)

The goals for a choice are 20 µs among 5,000 exercises and 200 µs among 50,000.

## Acceptance

What the tests measured as they ran; each test holds its figure to the goal. The gains compare the laboratory with an
independent program that simulates the same worlds.

| what | goal | measured |
|---|---|---|
$(acceptance_rows)
END_OF_DOCUMENT
cp "$work/document" "$document"
cp "$study/report.html" "$page"
cat "$document"
