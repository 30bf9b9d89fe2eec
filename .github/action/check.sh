# Checks the specs and annotates the lines of the findings.
set -euo pipefail

read -ra specs <<< "$SPECS"
arguments=(--format github)
if [ "$DENY_WARNINGS" = true ]; then
  arguments+=(--deny warnings)
fi
magespec check "${arguments[@]}" -- "${specs[@]}"
