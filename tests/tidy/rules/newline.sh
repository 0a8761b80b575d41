# Every text file ends with a newline.
# All of a file is one record for -z, which an empty one has not.
grep -LzP '\n\z' "$@" /dev/null | while read -r file; do
        [ ! -s "$file" ] || echo "$file:$(($(wc -l <"$file") + 1)): no newline at the end"
done
