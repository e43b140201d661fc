#!/usr/bin/env bash
# Builds Earshot and runs every test: unit, contract, acceptance, architecture, clients and deployment files.
# Installs what is missing first (Debian packages, and Python packages into build/venv).
#
#   scripts/test.sh                     preset release, into build/release
#   scripts/test.sh --preset asan       another preset: dev, asan, tsan
#   scripts/test.sh --quick             without the tests labelled slow
#   scripts/test.sh -- -R engine        what follows -- goes to ctest
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
source "$EARSHOT_ROOT/scripts/lib/build.sh"
source "$EARSHOT_ROOT/scripts/lib/python.sh"
source "$EARSHOT_ROOT/scripts/lib/promtool.sh"

preset=release
ctest_arguments=()
while (($# > 0)); do
  case "$1" in
    --preset)
      preset="${2:?--preset takes dev, release, asan or tsan}"
      shift
      ;;
    --quick) ctest_arguments+=(--label-exclude slow) ;;
    --)
      shift
      ctest_arguments+=("$@")
      break
      ;;
    -h | --help)
      sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
      exit 0
      ;;
    *)
      printf "error: '%s' is no option; see scripts/test.sh --help\n" "$1" >&2
      exit 2
      ;;
  esac
  shift
done

mkdir -p "$EARSHOT_ROOT/build"
cd "$EARSHOT_ROOT"
scripts/setup.sh test

say "Python packages"
python_environment || true
PROMTOOL="$(promtool_path)" || note "promtool cannot be had: the check of deploy/prometheus will be skipped"
export PROMTOOL

say "Build, preset $preset"
build_preset "$preset"

say "Tests"
report="build/$preset/test-report.xml"
rm -f "$report"
status=0
ctest --preset "$preset" --output-junit "$EARSHOT_ROOT/$report" "${ctest_arguments[@]}" || status=$?

# Sums up from ctest's own report: skipped tests are named, a run without a test is a failure.
python3 scripts/lib/summary.py "$report" "$status"
