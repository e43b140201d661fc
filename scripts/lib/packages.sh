# Sourced by the scripts of this folder: what each job needs of Debian, and how to get what is missing.
# shellcheck shell=bash disable=SC2034  # the arrays are for who sources this

# To build and run Earshot and its tests.
EARSHOT_BUILD_PACKAGES=(
  build-essential ccache cmake libabsl-dev libcli11-dev libgmock-dev libgrpc++-dev libgtest-dev libprotobuf-dev
  libre2-dev libspdlog-dev libsqlite3-dev libssl-dev libyaml-cpp-dev mold ninja-build nlohmann-json3-dev pkg-config
  prometheus-cpp-dev protobuf-compiler protobuf-compiler-grpc python3 tzdata
)
# To run the tests that are written in Python.
EARSHOT_TEST_PACKAGES=(ca-certificates git python3-venv)
# To lint. Node.js and npm only where no others are installed: see missing_packages.
EARSHOT_LINT_PACKAGES=(clang-format clang-tidy nodejs npm shellcheck yamllint)

# A program that makes a package unnecessary, however it was installed.
declare -A EARSHOT_INSTEAD=([nodejs]=node [npm]=npm [git]=git [clang-format]=clang-format)

# missing_packages PACKAGE...: those that are neither installed nor stood in for, on one line.
missing_packages() {
  local package missing=()
  for package in "$@"; do
    [[ -n "${EARSHOT_INSTEAD[$package]:-}" ]] && command -v "${EARSHOT_INSTEAD[$package]}" >/dev/null && continue
    # shellcheck disable=SC2016  # dpkg's own variable
    [[ " $(dpkg-query -W -f='${db:Status-Status} ' "$package" 2>/dev/null)" == *" installed "* ]] && continue
    missing+=("$package")
  done
  echo "${missing[*]}"
}

# as_root COMMAND...: runs it as root, through sudo where needed.
as_root() {
  if [[ "$(id -u)" == 0 ]]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo --preserve-env=DEBIAN_FRONTEND "$@"
  else
    die "root is needed and there is no sudo. As root, run: $*"
  fi
}

# install_packages PACKAGE...: installs what is missing; does not touch apt where nothing is.
install_packages() {
  local missing
  command -v dpkg-query >/dev/null ||
    die "this is no Debian. Install the equivalents of these packages and build with cmake --preset release: $*"
  read -ra missing <<<"$(missing_packages "$@")"
  if ((${#missing[@]} == 0)); then
    note "all ${#} Debian packages are there"
    return
  fi
  note "installing ${#missing[@]} Debian packages: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  as_root apt-get update -qq || note "apt-get update failed; trying with the package lists that are there"
  as_root apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
    die "apt could not install ${missing[*]}. Is this Debian 12, and is its package mirror in reach?"
}
