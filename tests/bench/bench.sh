#!/usr/bin/env bash
# bench.sh BUILD_DIR [FILE]: measures the engine, the answer and a real server, three times each, and writes
# the medians with the machine they belong to (docs/BENCHMARKS.md). Called by ./dev bench; wants a quiet machine.
set -euo pipefail
build=$(readlink -f "${1:?bench.sh wants the build folder}")
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
report=${2:-docs/BENCHMARKS.md}
rounds=3
content=$PWD/content/starter
pupils=60
seconds=10
rate=200
port=${TREDE_BENCH_PORT:-8137}
work=$(mktemp -d)
server=""
stop() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT

# median FIELD < JSON lines that all hold it
median() {
  grep -o "\"$1\": *[-+.0-9eE]*" | sed 's/.*: *//' | sort -g | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'
}

fixed() { awk -v value="$1" -v digits="$2" 'BEGIN { printf "%.*f", digits, value }'; }

measure_programs() {
  local round
  for round in $(seq "$rounds"); do
    echo "engine and answer, round $round of $rounds" >&2
    "$build/bench_engine" >>"$work/programs"
    "$build/bench_answer" "$content" >>"$work/programs"
  done
}

start_server() {
  local try
  "$build/trede" demo --data "$work/school" --class-of "$pupils" >&2
  "$build/trede" serve --data "$work/school" --port "$port" --content "$content" >"$work/server.log" 2>&1 &
  server=$!
  for try in $(seq 100); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then break; fi
    sleep 0.2
  done
  sleep 0.5 # a port in use is open too: then our server is gone by now
  kill -0 "$server" 2>/dev/null || { cat "$work/server.log" >&2; exit 1; }
}

end_server() {
  kill "$server"
  wait "$server" || true
  server=""
  rm -rf "$work/school"
}

load() {
  "$build/trede" load --url "http://localhost:$port" --pupils "$pupils" --seconds "$seconds" --pid "$server" --json \
    --content "$content" "$@"
}

# Each round begins with pupils without a past.
measure_server() {
  local round
  for round in $(seq "$rounds"); do
    echo "server, round $round of $rounds" >&2
    start_server
    load >>"$work/closed"
    end_server
    start_server
    load --rate "$rate" >>"$work/open"
    end_server
  done
}

program_rows() {
  local name
  grep -o '"bench": "[^"]*"' "$work/programs" | sed 's/.*: "//; s/"$//' | awk '!seen[$0]++' |
    while read -r name; do
      grep -F "\"$name\"" "$work/programs" >"$work/one"
      echo "| $name | $(fixed "$(median median_us <"$work/one")" 1) | $(fixed "$(median p99_us <"$work/one")" 1) |"
    done
}

# server_row NAME FILE
server_row() {
  local field row="| $1 |"
  for field in server_cpu_ms:3 client_cpu_ms:3 answers_per_second:1 p50_ms:2 p90_ms:2 p99_ms:2 max_ms:2 errors:0; do
    row+=" $(fixed "$(median "${field%:*}" <"$2")" "${field#*:}") |"
  done
  echo "$row"
}

# What the disk itself takes for one durable write of 4 KiB, in milliseconds.
durable_write_ms() {
  LC_ALL=C dd if=/dev/zero of="$work/disk" bs=4k count=200 oflag=dsync 2>&1 |
    sed -n 's/.*copied, \([-+.0-9e]*\) s.*/\1/p' | awk '{ printf "%.2f", 1000 * $1 / 200 }'
}

machine() {
  echo "- processor: $(lscpu | sed -n 's/^Model name: *//p' | head -1), $(nproc) cores"
  echo "- memory: $(awk '/^MemTotal/ { printf "%.1f GB", $2 / 1e6 }' /proc/meminfo); kernel $(uname -r)"
  echo "- disk: $(df --output=fstype "$work" | tail -1); a durable write of 4 KiB takes $(durable_write_ms) ms"
  echo "- load average before: $load_before; after: $(cut -d' ' -f1-3 /proc/loadavg) (a quiet machine has less than $(nproc))"
  echo "- commit: $(git rev-parse --short HEAD 2>/dev/null || echo unknown); written $(date -u +%Y-%m-%d) by \`./dev bench\`"
}

load_before=$(cut -d' ' -f1-3 /proc/loadavg)
measure_programs
measure_server
cat >"$work/report" <<END_OF_REPORT
# Benchmarks

Medians of $rounds rounds, measured by \`./dev bench\` on this machine:

$(machine)

## Engine and answer

Microseconds of processor time a call, without disk and network; p99 is over blocks of calls.

| what | median µs | p99 µs |
|---|---:|---:|
$(program_rows)

## Server

$pupils pupils without a past answer exercises of the starter content for $seconds s over loopback WebSockets; each
answer is on disk (\`synchronous=FULL\`, group commit) before its reply leaves. The pupils share the machine with the
server and their processor time is told apart. Closed loop: a pupil answers as soon as the reply is there, at most 18
times a second because the server lets one connection say no more than 20 messages a second. That makes
$((pupils * 18)) a second together: a bound of this measurement, not of the server. Open loop: $rate answers a second are due
whatever happens, and the latency of an answer counts from the moment it was due.

| what | server CPU ms/answer | pupils CPU ms/answer | answers/s | p50 ms | p90 ms | p99 ms | max ms | errors |
|---|---:|---:|---:|---:|---:|---:|---:|---:|
$(server_row "closed loop" "$work/closed")
$(server_row "open loop, $rate/s" "$work/open")
END_OF_REPORT
cp "$work/report" "$report"
cat "$report"
