# docs/MESSAGES.md says what proto/, the dispatch tables and the handlers say: scripts/gen-docs writes it.
difference=$("$here/../../scripts/gen-docs" --root "$root" --print | diff "$1" - | head -n 1)
[ -z "$difference" ] || echo "$1:${difference%%[^0-9]*}: out of date; run scripts/gen-docs"
