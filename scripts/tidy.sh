#!/usr/bin/env bash
# Runs clang-tidy with the checks of .clang-tidy. Takes seconds a file, so it is no part of CI.
#
#   scripts/tidy.sh              the sources that differ from the last commit
#   scripts/tidy.sh REVISION     the sources that differ from REVISION, such as main~5
#   scripts/tidy.sh --all        all sources
#   scripts/tidy.sh FILE...      these
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
source "$EARSHOT_ROOT/scripts/lib/build.sh"

cd "$EARSHOT_ROOT"
mkdir -p build
case "${1:-}" in
  -h | --help)
    sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit 0
    ;;
  --all) mapfile -t files < <(git ls-files '*.cc') ;;
  *.cc) files=("$@") ;;
  *) mapfile -t files < <(git diff --name-only --diff-filter=d "${1:-HEAD}" -- '*.cc') ;;
esac
((${#files[@]} > 0)) || {
  note "no source to check"
  exit 0
}

scripts/setup.sh test lint
say "Generated headers"
build_preset dev earshot_proto earshot_grpc_proto
say "clang-tidy on ${#files[@]} files"
if printf '%s\0' "${files[@]}" |
  xargs -0 -n 1 -P "$(cores)" clang-tidy -p build/dev --quiet 2> >(grep -v 'warnings generated' >&2); then
  say "No complaint."
else
  die "clang-tidy has complaints: see above"
fi
