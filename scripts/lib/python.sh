# Sourced by the scripts of this folder: the virtual environment that the Python tests and linters share.
# shellcheck shell=bash

EARSHOT_VENV="$EARSHOT_ROOT/build/venv"

# python_environment: makes build/venv as tests/requirements.txt says; does nothing where it is up to date.
# Returns 1, having said so, where the Python packages cannot be had: tests that need them are then skipped.
python_environment() {
  local wanted="$EARSHOT_ROOT/tests/requirements.txt" have="$EARSHOT_VENV/requirements.txt"
  if cmp -s "$wanted" "$have" && "$EARSHOT_VENV/bin/python" -c 'import yaml' 2>/dev/null; then
    note "build/venv is up to date"
    return 0
  fi
  note "making build/venv with the packages of tests/requirements.txt"
  rm -rf "$EARSHOT_VENV"
  python3 -m venv "$EARSHOT_VENV" || die "python3 cannot make virtual environments (Debian package python3-venv)"
  if "$EARSHOT_VENV/bin/pip" install -q --disable-pip-version-check -r "$wanted"; then
    cp "$wanted" "$have"
  else
    rm -rf "$EARSHOT_VENV"
    note "pip could not install them: the tests that need them will be skipped"
    return 1
  fi
}
