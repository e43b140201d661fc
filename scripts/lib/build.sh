# Sourced by the scripts of this folder: configure and build a preset.
# shellcheck shell=bash

# build_preset PRESET [TARGET...]: into build/PRESET; all targets where none is named.
build_preset() {
  local preset="$1"
  shift
  cmake --preset "$preset" -S "$EARSHOT_ROOT" >"$EARSHOT_ROOT/build/configure-$preset.log" 2>&1 || {
    tail -n 30 "$EARSHOT_ROOT/build/configure-$preset.log" >&2
    die "cmake could not configure preset '$preset' (whole log: build/configure-$preset.log)"
  }
  local targets=()
  (($# > 0)) && targets=(--target "$@")
  cmake --build "$EARSHOT_ROOT/build/$preset" --parallel "$(cores)" "${targets[@]}" ||
    die "the build of preset '$preset' failed"
}
