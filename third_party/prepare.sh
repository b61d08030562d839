# Shared by app/run and tests/run: packages, configuration, build. Sourced by bash; says everything on standard
# error, so that what the program prints stays clean.

smidgen_source=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
smidgen_build=$smidgen_source/build

say() { printf '%s\n' "$*" >&2; }
refuse() { say "$*"; exit 1; }

# The names in packages.txt, one a line. A line "a | b" is satisfied by either; the first that the system knows is
# installed.
listed_packages() { sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$smidgen_source/third_party/packages.txt"; }

# Prints the lines of packages.txt that nothing installed satisfies.
missing_packages() {
    local installed
    installed=$(listed_packages | tr -s ' |' '\n' |
        xargs dpkg-query --showformat='${binary:Package} ${db:Status-Status}\n' --show 2>/dev/null)
    awk -F'[ :]' 'NR == FNR { if ($NF == "installed") have[$1] = 1; next }
        { found = 0; n = split($0, names, /[ |]+/); for (i = 1; i <= n; ++i) if (names[i] in have) found = 1 }
        !found' <(printf '%s\n' "$installed") <(listed_packages)
}

# Of each line, the first name that apt can install here.
installable_names() {
    local line name
    while read -r line; do
        for name in ${line//|/ }; do
            if apt-cache show --no-all-versions "$name" >/dev/null 2>&1; then break; fi
        done
        printf '%s\n' "$name"
    done
}

install_packages() {
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        [ -e "$smidgen_build/build.ninja" ] ||
            say "This system has no apt: what third_party/packages.txt names must be there already (see README.md)."
        return 0
    fi
    local missing names as_root=()
    missing=$(missing_packages)
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || refuse "These packages are missing, and there is no sudo to install them with." \
            "Install them as root and start again: apt-get install" $missing
        as_root=(sudo)
    fi
    say "Installing $(printf '%s\n' "$missing" | wc -l) missing packages with apt …"
    "${as_root[@]}" apt-get update -qq >&2 ||
        say "The package lists could not be fetched anew; going on with those that are there."
    names=$(printf '%s\n' "$missing" | installable_names)
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $names >&2 ||
        refuse "apt could not install what is missing (its reason stands above)." \
            "Check the network and the package sources, then start again:" $names
}

# As many compilers as there are cores and 2 GiB of free memory for each (a unit with LibTorch in it takes 1.3 GiB).
# $SMIDGEN_JOBS overrides.
build_jobs() {
    local cores gibibytes jobs
    if [ -n "${SMIDGEN_JOBS:-}" ]; then
        echo "$SMIDGEN_JOBS"
        return
    fi
    cores=$(nproc)
    gibibytes=$(awk '/^MemAvailable/ { print int($2 / 1048576) }' /proc/meminfo)
    jobs=$((gibibytes / 2 < cores ? gibibytes / 2 : cores))
    echo $((jobs > 0 ? jobs : 1))
}

# Configures build/ once. Later changes of CMake files are seen by Ninja itself.
configure() {
    local cache=$smidgen_build/CMakeCache.txt
    if [ -e "$smidgen_build/build.ninja" ] &&
        grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$smidgen_source" "$cache" 2>/dev/null; then
        return 0
    fi
    rm -rf "$cache" "$smidgen_build/CMakeFiles"
    say "Configuring …"
    cmake -S "$smidgen_source" -B "$smidgen_build" -G Ninja -DCMAKE_BUILD_TYPE=Release >&2 ||
        refuse "The build could not be configured; CMake's reason stands above."
}

# Ninja's lines on standard error: progress in place on a terminal, nothing at all when there was nothing to do.
show_build() {
    local line running=
    while IFS= read -r line; do
        case "$line" in
            "ninja: Entering directory"* | "ninja: no work to do." | *"Re-checking globbed directories"*) ;;
            "["*)
                if [ -t 2 ]; then
                    printf '\r\033[K%s' "${line:0:$((${COLUMNS:-100} - 1))}" >&2
                    running=yes
                else
                    say "$line"
                fi
                ;;
            *)
                [ -z "$running" ] || say ""
                running=
                say "$line"
                ;;
        esac
    done
    [ -z "$running" ] || printf '\r\033[K' >&2
}

# build TARGET…: everything that makes the targets runnable.
build() {
    install_packages
    configure
    ninja -C "$smidgen_build" -j "$(build_jobs)" "$@" 2>&1 | show_build ||
        refuse "The build failed; the reason stands above."
}
