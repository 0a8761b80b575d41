# Every bash script can be parsed, and says in a comment at its head what it does.
for file in "$@"; do
        head -n 1 "$file" | grep -q '^#!/bin/bash' || [[ $file == *.sh ]] || continue
        said=$(bash -n "$file" 2>&1) || echo "$file:1: $said"
        [[ $file == *.sh ]] || sed -n 2p "$file" | grep -q '^# ' || echo "$file:2: no comment that says what it does"
done
