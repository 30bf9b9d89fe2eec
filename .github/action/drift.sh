# Compares the generated files with the specs and writes the diff to the job summary.
set -euo pipefail

# GitHub limits a summary to 1 MiB.
limit=900000
read -ra specs <<< "$SPECS"
patch="$RUNNER_TEMP/magespec.patch"
status=0
magespec diff --exit-code --format patch -- "${specs[@]}" > "$patch" || status=$?
case $status in
  0)
    echo "drift=false" >> "$GITHUB_OUTPUT"
    echo "The generated modules are up to date." >> "$GITHUB_STEP_SUMMARY"
    ;;
  2)
    echo "drift=true" >> "$GITHUB_OUTPUT"
    {
      echo "### The generated modules are out of date"
      echo
      echo "Run \`magespec build $SPECS\` and commit the result. It will make these changes:"
      echo
      # Longer than any fence in a generated file.
      echo "~~~~~~~~~~~~diff"
      head -c "$limit" "$patch"
      [ "$(wc -c < "$patch")" -le "$limit" ] || printf '\n… truncated: run `magespec diff` for the whole diff\n'
      echo "~~~~~~~~~~~~"
    } >> "$GITHUB_STEP_SUMMARY"
    echo "::error title=drift::the generated modules are out of date; see the diff in the job summary"
    [ "$FAIL_ON_DRIFT" != true ] || exit 1
    ;;
  *)
    exit "$status"
    ;;
esac
