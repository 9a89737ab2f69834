#!/usr/bin/env bash
# reliability.sh BUILD_DIR [FILE]: the rows of docs/RELIABILITY.md that are measured, written between its two marks: kills,
# stops and backups of a server under load, everybody at once, a start after very many answers, and the long tests that
# print figures. Called by ./dev bench reliability; takes most of an hour and a few gigabytes of disk. TREDE_ROWS names some of
# kills, backup, takeover, return, tls, disturbers, start and tests: these are then printed and the report is left alone.
set -euo pipefail
build=$(readlink -f "${1:?reliability.sh wants the build folder}")
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
report=${2:-docs/RELIABILITY.md}
port=${TREDE_PORT:-8119} pupils=60 kills=${TREDE_KILLS:-20} copies=${TREDE_COPIES:-125} pairs=${TREDE_PAIRS:-10}
other_port=$((port + 1))
work=$(mktemp -d)
server= other=
trap 'for process in $server $other; do kill -9 "$process" 2>/dev/null; done; rm -rf "$work"' EXIT
load_before=$(cut -d' ' -f1-3 /proc/loadavg)
trede=$build/trede
ulimit -n "$(ulimit -Hn)"

is_open() { (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }
milliseconds() { echo $(($(date +%s%N) / 1000000)); }

# serve FOLDER [OPTION…]; its start in milliseconds goes to $started_ms.
serve() {
  local begun
  begun=$(milliseconds)
  "$trede" serve --data "$1" --port "$port" --calibrate-at never "${@:2}" >>"$work/serve.log" 2>&1 &
  server=$!
  until is_open; do sleep 0.02; done
  started_ms=$(($(milliseconds) - begun))
}

# Ends the server with signal $1; how long it took goes to $stopped_ms, its exit code to $stopped_with.
stop() {
  local begun
  begun=$(milliseconds)
  kill "-$1" "$server"
  stopped_with=0
  wait "$server" 2>/dev/null || stopped_with=$?
  stopped_ms=$(($(milliseconds) - begun))
  server=
}

# make_class FOLDER [PUPILS]
make_class() {
  rm -rf "$1"
  "$trede" demo --data "$1" --class-of "${2:-$pupils}" >/dev/null
}

# load SECONDS [OPTION…] > JSON
load() { "$trede" load --url "http://localhost:$port" --pupils "$pupils" --seconds "$1" --json "${@:2}" 2>/dev/null || true; }
number_in() { sed -n "s/.*\"$2\":\([-0-9.eE+]*\).*/\1/p" "$1"; }
acknowledged_in() { echo $(($(number_in "$1" answers) + $(number_in "$1" videos))); }
steps_of() { "$trede" verify --data "$1" 2>/dev/null | sed -n 's/^[0-9]* events, \([0-9]*\) steps.*/\1/p'; }

# Lets the class practise until signal $1 comes after some seconds; adds to $acknowledged and $longest_ms.
cut_short() {
  serve "$work/killed"
  longest_ms=$((started_ms > longest_ms ? started_ms : longest_ms))
  load 30 >"$work/load.json" &
  local loading=$!
  sleep "$((RANDOM % 3 + 1)).$((RANDOM % 10))"
  stop "$1"
  wait "$loading" || true
  acknowledged=$((acknowledged + $(acknowledged_in "$work/load.json")))
}

measure_kills() {
  local i stored
  make_class "$work/killed"
  acknowledged=0 longest_ms=0
  for ((i = 0; i < kills; ++i)); do cut_short KILL; done
  stored=$(steps_of "$work/killed")
  echo "| 6 | $kills times kill −9 under load: acknowledged $acknowledged, in the journal $stored, lost $((acknowledged > stored ? acknowledged - stored : 0)); longest start $longest_ms ms |"
  local before=$stored
  acknowledged=0
  cut_short TERM
  stored=$(steps_of "$work/killed")
  echo "| 17 | SIGTERM under load: exit $stopped_with after $stopped_ms ms; acknowledged $acknowledged, in the journal $((stored - before)) |"
}

measure_backup() {
  make_class "$work/backed"
  serve "$work/backed"
  load 10 --rate 200 >"$work/alone.json"
  load 10 --rate 200 >"$work/beside.json" &
  local loading=$! begun
  sleep 2
  begun=$(milliseconds)
  "$trede" backup --data "$work/backed" --to "$work/backup" >"$work/backup.txt"
  begun=$(($(milliseconds) - begun))
  wait "$loading"
  stop TERM
  "$trede" restore --from "$work/backup" --data "$work/restored" >/dev/null
  echo "| 19 | backup under 200 answers a second took $begun ms; p99 $(number_in "$work/alone.json" p99_ms) ms without, $(number_in "$work/beside.json" p99_ms) ms during; restored and verified: $(steps_of "$work/restored") steps |"
}

# The machine is gone: another one goes on from the last backup.
measure_takeover() {
  local backed stored begun
  make_class "$work/first"
  serve "$work/first"
  load 5 --rate 50 >/dev/null
  "$trede" backup --data "$work/first" --to "$work/last" >/dev/null
  load 5 --rate 50 >"$work/after.json"
  stop KILL
  begun=$(milliseconds)
  "$trede" restore --from "$work/last" --data "$work/second" >/dev/null
  serve "$work/second"
  begun=$(($(milliseconds) - begun))
  stop TERM
  stored=$(steps_of "$work/first") backed=$(steps_of "$work/second")
  echo "| 47 | another machine goes on from a backup: there after $begun ms; $((stored - backed)) steps lost, $(acknowledged_in "$work/after.json") were acknowledged since the backup; $backed verified |"
}

# A browser would be here as soon as it can: everybody has a session, all ask for their WebSocket at once.
measure_return() {
  make_class "$work/school" 1000
  serve "$work/school"
  "$trede" load --url "http://localhost:$port" --pupils 1000 --rate 100 --seconds 1 --json >"$work/start.json" 2>/dev/null || true
  "$trede" load --url "http://localhost:$port" --pupils 1000 --idle 9000 --rate 100 --seconds 2 --json \
    >"$work/return.json" 2>/dev/null || true
  echo "| speed | 1,000 pupils signed in, sixteen at a time, in $(number_in "$work/start.json" sign_in_seconds) s; all connected and at their first exercise after another $(number_in "$work/start.json" connect_seconds) s (goal: 10 s) |"
  echo "| 18 | 10,000 connections asked for at once: all there after $(number_in "$work/return.json" connect_seconds) s, p99 $(number_in "$work/return.json" connect_p99_ms) ms; errors $(number_in "$work/return.json" errors) |"
  measure_staff
  stop TERM
}

# A line for teacher $1: the status and how long it took in milliseconds.
sign_in_staff() {
  local begun status
  local body="{\"role\":\"teacher\",\"class_code\":\"\",\"name\":\"T$1\",\"secret\":\"trede-demo\"}"
  begun=$(milliseconds)
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  printf 'POST /api/sign-in HTTP/1.1\r\nHost: localhost:%s\r\nOrigin: http://localhost:%s\r\nX-Trede: 1\r\n' "$port" "$port" >&3
  printf 'Content-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s' "${#body}" "$body" >&3
  read -r _ status _ <&3
  echo "$status $(($(milliseconds) - begun))"
}

# At the school of measure_return.
measure_staff() {
  load 8 --rate 200 >"$work/alone.json"
  load 8 --rate 200 >"$work/beside.json" &
  local loading=$! teacher staff=()
  sleep 3
  for teacher in $(seq 30); do
    sign_in_staff "$teacher" >>"$work/staff" &
    staff+=($!)
  done
  wait "${staff[@]}"
  wait "$loading"
  echo "| 37 | 30 staff signed in at once: $(grep -c '^200' "$work/staff") in, the last after $(sort -k2 -n "$work/staff" | tail -1 | cut -d' ' -f2) ms; answers at 200 a second: p50 $(number_in "$work/alone.json" p50_ms) and p99 $(number_in "$work/alone.json" p99_ms) ms without, $(number_in "$work/beside.json" p50_ms) and $(number_in "$work/beside.json" p99_ms) ms over the 8 s in which they came |"
}

measure_tls() {
  make_class "$work/private" 1000
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$work/key.pem" -out "$work/certificate.pem" \
    -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost 2>/dev/null
  serve "$work/private" --tls-cert "$work/certificate.pem" --tls-key "$work/key.pem"
  echo "| 3 | $(NODE_TLS_REJECT_UNAUTHORIZED=0 node --no-warnings tests/bench/tls_memory.mjs "https://localhost:$port" "$server") |"
  stop TERM
}

# p50 and p99 of 900 pupils at 400 answers a second for 20 s while somebody disturbs the school at port $2 in the way $1.
beside_disturber() {
  node tests/bench/disturber.mjs "$1" "http://localhost:$2" 23 >"$work/disturber-$2.json" &
  local disturber=$!
  sleep 1
  "$trede" load --url "http://localhost:$port" --pupils 900 --rate 400 --seconds 20 --json >"$work/beside.json" 2>/dev/null || true
  wait "$disturber"
  echo "$(number_in "$work/beside.json" p50_ms) $(number_in "$work/beside.json" p99_ms)"
}

# Row $1: what others feel of who disturbs in the way $2. The disturber costs the machine something wherever it goes, so its
# control is the same disturber at another school on the same cores; $pairs pairs, the order turning each time.
measure_disturber() {
  local i here there
  rm -f "$work/pairs"
  for ((i = 0; i < pairs; ++i)); do
    if ((i % 2)); then
      here=$(beside_disturber "$2" "$port") there=$(beside_disturber "$2" "$other_port")
    else
      there=$(beside_disturber "$2" "$other_port") here=$(beside_disturber "$2" "$port")
    fi
    echo "$here $there" >>"$work/pairs"
  done
  echo "| $1 | $3: p50 $(median_of 1) and p99 $(median_of 2) ms, $(median_of 3) and $(median_of 4) ms with the same at another school on these cores; p99 $(awk '{ print $2 / $4 }' "$work/pairs" | median) times at the median of $pairs pairs, a half of them from $(awk '{ print $2 / $4 }' "$work/pairs" | quarters); told at the end: $(cat "$work/disturber-$port.json") |"
}
median() { sort -n | awk '{ v[NR] = $1 } END { printf "%.2f", (v[int((NR + 1) / 2)] + v[int((NR + 2) / 2)]) / 2 }'; }
median_of() { cut -d' ' -f"$1" "$work/pairs" | median; }
quarters() { sort -n | awk '{ v[NR] = $1 } END { printf "%.2f to %.2f", v[int((NR + 3) / 4)], v[NR + 1 - int((NR + 3) / 4)] }'; }

measure_disturbers() {
  make_class "$work/calm" 1000
  make_class "$work/disturbed" 1000
  "$trede" serve --data "$work/disturbed" --port "$other_port" --calibrate-at never >>"$work/serve.log" 2>&1 &
  other=$!
  serve "$work/calm"
  measure_disturber 38 flood "a pupil with a thousand messages a second beside 400 answers a second"
  measure_disturber 21 deaf "a teacher's page that reads nothing beside 400 answers a second"
  stop TERM
  kill "$other" && wait "$other" || true
  other=
}

measure_start() {
  "$trede" demo --data "$work/demo" --days 60 >/dev/null 2>&1
  "$build/bench_start" "$work/demo" "$copies" "$work/many" 2>/dev/null | sed 's/^| /| start: /'
}

measure_tests() {
  TREDE_FIGURES="$work/figures" "$build/test_server" "[faults][.slow],[simulation][.slow],[timing]" >"$work/tests.log" 2>&1 ||
    echo "| – | **a long test failed:** $(tail -2 "$work/tests.log" | head -1) |"
  TREDE_FIGURES="$work/figures" "$build/test_protocol" "[timing]" >"$work/tests.log" 2>&1 ||
    echo "| – | **a long test failed:** $(tail -2 "$work/tests.log" | head -1) |"
  awk -F'\t' '{ sub(/: /, " | ", $2); print "| " $2 ": " $4 " (goal: " $3 ") |" }' "$work/figures"
}

{
  echo "| # | measured |"
  echo "|---|---|"
  for rows in ${TREDE_ROWS:-kills backup takeover return tls disturbers start tests}; do "measure_$rows"; done
} >"$work/rows"
if [ -n "${TREDE_ROWS:-}" ]; then
  cat "$work/rows"
  exit
fi
{
  sed '/<!-- measured -->/q' "$report"
  echo
  echo "Processor: $(lscpu | sed -n 's/^Model name: *//p' | head -1), $(nproc) cores; load average before $load_before, after $(cut -d' ' -f1-3 /proc/loadavg) (a quiet machine has less than"
  echo "$(nproc)); commit $(git rev-parse --short HEAD), $(date -u +%Y-%m-%d)."
  echo
  cat "$work/rows"
  echo
  sed -n '/<!-- end of measured -->/,$p' "$report"
} >"$work/report"
cp "$work/report" "$report"
cat "$work/rows"
