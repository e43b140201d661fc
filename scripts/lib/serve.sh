# Sourced by the scripts of this folder: a running `earshot serve`.
# shellcheck shell=bash disable=SC2034  # address and metrics are for who sources this

EARSHOT_PROGRAM="$EARSHOT_ROOT/build/release/bin/earshot"

# start_serve FOLDER FLAG...: starts it in the background, on free ports, with its data, log and addresses in FOLDER.
# Returns once it is ready, with its process in $server and its addresses in $address and $metrics; ends the script
# where it does not become ready.
start_serve() {
  local folder="$1" try
  shift
  nohup "$EARSHOT_PROGRAM" serve --data "$folder/data" --addresses-file "$folder/addresses" \
    --listen 127.0.0.1:0 --metrics-listen 127.0.0.1:0 "$@" >"$folder/serve.log" 2>&1 </dev/null &
  server=$!
  for ((try = 0; try < 300; ++try)); do
    [[ -e $folder/addresses ]] && break
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
  done
  [[ -e $folder/addresses ]] || {
    tail -n 20 "$folder/serve.log" >&2
    die "earshot serve did not become ready; what it said is above"
  }
  address="$(sed -n 's/^grpc=//p' "$folder/addresses")"
  metrics="$(sed -n 's/^metrics=//p' "$folder/addresses")"
}
