# Builds magespec from the action's own checkout, unless it is already on the PATH.
set -euo pipefail

if command -v magespec >/dev/null; then
  magespec --version
  exit
fi
root="$RUNNER_TEMP/magespec"
cargo install --quiet --locked --path "$GITHUB_ACTION_PATH" --root "$root"
echo "$root/bin" >> "$GITHUB_PATH"
"$root/bin/magespec" --version
