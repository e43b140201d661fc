#!/usr/bin/env bash
# Shows what Earshot does: starts it, sends the sample calls as if they were live, prints the alerts as they come.
# Installs what is missing (Debian packages) and builds the program first. Ends by itself.
#
#   scripts/demo.sh                play, then stop everything
#   scripts/demo.sh --keep         leave the server running and say where it listens
#   scripts/demo.sh --speed 600    how many times as fast as the calls were spoken; 0 for as fast as it goes
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
source "$EARSHOT_ROOT/scripts/lib/build.sh"
source "$EARSHOT_ROOT/scripts/lib/serve.sh"

keep=false
speed=60
while (($# > 0)); do
  case "$1" in
    --keep) keep=true ;;
    --speed)
      speed="${2:?--speed takes a number}"
      shift
      ;;
    -h | --help)
      sed -n '2,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
      exit 0
      ;;
    *)
      printf "error: '%s' is no option; see scripts/demo.sh --help\n" "$1" >&2
      exit 2
      ;;
  esac
  shift
done

cd "$EARSHOT_ROOT"
mkdir -p build
scripts/setup.sh build
say "Build the program (the first time takes minutes)"
build_preset release earshot

folder="$(mktemp -d "${TMPDIR:-/tmp}/earshot-demo.XXXXXX")"
server='' watcher='' address='' metrics=''
stop() {
  [[ -z $watcher ]] || kill "$watcher" 2>/dev/null || true
  $keep && [[ -n ${kept:-} ]] && return
  [[ -z $server ]] || { kill "$server" 2>/dev/null && wait "$server" 2>/dev/null; } || true
  rm -rf "$folder"
}
trap stop EXIT

say "Start earshot serve, all services in one process"
start_serve "$folder" --rules deploy/config/rules --catalog deploy/config/catalog
note "gRPC on $address, metrics on http://$metrics/metrics, events in $folder/data, rules of deploy/config/rules"

pace="at $speed times the speed of speech"
[[ $speed != 0 ]] || pace="as fast as they go"
say "Watch the alerts, and send the sample calls $pace"
"$EARSHOT_PROGRAM" watch --from "$address" --start earliest </dev/null &
watcher=$!
calls=0
for sample in deploy/samples/*; do
  [[ $sample == *.md ]] && continue
  note "call $sample"
  "$EARSHOT_PROGRAM" send "$sample" --to "$address" --speed "$speed" >"$folder/send.log" 2>&1 </dev/null || {
    cat "$folder/send.log" >&2
    die "the call $sample could not be sent"
  }
  calls=$((calls + 1))
done
# Until nothing has come for a while.
"$EARSHOT_PROGRAM" watch --from "$address" --until-idle 1.5 >/dev/null </dev/null
kill "$watcher" 2>/dev/null || true
wait "$watcher" 2>/dev/null || true
watcher=''
alerts="$("$EARSHOT_PROGRAM" alerts list --from "$address" --json | wc -l)"
((alerts > 0)) || die "no alert came of $calls calls"

if $keep; then
  kept=true
  say "It goes on running (process $server, files in $folder). Try:"
  note "$EARSHOT_PROGRAM watch --from $address --start earliest"
  note "$EARSHOT_PROGRAM alerts list --from $address"
  note "$EARSHOT_PROGRAM send deploy/samples/NAME --to $address --speed 10"
  note "curl http://$metrics/metrics"
  note "kill $server    # ends it"
fi
say "The demo is done: $calls calls gave $alerts alerts."
