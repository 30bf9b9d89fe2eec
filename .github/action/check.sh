# Checks the specs; each finding becomes an annotation of its line.
set -euo pipefail

read -ra specs <<< "$SPECS"
arguments=(--format github)
if [ "$DENY_WARNINGS" = true ]; then
  arguments+=(--deny warnings)
fi
magespec check "${arguments[@]}" -- "${specs[@]}"
