# docs/MESSAGES.md and docs/ACCESS.md say what proto/, the dispatch tables and the handlers say: scripts/gen-docs writes
# them.
for document in "$@"; do
        difference=$("$here/../../scripts/gen-docs" --root "$root" --print "$document" | diff "$document" - | head -n 1)
        [ -z "$difference" ] || echo "$document:${difference%%[^0-9]*}: out of date; run scripts/gen-docs"
done
