# Compares the generated files with what the specs make; the diff becomes the job's summary.
set -euo pipefail

# A summary may have 1 MiB.
limit=900000
read -ra specs <<< "$SPECS"
patch="$RUNNER_TEMP/magespec.patch"
status=0
magespec diff --exit-code --format patch -- "${specs[@]}" > "$patch" || status=$?
case $status in
  0)
    echo "drift=false" >> "$GITHUB_OUTPUT"
    echo "The generated modules are what their specs make." >> "$GITHUB_STEP_SUMMARY"
    ;;
  2)
    echo "drift=true" >> "$GITHUB_OUTPUT"
    {
      echo "### The generated modules are not what their specs make"
      echo
      echo "Run \`magespec build $SPECS\` and commit what it writes. It would change:"
      echo
      # Longer than any fence in a generated file.
      echo "~~~~~~~~~~~~diff"
      head -c "$limit" "$patch"
      [ "$(wc -c < "$patch")" -le "$limit" ] || printf '\n… cut: the whole diff is in the log of `magespec diff`\n'
      echo "~~~~~~~~~~~~"
    } >> "$GITHUB_STEP_SUMMARY"
    echo "::error title=drift::the generated modules are not what their specs make; the job's summary shows the diff"
    [ "$FAIL_ON_DRIFT" != true ] || exit 1
    ;;
  *)
    exit "$status"
    ;;
esac
