# Chooses the archive for this runner, and the folder that the cache keeps.
set -euo pipefail

version="$VERSION"
[ -n "$version" ] || version="$(sed -n 's/^version = "\(.*\)"$/\1/p' "$GITHUB_ACTION_PATH/Cargo.toml" | head -n 1)"
case "$RUNNER_ARCH" in
  X64) machine=x86_64 ;;
  ARM64) machine=aarch64 ;;
  *) machine="$RUNNER_ARCH" ;;
esac
case "$RUNNER_OS" in
  Linux)
    # The binary for GNU needs glibc 2.35; that for musl is static.
    glibc="$(getconf GNU_LIBC_VERSION 2>/dev/null || true)"
    oldest="$(printf '%s\n' "glibc 2.35" "${glibc:-none}" | sort -V | head -n 1)"
    libc=musl
    [ "$oldest" != "glibc 2.35" ] || [ -z "$glibc" ] || libc=gnu
    archive="magespec-$machine-unknown-linux-$libc.tar.gz"
    ;;
  macOS) archive="magespec-$machine-apple-darwin.tar.gz" ;;
  # Windows on ARM runs programs for x64.
  *) archive="magespec-x86_64-pc-windows-msvc.zip" ;;
esac
{
  echo "version=${version#v}"
  echo "archive=$archive"
  echo "folder=$RUNNER_TEMP/magespec/archive"
} >> "$GITHUB_OUTPUT"
