#!/usr/bin/env bash
# bench.sh BUILD_DIR [FILE]: measures the engine, the answer, a real server and, in the same run, its control in Node,
# three times each, and writes the medians with the machine they belong to (docs/BENCHMARKS.md). Called by ./dev bench;
# wants a quiet machine, 1,000 connections want `ulimit -n` of some thousands.
set -euo pipefail
build=$(readlink -f "${1:?bench.sh wants the build folder}")
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
report=${2:-docs/BENCHMARKS.md}
rounds=${TREDE_BENCH_ROUNDS:-3}
content=$PWD/content/starter
pupils=1000
teachers=33
answers=30000
seconds=15
port=${TREDE_BENCH_PORT:-8137}
work=$(mktemp -d)
server=""
ulimit -n "$(ulimit -Hn)"
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

wait_for_port() {
  local try
  for try in $(seq 150); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then break; fi
    sleep 0.2
  done
  sleep 0.5 # a port in use is open too: then our server is gone by now
  kill -0 "$server" 2>/dev/null || { cat "$work/server.log" >&2; exit 1; }
}

# Each measurement begins with pupils without a past.
start_ours() {
  "$build/trede" demo --data "$work/school" --class-of "$pupils" >&2
  "$build/trede" serve --data "$work/school" --port "$port" --content "$content" --calibrate-at never \
    >"$work/server.log" 2>&1 &
  server=$!
  wait_for_port
}

start_node() {
  mkdir -p "$work/school"
  node tests/bench/node_reference.mjs "$port" "$work/school/node.db" >"$work/server.log" 2>&1 &
  server=$!
  wait_for_port
}

end_server() {
  kill "$server"
  wait "$server" || true
  server=""
  rm -rf "$work/school"
}

# measure WHO NAME OPTIONS…: one start, one load; a line of JSON in $work/WHO-NAME
measure() {
  local who=$1 name=$2
  shift 2
  "start_$who"
  "$build/trede" load --url "http://localhost:$port" --pupils "$pupils" --teachers "$teachers" --pid "$server" \
    --json "$@" >>"$work/$who-$name"
  end_server
}

measure_servers() {
  local round who
  for round in $(seq "$rounds"); do
    for who in ours node; do
      echo "server ($who), round $round of $rounds" >&2
      measure "$who" closed --answers "$answers" --seconds 120
      measure "$who" open500 --rate 500 --seconds "$seconds"
      measure "$who" open2000 --rate 2000 --seconds "$seconds"
    done
  done
  echo "server with 9,000 idle connections" >&2
  measure ours many --idle 9000 --rate 667 --seconds "$seconds"
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
  for field in server_cpu_ms:4 client_cpu_ms:4 answers_per_second:0 p50_ms:2 p99_ms:2 max_ms:1 push_p50_ms:1 \
    push_p99_ms:1 server_memory_kib:0 errors:0; do
    row+=" $(fixed "$(median "${field%:*}" <"$2")" "${field#*:}") |"
  done
  echo "$row"
}

# ratio FIELD NAME: the control's median over ours
ratio() {
  awk -v node="$(median "$1" <"$work/node-$2")" -v ours="$(median "$1" <"$work/ours-$2")" \
    'BEGIN { printf "%.2f", node / ours }'
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
measure_servers
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

$pupils pupils without a past and $teachers teachers, each watching a class of 30, over loopback WebSockets; the exercises are
the starter content's. Each answer is on disk (\`synchronous=FULL\`, group commit) before its reply leaves. \`trede load\`
shares the machine with the server and its processor time is told apart. Closed loop: $answers answers, each pupil
answers as soon as the reply is there. Open loop: so many answers a second are due for $seconds s whatever happens, and
the latency of an answer counts from the moment it was due. Push: from the pupil's reply to the teacher's page.

The control is \`tests/bench/node_reference.mjs\`: the same job as a careful Node programmer would write it (\`ws\`, SQLite,
one commit for all answers of a turn of the event loop), without what a product adds: sessions that are checked on
every sweep, feedback and hints from real exercises, hashes through the events, replay, learning from the answers.

| what | server CPU ms/answer | people CPU ms/answer | answers/s | p50 ms | p99 ms | max ms | push p50 ms | push p99 ms | memory KiB | errors |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
$(server_row "Trede, closed loop" "$work/ours-closed")
$(server_row "Node, closed loop" "$work/node-closed")
$(server_row "Trede, 500/s" "$work/ours-open500")
$(server_row "Node, 500/s" "$work/node-open500")
$(server_row "Trede, 2,000/s" "$work/ours-open2000")
$(server_row "Node, 2,000/s" "$work/node-open2000")
$(server_row "Trede, 667/s beside 9,000 idle connections" "$work/ours-many")

Node over Trede: $(ratio server_cpu_ms closed) times the processor time an answer in the closed loop; p99 at 2,000/s
$(ratio p99_ms open2000) times. An idle connection takes $(fixed "$(median server_memory_kib_each_idle <"$work/ours-many")" 1) KiB of the server's memory; 9,000 of them asked for
at once were there after $(fixed "$(median connect_seconds <"$work/ours-many")" 1) s.
END_OF_REPORT
cp "$work/report" "$report"
cat "$report"
