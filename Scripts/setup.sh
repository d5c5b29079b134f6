# What run, test and install share: the Swift toolchain, and Debian packages where one is missing.
# Sourced, not run. Silent, and offline, when nothing is missing.

needed_swift=6.2

# The libraries that Inkling is built on; the last two lines are what the traits stand for.
build_packages=(
  libx11-dev libxext-dev
  libfreetype-dev libfontconfig-dev
  libpng-dev libjpeg-dev zlib1g-dev
)
traits=(--traits Fonts,Codecs)

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

# Ends with a sentence unless a Swift toolchain of at least $needed_swift is on the path.
require_swift() {
  local found
  if ! command -v swift >/dev/null; then
    fail "Inkling is built with Swift $needed_swift or newer, and no swift was found. Get it from https://swift.org/install and run this again."
  fi
  found=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1)
  if [ -z "$found" ] || [ "$(printf '%s\n' "$needed_swift" "$found" | sort -V | head -n 1)" != "$needed_swift" ]; then
    fail "Inkling is built with Swift $needed_swift or newer; this machine has ${found:-an unknown version}. Get a newer one from https://swift.org/install and run this again."
  fi
}

# Ends with a sentence where the folder's path has a character that SwiftPM's build plan cannot hold.
case ${here:-$PWD} in
  *[\"\\]*) fail "Inkling cannot be built in a folder whose path has a quotation mark or a backslash: ${here:-$PWD}. Move it to another folder." ;;
esac

# Installs those of the named Debian packages that are missing.
require_packages() {
  local missing=() package as_root=()
  if ! command -v dpkg-query >/dev/null; then
    say "This is no Debian or Ubuntu: make sure yourself that what these packages hold is installed: $*"
    return
  fi
  for package in "$@"; do
    if [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" != installed ]; then
      missing+=("$package")
    fi
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || fail "These packages are missing, and only root may install them: ${missing[*]}"
    as_root=(sudo)
  fi
  say "Installing ${missing[*]}"
  if ! install_packages "${missing[@]}"; then
    say "Fetching the list of packages first"
    "${as_root[@]}" apt-get update -qq >&2 || true
    install_packages "${missing[@]}" || fail "Could not install ${missing[*]}; install them by hand and run this again."
  fi
}

install_packages() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1
}
