#!/usr/bin/env bash
# Proof that one command is enough: makes a bare Debian 12 in build/bare, clones this repository into it, runs ./dev run
# there and answers the first exercise. Called by ./dev check --long; needs debootstrap, and root or sudo. What apt and
# npm of this machine know of the network (mirror, proxy, certificates) goes along; nothing else does.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."

folder=$PWD/build/bare
root=$folder/root
packages=$folder/packages # kept, so that a second proof downloads little
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)

# Lines for sources.list: where this machine's apt gets bookworm from.
debian_sources() {
  apt-get indextargets --format "deb \$(REPO_URI) \$(CODENAME) main #\$(ORIGIN) \$(COMPONENT)" "Created-By: Packages" |
    sed -n 's/^\(deb [^ ]* bookworm[^ ]* main\) #Debian main$/\1/p' | sort -u
}

mirror() { debian_sources | awk '$3 == "bookworm" { print $2; exit }'; }

make_root() {
  local from
  from=$(mirror)
  [ -n "$from" ] || { echo "apt of this machine knows no mirror of Debian 12 (bookworm)" && return 1; }
  "${as_root[@]}" rm -rf "$root"
  mkdir -p "$folder" "$packages"
  "${as_root[@]}" debootstrap --variant=minbase --cache-dir="$packages" bookworm "$root" "$from"
  debian_sources | "${as_root[@]}" tee "$root/etc/apt/sources.list" >/dev/null
}

# The network as this machine sees it.
copy_network() {
  local certificates=${NODE_EXTRA_CA_CERTS:-}
  "${as_root[@]}" cp -L /etc/hosts /etc/resolv.conf "$root/etc/"
  { apt-config dump | grep -E '^Acquire::(http|https|Check)' || true; } |
    "${as_root[@]}" tee "$root/etc/apt/apt.conf.d/90network" >/dev/null
  if [ -n "$certificates" ]; then "${as_root[@]}" cp -L "$certificates" "$root/etc/network-certificates.pem"; fi
}

clone_repository() {
  rm -rf "$folder/trede"
  git clone --quiet --no-hardlinks . "$folder/trede"
  "${as_root[@]}" mv "$folder/trede" "$root/root/trede"
}

free_port() {
  local port=8180
  while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
  echo "$port"
}

# Runs as process 1 of its own space, so that nothing of it stays behind: neither a mount nor a server.
in_own_space() {
  local root=$1 packages=$2 port=$3 server
  local settings=(HOME=/root LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin)
  local name certificates=/etc/network-certificates.pem answer
  for name in http_proxy https_proxy no_proxy npm_config_registry; do
    if [ -n "${!name:-}" ]; then settings+=("$name=${!name}"); fi
  done
  if [ -e "$root$certificates" ]; then settings+=("NODE_EXTRA_CA_CERTS=$certificates"); fi
  mount -t proc proc "$root/proc"
  mount --rbind /dev "$root/dev"
  mount --bind "$packages" "$root/var/cache/apt/archives"
  bare() { exec chroot "$root" env -i "${settings[@]}" sh -c "cd /root/trede && $1"; }

  (bare "exec ./dev run --port $port") &
  server=$!
  until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
    kill -0 "$server" 2>/dev/null || { echo "./dev run ended before it served a page" && return 1; }
    sleep 1
  done
  echo "./dev run answers after $SECONDS s"
  answer="node tests/bare/first_answer.mjs http://localhost:$port"
  (bare "PATH=\$(echo build/node/node_modules/node-linux-*/bin):\$PATH $answer")
  kill -TERM "$server"
  wait "$server"
}

make_root
copy_network
clone_repository
"${as_root[@]}" env npm_config_registry="$(npm config get registry)" unshare --mount --pid --fork --kill-child \
  bash -euo pipefail -c "$(declare -f in_own_space); in_own_space \"\$@\"" bare "$root" "$packages" "$(free_port)"
"${as_root[@]}" rm -rf "$root"
echo "a bare Debian needed one command; $SECONDS s in all"
