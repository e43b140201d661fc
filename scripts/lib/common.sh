# Sourced by the scripts of this folder: where the repository is, how to speak, how to end.
# shellcheck shell=bash

EARSHOT_ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
export EARSHOT_ROOT

# say TEXT...: one line about what happens next.
say() { printf '\n==> %s\n' "$*"; }

# note TEXT...: a detail below it.
note() { printf '    %s\n' "$*"; }

# die TEXT...: the message to stderr and exit 1.
die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# cores: how many compilations at once; at least one, at most one for each 1.5 GB of memory.
cores() {
  local by_cpu by_memory
  by_cpu="$(nproc)"
  by_memory="$(awk '/^MemTotal:/ {print int($2 / 1500000)}' /proc/meminfo)"
  ((by_memory < 1)) && by_memory=1
  echo $((by_cpu < by_memory ? by_cpu : by_memory))
}
