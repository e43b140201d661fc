#!/usr/bin/env bash
# Runs the linters over the tracked files: clang-format, buf, shellcheck, yamllint, hadolint.
# Installs what is missing first. Every linter runs; the exit code is 1 where one of them complained.
#
#   scripts/lint.sh          check
#   scripts/lint.sh --fix    let clang-format and buf format put right what they can
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
source "$EARSHOT_ROOT/scripts/lib/python.sh"

fix=false
case "${1:-}" in
  '') ;;
  --fix) fix=true ;;
  -h | --help)
    sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit 0
    ;;
  *)
    printf "error: '%s' is no option; see scripts/lint.sh --help\n" "$1" >&2
    exit 2
    ;;
esac

cd "$EARSHOT_ROOT"
mkdir -p build
scripts/setup.sh lint
say "Linters from npm and PyPI"
python_environment || true
lint_home=build/lint
mkdir -p "$lint_home"
if ! cmp -s scripts/lint/package-lock.json "$lint_home/package-lock.json" || [[ ! -x $lint_home/node_modules/.bin/buf ]]; then
  cp scripts/lint/package.json scripts/lint/package-lock.json scripts/lint/.npmrc "$lint_home/"
  npm ci --loglevel=error --ignore-scripts --prefix "$lint_home" >/dev/null || rm -f "$lint_home/package-lock.json"
fi
buf="$lint_home/node_modules/.bin/buf"

# tracked PATTERN...: files that git knows and that are still there.
tracked() { git ls-files --cached -z -- "$@" | while IFS= read -rd '' file; do [[ -f $file ]] && printf '%s\0' "$file"; done; }

complaints=()
# lint NAME COMMAND...: runs it and remembers that it complained.
lint() {
  local name="$1"
  shift
  if "$@"; then note "$name: good"; else complaints+=("$name"); fi
}
clang_format() { tracked '*.cc' '*.h' | xargs -0 -r clang-format "$@"; }
shell_scripts() { tracked '*.sh' .ci/run | xargs -0 -r shellcheck --external-sources --source-path=SCRIPTDIR; }
yaml_files() { tracked '*.yaml' '*.yml' | xargs -0 -r yamllint --strict -c scripts/lint/yamllint.yaml; }
docker_files() { tracked '*Dockerfile' | xargs -0 -r "$EARSHOT_VENV/bin/hadolint" -c scripts/lint/hadolint.yaml; }

if $fix; then
  clang_format -i
  "$buf" format -w proto --exclude-path proto/google --exclude-path proto/grpc
fi
say "Lint"
lint clang-format clang_format --dry-run --Werror
lint buf "$buf" lint
lint 'buf format' "$buf" format --exit-code --diff proto --exclude-path proto/google --exclude-path proto/grpc
lint shellcheck shell_scripts
lint yamllint yaml_files
lint hadolint docker_files

((${#complaints[@]} == 0)) || die "complaints of ${complaints[*]}; scripts/lint.sh --fix puts the form right"
say "No complaint."
