# What packaging/run and packaging/test share. Sourced, not run.
# shellcheck shell=bash

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
target_dir=${CARGO_TARGET_DIR:-target}

# To build: a C compiler and cmake for libopus and SQLite, ALSA's headers for sound output.
build_packages=(gcc libc6-dev make cmake pkg-config libasound2-dev)
# To run: what the window library opens by name when it starts, and ALSA's way to a sound server.
run_packages=(libasound2-plugins libgl1 libegl1 libx11-6 libx11-xcb1 libxcursor1 libxi6 libxrandr2 libxkbcommon0 libxkbcommon-x11-0)
# To test: a screen, a software OpenGL, a keyboard, a sound server whose output can be recorded,
# and a session bus with a media controller on it.
test_packages=(xvfb xdotool libgl1-mesa-dri pulseaudio pulseaudio-utils dbus-daemon dbus-bin playerctl)

say() { printf '%s\n' "$*" >&2; }

need_rust() {
    # rustup installs here; a shell opened before it does not know yet.
    [ -d "$HOME/.cargo/bin" ] && PATH="$HOME/.cargo/bin:$PATH"
    if ! command -v cargo >/dev/null; then
        say "Maeum is built with Rust, which is not installed here. Get it with"
        say "    curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh"
        say "(or see https://rustup.rs), then run this command again."
        exit 1
    fi
    local needed have
    needed=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
    have=$(rustc --version | cut -d' ' -f2)
    if [ "$(printf '%s\n' "$needed" "$have" | sort -V | head -n 1)" != "$needed" ]; then
        say "Maeum needs Rust $needed or newer; here is $have. Update it with: rustup update stable"
        exit 1
    fi
}

# need_packages PACKAGE…: installs what is missing. Asks before using sudo; silent as root.
need_packages() {
    if ! command -v dpkg-query >/dev/null; then
        say "Not a Debian or Ubuntu system: please see that the equivalents of these are installed:"
        say "    $*"
        return
    fi
    local missing=() package
    for package; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        say "These packages are missing: ${missing[*]}"
        if ! [ -t 0 ]; then
            say "Install them with: sudo apt-get install ${missing[*]}"
            exit 1
        fi
        read -r -p "Install them with sudo apt-get? [Y/n] " answer
        case $answer in [nN]*) exit 1 ;; esac
        as_root=(sudo)
    fi
    local log
    log=$(mktemp)
    if ! { "${as_root[@]}" apt-get update -q &&
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        say "Could not install: ${missing[*]}"
        exit 1
    fi
    rm -f "$log"
}

# Brings ONNX Runtime's library to $target_dir/onnxruntime when pip is there. Without it the
# player runs its models with the engine that is compiled in, only slower.
bring_onnxruntime() {
    local folder=$target_dir/onnxruntime
    local version wheels
    version=$(sed -n 's/^onnxruntime==\([0-9.]*\).*/\1/p' packaging/onnxruntime.txt)
    [ -f "$folder/version" ] && [ "$(cat "$folder/version")" = "$version" ] && return
    if [ "$(uname -s)" != Linux ] || ! python3 -m pip --version >/dev/null 2>&1; then
        say "Going on without ONNX Runtime (no pip): models run on the built-in engine."
        return
    fi
    wheels=$(mktemp -d)
    if python3 -m pip download -q --disable-pip-version-check --no-deps --only-binary=:all: --require-hashes \
        --python-version 3.12 --implementation cp --platform "manylinux_2_28_$(uname -m)" \
        -d "$wheels" -r packaging/onnxruntime.txt >"$wheels/log" 2>&1 &&
        python3 - "$wheels" "$folder" <<'PYTHON'; then
import pathlib, sys, zipfile
wheels, folder = map(pathlib.Path, sys.argv[1:])
wheel = zipfile.ZipFile(next(wheels.glob("*.whl")))
name = next(n for n in wheel.namelist() if n.startswith("onnxruntime/capi/libonnxruntime.so"))
folder.mkdir(parents=True, exist_ok=True)
(folder / "libonnxruntime.so").write_bytes(wheel.read(name))
for licence in ("LICENSE", "ThirdPartyNotices.txt"):
    if f"onnxruntime/{licence}" in wheel.namelist():
        (folder / licence).write_bytes(wheel.read(f"onnxruntime/{licence}"))
PYTHON
        printf '%s' "$version" >"$folder/version"
    else
        tail -n 3 "$wheels/log" >&2
        say "Going on without ONNX Runtime: models run on the built-in engine."
    fi
    rm -rf "$wheels"
}
