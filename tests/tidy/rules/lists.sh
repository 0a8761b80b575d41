# What a document lists is what there is, all of it and no more: refusals and their status, methods and events of a
# daemon, who follows whom, rooms of common/ and their libraries, verbs of guichetctl, fuzz targets, benches, stages of
# the tests, decisions. The glossary has a word once, in the order of the alphabet.

# compare DOCUMENT WHAT THERE NAMED: two lists, one thing a line.
compare() {
        [ -e "$1" ] || return 0
        comm -3 <(grep . <<<"$3" | sort -u) <(grep . <<<"$4" | sort -u) |
                awk -v place="$1:1: " -v what=" $2 " '{
                        print place (sub(/^\t/, "") ? "there is no" : "lacks the") what $0
                }'
}
# rows DOCUMENT HEADING: the words in backquotes that begin the rows of the table below it.
rows() {
        awk -F'|' -v heading="$2" '/^#/ { here = $0 == heading } here && /^\| `/ { print $2 }' "$1" |
                grep -oE '`[^`]+`' | tr -d '\`'
}

# Refusals: CODE STATUS, as the protocol and the gateway have them.
status_of() {
        grep -oE "__$1, [0-9]+" common/codec/problem_kinds.c | grep -oE '[0-9]+$'
}
refusals() {
        sed -n '/^enum RefusalCode/,/^}/p' proto/types.proto | grep -oE '^ *[A-Z_]+ = [1-9][0-9]*' |
                while read -r code _; do echo "$code $(status_of "$code")"; done
}
compare docs/ERRORS.md refusal "$(refusals)" "$(awk -F'[|,]' '
        /^#/ { here = /^## Refusals$/ }
        here && /^\| [A-Z_]+ \| [0-9]/ { gsub(/ /, ""); print $2 " " $3 }' docs/ERRORS.md)"

# Methods and events, where the README of a daemon names them and does not send to docs/MESSAGES.md instead.
for readme in services/*/README.md; do
        service=${readme%/README.md} service=${service#services/}
        [ -d "proto/$service" ] && ! grep -q "MESSAGES.md#$service" "$readme" || continue
        for name in $(grep -hoE '^ *rpc [A-Za-z]+' proto/"$service"/*.proto | awk '{ print $2 }') \
                $(sed -n '/^message Event {/,/^}/p' "proto/$service/events.proto" 2>/dev/null |
                        awk '/ = [0-9]+;/ { sub(/.*\./, "", $1); print $1 }'); do
                grep -q "\`$name\`" "$readme" || echo "$readme:1: lacks the method or event $name"
        done
done

# Rooms of a daemon, where its README has a table of them.
for readme in services/*/README.md; do
        heading=$(grep -x -B 9 '| room | what |' "$readme" | grep '^#' | tail -n 1)
        [ -z "$heading" ] || compare "$readme" room "$(find "${readme%/*}"/*/ -maxdepth 0 | xargs -n 1 basename)" \
                "$(rows "$readme" "$heading" | tr -d /)"
done

# Who follows whom: FOLLOWER SOURCE copies and reacts.
followed() {
        grep -HoE '\.(service|copy|react) = ("[a-z]+")?' services/*/*.c | awk -F'[/:"]' '
                / = / && $4 ~ /service/ { key = $2 " " $5 }
                $4 ~ /copy/ { copies[key] = 1; all[key] = 1 }
                $4 ~ /react/ { reacts[key] = 1; all[key] = 1 }
                END { for (k in all) print k (k in copies ? " copies" : "") (k in reacts ? " reacts" : "") }'
}
compare docs/ARCHITECTURE.md following "$(followed)" "$(awk -F' *[|] *' '
        $2 == "follows →" { for (i = 3; i < NF; i++) source[i] = $i; here = 1; next }
        here && !/^\|/ { here = 0 }
        here && $3 !~ /^-/ {
                for (i = 3; i < NF; i++)
                        if (gsub(",", "", $i) || $i != "")
                                print $2 " " source[i] " " $i
        }
        ' docs/ARCHITECTURE.md)"

# Rooms of common/, and the libraries that each may use: ROOM LIBRARY.
compare docs/ARCHITECTURE.md room "$(find common -mindepth 1 -maxdepth 1 -type d 2>/dev/null | sort)" \
        "$(grep -oE '`common/[a-z]+/`' docs/ARCHITECTURE.md | tr -d '\`' | sed 's|/$||')"
libraries=(sodium.h/libsodium utf8proc.h/utf8proc jansson.h/Jansson lmdb.h/LMDB uv.h/libuv zmq.h/ZeroMQ csv.h/libcsv
        xmlreader.h/libxml2)
used() {
        local room pair
        for room in common/*/; do
                room=${room#common/} room=${room%/}
                for pair in "${libraries[@]}"; do
                        grep -rqsE "#include <([a-z]+/)?${pair%/*}>" "common/$room" &&
                                echo "${room/export/import} ${pair#*/}"
                done
        done
}
compare docs/ARCHITECTURE.md "library of" "$(used)" "$(awk -F'|' -v known=" ${libraries[*]#*/} " '
        /^#/ { here = $0 == "## The layer law" }
        here && /^\| [a-z]/ {
                split($2, room, /[ ,]+/)
                count = split($3, word, /[ ,(;]+/)
                for (i = 1; i <= count; i++)
                        if (index(known, " " word[i] " ") && word[i] != "")
                                print room[2] " " word[i]
        }' docs/ARCHITECTURE.md)"

# Daemons that seal with keys of their own.
compare docs/STORAGE.md "keys of" "$(grep -lF '.seals = true' services/*/*.c | cut -d/ -f2)" \
        "$(sed -n 's/^In `keys.` inside the stores of \([a-z, ]*\), a store.*/\1/p' docs/STORAGE.md 2>/dev/null |
                grep -oE '[a-z]+' | grep -vx and)"

compare services/ctl/README.md verb "$(grep -oE '&verb_[a-z]+' services/ctl/verbs.c | sed 's/&verb_//')" \
        "$(rows services/ctl/README.md '# guichetctl' | awk '{ print $1 }')"
compare docs/TESTING.md "fuzz target" "$(files -path './tests/fuzz/fuzz_*.c' | sed 's|.*/fuzz_||; s|\.c$||')" \
        "$(rows docs/TESTING.md '## Fuzzing')"
compare docs/TESTING.md bench "$(grep -oE '^ *\{"[a-z-]+", bench_' tests/bench/main.c | cut -d'"' -f2)" \
        "$(rows docs/TESTING.md '## Benches')"
compare docs/TESTING.md stage "$(sed -n 's/^stages=(\(.*\))$/\1/p' scripts/test | tr ' ' '\n')" \
        "$(awk '/^The stages of/ { here = 1 } here && !NF { exit } here' docs/TESTING.md |
                grep -oE '`[a-z]+`( \(|[,.])' | tr -d '\`,. (' | grep -vx threads)"

compare docs/decisions/README.md decision "$(files -path './docs/decisions/[0-9]*.md' | sed 's|.*/||')" \
        "$(grep -oE '^\| \[[0-9]+\]\([^)]*' docs/decisions/README.md | sed 's/.*(//')"

[ ! -e docs/glossary.md ] || sed -n 's/^| \([^-|][^|]*\) |.*/\1/p' docs/glossary.md | sed 1d |
        sed -E 's/à|â|À|Â/a/g; s/é|è|ê|ë|É|È|Ê/e/g; s/î|ï|Î/i/g; s/ô|ö|Ô/o/g; s/ù|û|ü/u/g; s/ç|Ç/c/g; s/œ/oe/g' |
        tr 'A-Z' 'a-z' | sed 's/[^a-z0-9]\{1,\}/ /g; s/ $//' | sort -c -u 2>&1 |
        sed -n 's|^sort: -:\([0-9]*\): disorder: |docs/glossary.md:1: not in order, or twice: |p' || true
