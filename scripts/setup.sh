#!/usr/bin/env bash
# Installs what Earshot needs on Debian 12. Says what it does; leaves apt alone where nothing is missing.
#
#   scripts/setup.sh              to build and to run the tests
#   scripts/setup.sh build        only to build and run
#   scripts/setup.sh test lint    the tests and the linters
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
source "$EARSHOT_ROOT/scripts/lib/packages.sh"

packages=()
(($# > 0)) || set -- test
for job in "$@"; do
  case "$job" in
    build) packages+=("${EARSHOT_BUILD_PACKAGES[@]}") ;;
    test) packages+=("${EARSHOT_BUILD_PACKAGES[@]}" "${EARSHOT_TEST_PACKAGES[@]}") ;;
    lint) packages+=("${EARSHOT_TEST_PACKAGES[@]}" "${EARSHOT_LINT_PACKAGES[@]}") ;;
    -h | --help)
      sed -n '2,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
      exit 0
      ;;
    *)
      printf "error: '%s' is no job: build, test or lint\n" "$job" >&2
      exit 2
      ;;
  esac
done

say "Debian packages for: $*"
mapfile -t packages < <(printf '%s\n' "${packages[@]}" | sort -u)
install_packages "${packages[@]}"
