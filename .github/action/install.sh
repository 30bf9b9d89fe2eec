# Puts the magespec of this version on the path: the one that is there, the release's binary, or one that is compiled.
set -euo pipefail

fail() {
  echo "::error title=magespec::$1"
  exit 1
}

if command -v magespec >/dev/null; then
  magespec --version
  exit
fi
if [ "$COMPILE" = true ]; then
  cargo install --quiet --locked --path "$GITHUB_ACTION_PATH" --root "$RUNNER_TEMP/magespec"
  echo "$RUNNER_TEMP/magespec/bin" >> "$GITHUB_PATH"
  "$RUNNER_TEMP/magespec/bin/magespec" --version
  exit
fi

url="${DOWNLOAD_URL%/}/$ARCHIVE"
mkdir -p "$FOLDER"
if [ ! -f "$FOLDER/$ARCHIVE" ]; then
  fetch() { curl --fail --silent --show-error --location --retry 3 --proto '=https,file' --output "$FOLDER/$1.part" "$2"; }
  fetch "$ARCHIVE" "$url" && fetch "$ARCHIVE.sha256" "$url.sha256" ||
    fail "cannot download $url; to compile magespec instead, set \`compile: \"true\"\`"
  mv "$FOLDER/$ARCHIVE.sha256.part" "$FOLDER/$ARCHIVE.sha256"
  mv "$FOLDER/$ARCHIVE.part" "$FOLDER/$ARCHIVE"
fi

# Also for an archive from the cache.
expected="$SHA256"
[ -n "$expected" ] || read -r expected _ < "$FOLDER/$ARCHIVE.sha256"
sum=(sha256sum)
command -v sha256sum >/dev/null || sum=(shasum -a 256)
read -r actual _ < <("${sum[@]}" < "$FOLDER/$ARCHIVE")
if [ "$actual" != "$expected" ]; then
  rm -f "$FOLDER/$ARCHIVE" "$FOLDER/$ARCHIVE.sha256"
  fail "the SHA-256 of $url is $actual, but $expected is expected"
fi

bin="$RUNNER_TEMP/magespec/bin"
mkdir -p "$bin"
case "$ARCHIVE" in
  *.zip) unzip -q -o -j "$FOLDER/$ARCHIVE" '*magespec.exe' -d "$bin" ;;
  *) tar -xzf "$FOLDER/$ARCHIVE" -C "$bin" --strip-components 1 ;;
esac
echo "$bin" >> "$GITHUB_PATH"
"$bin/magespec" --version
