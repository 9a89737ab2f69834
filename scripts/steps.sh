# shellcheck shell=bash
# Steps with visible progress. Sourced by ./dev: a step shows what it does while it runs, keeps its whole output in
# build/logs/, and says in one sentence when it failed. A step that had nothing to do shows nothing.

step_label="" # what runs now; the last sentence names it
step_log=""
export NO_COLOR=1 # the logs are plain text
steps_done=0

die() {
  printf 'dev: %s\n' "$*" >&2
  step_label=""
  exit 1
}

note() { printf 'dev: %s\n' "$*" >&2; }

is_idle_line() {
  case $1 in
    "" | *"Re-checking globbed"* | "ninja: no work to do." | "ninja: Entering directory"*) return 0 ;;
    *) return 1 ;;
  esac
}

# Rewrites one line on a terminal; elsewhere tells every twenty seconds how far it is.
show_progress() {
  local label=$1 line="" shown=0 began=$SECONDS told=$SECONDS width=$((${COLUMNS:-80} - 4)) code
  while true; do
    code=0
    IFS= read -r -t 1 line || code=$?
    ((code == 0 || code > 128)) || break # above 128: a second without a line
    if ((code == 0)) && is_idle_line "$line"; then continue; fi
    if ((shown == 0)); then
      shown=1
      printf '• %s\n' "$label"
    fi
    ((code == 0)) || continue
    if [ -t 1 ]; then
      printf '\r\033[K  %.*s' "$width" "$line"
    elif ((SECONDS - told >= 20)); then
      told=$SECONDS
      printf '  %s\n' "$line"
    fi
  done
  if ((shown == 0)); then return; fi
  if [ -t 1 ]; then printf '\r\033[K'; fi
  printf '  %d s\n' "$((SECONDS - began))"
}

# step LABEL LOG COMMAND…: the command runs in a subshell that stops at its first failure.
step() {
  step_label=$1
  step_log=build/logs/$2.log
  shift 2
  mkdir -p build/logs
  "$@" </dev/null 2>&1 | tee "$step_log" | show_progress "$step_label"
  step_label=""
  steps_done=$((steps_done + 1))
}

# The last words of ./dev, whatever ended it.
tell_what_failed() {
  local code=$1
  if ((code == 0)) || [ -z "$step_label" ]; then return; fi
  if [ -s "$step_log" ]; then
    printf '\n'
    tail -n 30 "$step_log" | sed 's/^/  | /'
  fi >&2
  note "failed at \"$step_label\"; the whole log is $step_log"
}
