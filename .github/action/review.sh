# Writes the review of a change to the job summary, and fails on the risks that FAIL_ON names.
set -euo pipefail

if [ -z "$FROM" ]; then
  echo "No revision to compare with: set review-from, or run on pull_request."
  exit
fi
read -ra specs <<< "$SPECS"
read -ra risks <<< "$FAIL_ON"
arguments=()
for risk in ${risks[@]+"${risks[@]}"}; do
  arguments+=(--deny "$risk")
done
# A shallow clone has the last commit only.
if ! git rev-parse --quiet --verify "$FROM^{commit}" > /dev/null; then
  git fetch --quiet --depth=1 origin "$FROM"
  FROM=$(git rev-parse FETCH_HEAD)
fi
page="$RUNNER_TEMP/magespec-review.md"
status=0
# At most 1 MiB, which GitHub takes.
magespec review --from "git:$FROM" --format markdown --output "$page" ${arguments[@]+"${arguments[@]}"} -- "${specs[@]}" || status=$?
if [ -f "$page" ]; then
  cat "$page" >> "$GITHUB_STEP_SUMMARY"
fi
if [ "$status" -ne 0 ]; then
  echo "::error title=review::the review found errors; see the job summary and the log"
fi
exit "$status"
