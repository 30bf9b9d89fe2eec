#!/usr/bin/env bash
# Makes the README's pictures from what magespec prints. Needs Chromium for the HTML page.
set -euo pipefail
cd "$(dirname "$0")/../.."

MAGESPEC_UPDATE=1 cargo test --quiet --test project pictures >/dev/null
cargo build --quiet
magespec=$PWD/target/debug/magespec

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
sed -e '/^\[rules\]/,$d' -e 's/Magento_Log::online/Magento_Customer::online/' docs/pictures/integration.toml >"$folder/integration.toml"
(
  cd "$folder"
  "$magespec" build >/dev/null 2>&1
  sed -i -e 's/http:/https:/' -e 's/Magento_Customer::online/Magento_Sales::ship/' integration.toml
  "$magespec" diff --format html 2>/dev/null >page.html
)
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1280,900 \
  --user-data-dir="$folder/profile" --screenshot=docs/pictures/diff.png "file://$folder/page.html" 2>/dev/null
