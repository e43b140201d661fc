# Sourced by the scripts of this folder: Prometheus's own checker.
# shellcheck shell=bash
source "$EARSHOT_ROOT/scripts/lib/packages.sh"

# promtool_path: prints where promtool is. Where it is not installed it is unpacked from Debian's package into
# build/tools: installing the package would start a Prometheus server. Returns 1 where it cannot be had.
promtool_path() {
  local tools="$EARSHOT_ROOT/build/tools"
  command -v promtool && return 0
  if [[ ! -x "$tools/usr/bin/promtool" ]]; then
    mkdir -p "$tools"
    unpack_prometheus "$tools" >"$tools/promtool.log" 2>&1 || return 1
  fi
  echo "$tools/usr/bin/promtool"
}

# unpack_prometheus DIR: fetches the package (with fresh package lists, where the old ones do not do) and unpacks it.
unpack_prometheus() (
  cd "$1" || exit 1
  apt-get download prometheus || { as_root apt-get update && apt-get download prometheus; } || exit 1
  dpkg-deb -x prometheus_*.deb . && rm -f prometheus_*.deb
)
