# ./dev setup: Debian packages, files out of npm packages, the dashboard's packages. Installs only what is missing.
# shellcheck shell=bash

readonly OLDEST_NODE="20.19.0"
PATH="$ROOT/third_party/node/bin:$PATH"

missing_packages() {
    local wanted installed
    wanted=$(sed -E 's/[[:space:]]*#.*//; /^$/d' tools/dev/packages.txt | sort)
    # Debian's own npm would take the place of a Node that the machine got elsewhere.
    command -v npm >/dev/null || wanted=$(printf '%s\nnpm\n' "$wanted" | sort)
    # shellcheck disable=SC2086
    installed=$( (dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' $wanted 2>/dev/null || true) |
        sed -n 's/^.i //p' | sort)  # dpkg-query fails when it does not know a name
    comm -23 <(echo "$wanted") <(echo "$installed")
}

explain_apt() {
    if grep -qE 'Could not resolve|Temporary failure|Unable to connect|Connection timed out|Failed to fetch' "$1"; then
        fail "The Debian servers cannot be reached. Check the network, or the proxy and mirror in /etc/apt."
    elif grep -q 'Unable to locate package' "$1"; then
        fail "apt does not know some package. Mainstay is built on Debian 12 (bookworm); this is" \
            "$(sed -n 's/^PRETTY_NAME=//p' /etc/os-release)."
    elif grep -qE 'No space left|enough free space' "$1"; then
        fail "The disk is full. Make room under / and /var, then run ./dev setup again."
    fi
    fail "apt-get failed as shown above. Mend that, then run ./dev setup again."
}

install_packages() {
    local packages=("$@") log=build/log/apt.log
    command -v apt-get >/dev/null || fail "There is no apt-get here: Mainstay is built on Debian 12."
    need_disk 3 "Installing packages"
    need_root "Installing packages" "apt-get update && apt-get install -y --no-install-recommends ${packages[*]}"
    # The package would otherwise create a PostgreSQL cluster and start it at every boot.
    if [[ " ${packages[*]} " == *" postgresql "* && ! -e /etc/postgresql-common/createcluster.conf ]]; then
        as_root mkdir -p /etc/postgresql-common
        echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
    fi
    # And this one would start a server now and at every boot.
    if [[ " ${packages[*]} " == *" redis-server "* && -d /etc/systemd/system &&
        ! -e /etc/systemd/system/redis-server.service && ! -L /etc/systemd/system/redis-server.service ]]; then
        as_root ln -s /dev/null /etc/systemd/system/redis-server.service
    fi
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0)
    quietly "Reading the package lists" "$log" as_root "${apt[@]}" update || explain_apt "$log"
    quietly "Installing ${#packages[@]} Debian packages (some minutes on a fresh machine)" "$log" \
        as_root "${apt[@]}" install -y --no-install-recommends "${packages[@]}" || explain_apt "$log"
}

node_is_recent() {
    local have
    have=$(node --version 2>/dev/null) || return 1
    [[ $(printf '%s\n%s\n' "$OLDEST_NODE" "${have#v}" | sort -V | head -n 1) == "$OLDEST_NODE" ]]
}

# install_npm_packages FOLDER WHAT
install_npm_packages() {
    local lock=$1/package-lock.json stamp=$1/node_modules/.mainstay-lock
    [[ -e $lock ]] || return 0
    cmp -s "$lock" "$stamp" && return 0
    quietly "Installing $2" build/log/npm.log \
        npm --prefix "$1" ci --ignore-scripts --no-audit --no-fund --no-update-notifier ||
        fail "npm could not install $lock. Check the network, or npm's settings (npm config ls)."
    cp "$lock" "$stamp"
}

ensure_setup() {
    local missing
    missing=$(missing_packages)
    # shellcheck disable=SC2086
    [[ -z $missing ]] || install_packages $missing
    local with_node=()
    [[ -x third_party/node/bin/node ]] || ! node_is_recent && with_node=(--with-node)
    python3 tools/dev/fetch_npm.py tools/dev/npm_pins.json third_party "${with_node[@]}"
    hash -r
    install_npm_packages web "the dashboard's packages"
    install_npm_packages tests/servers "the servers that tests talk to"
}

setup_command() {
    (($# == 0)) || fail "./dev setup takes no arguments."
    local started=$SECONDS
    ensure_setup
    say "Everything that the build needs is here ($((SECONDS - started)) s). Next: ./dev run"
}
