# Every text file ends with a newline.
for file in "$@"; do
        if [ -s "$file" ] && [ -n "$(tail -c 1 "$file")" ]; then
                echo "$file:$(($(wc -l <"$file") + 1)): no newline at the end"
        fi
done
