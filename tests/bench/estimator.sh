#!/usr/bin/env bash
# estimator.sh BUILD_DIR [FILE]: what the estimator reaches, in one document (docs/ESTIMATOR.md): the figures that the
# acceptance tests measure, and calibration, scores and prediction on reference data where TREDE_REFERENCE (or
# shared/reference beside the repository) has them. Called by ./dev bench estimator; takes half an hour.
set -euo pipefail
build=$(readlink -f "${1:?estimator.sh wants the build folder}")
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
report=${2:-docs/ESTIMATOR.md}
reference=${TREDE_REFERENCE:-$PWD/../shared/reference}
sets=build/sim
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
load_before=$(cut -d' ' -f1-3 /proc/loadavg)

machine() {
  echo "- processor: $(lscpu | sed -n 's/^Model name: *//p' | head -1), $(nproc) cores"
  echo "- memory: $(awk '/^MemTotal/ { printf "%.1f GB", $2 / 1e6 }' /proc/meminfo); kernel $(uname -r)"
  echo "- load average before: $load_before; after: $(cut -d' ' -f1-3 /proc/loadavg) (a quiet machine has less than $(nproc))"
  echo "- commit: $(git rev-parse --short HEAD 2>/dev/null || echo unknown); written $(date -u +%Y-%m-%d) by \`./dev bench estimator\`"
}

measure_acceptance() {
  local room
  for room in engine calibration prediction tables; do
    echo "acceptance tests of $room" >&2
    TREDE_FIGURES="$work/figures" "$build/test_$room" "*,[.slow]" >"$work/test_$room.log" 2>&1 ||
      echo "- **some test of $room failed:** $(tail -2 "$work/test_$room.log" | head -1)" >>"$work/failures"
  done
}

acceptance_rows() {
  sed 's/|/\\|/g' "$work/figures" |
    awk -F'\t' '!seen[$1 FS $2]++ { print "| " $1 " | " $2 " | " $3 " | " $4 " |" }' | sort
}

# The seeded sets are made once; they need numpy, and nothing else here does.
measure_calibration() {
  if [ ! -e "$sets/set_c/resp.u8" ]; then
    [ -e "$reference/irt/gen_sim.py" ] || { echo "(no reference data: not measured)" && return; }
    python3 "$reference/irt/gen_sim.py" "$sets" >&2 || { echo "(the generator needs python3-numpy)" && return; }
  fi
  "$build/bench_calibration" "$sets"
}

measure_prediction() {
  [ -d "$reference/logs" ] || { echo "(no reference data: not measured)" && return; }
  TREDE_REFERENCE=$reference "$build/bench_prediction"
}

measure_acceptance
cat >"$work/report" <<END_OF_REPORT
# What the estimator reaches

Measured by \`./dev bench estimator\` on this machine:

$(machine)
$(cat "$work/failures" 2>/dev/null)

## Calibration of large sets

Seeded sets of simulated answers; other programs on the same sets (processor seconds): set a mirt 2.6, TAM 4.2, girth
9–13; set b mirt 102, TAM 159, girth 309; set c mirt stopped after 920, TAM after 420.

$(measure_calibration)

## Scores and adaptive tests

$("$build/bench_scoring")

## Predicting the next answer

One step ahead on logs of real answers, pupils the model never saw (\`trede evaluate\`). Others on the same rows: best
classic .774/.532 and .835/.498 (AUC / log-loss, assist09 and cloze), DKT .771/.536 and .860/.461.

$(measure_prediction)

## Acceptance

What the tests measured as they ran; each test holds its figure to the goal.

| part | what | goal | measured |
|---|---|---|---|
$(acceptance_rows)
END_OF_REPORT
cp "$work/report" "$report"
cat "$report"
