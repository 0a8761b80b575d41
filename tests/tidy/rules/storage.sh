# docs/STORAGE.md has a row for every table of every store, with its kind.
grep -HnoE '"[a-z_]+", *TABLE_[A-Z]+' "$@" | while IFS=: read -r file line spec; do
        name=${spec#\"}
        name=${name%%\"*}
        grep -q "^| \`$name\` | ${spec##*TABLE_} |" docs/STORAGE.md ||
                echo "$file:$line: docs/STORAGE.md has no row | \`$name\` | ${spec##*TABLE_} |"
done
