# What a document points at is there: links, `paths`, `names()`, the glossary's identifiers, quoted lines of C.

# KIND PLACE TOKEN for each of them: a link, a path (or a file's name), a function, a word of the glossary, a line of C.
tokens() {
        awk '
                { place = FILENAME ":" FNR }
                /^```/ { fenced = /^```c$/ ? "c" : fenced == "" ? "other" : ""; next }
                fenced == "c" { sub(/^ +/, ""); print "quote", place, $0 }
                fenced == "" {
                        rest = $0
                        while (match(rest, /\]\([^) ]+/)) {
                                link = substr(rest, RSTART + 2, RLENGTH - 2)
                                rest = substr(rest, RSTART + RLENGTH)
                                if (link !~ /^[a-z]+:/) print "link", place, link
                        }
                        split(FILENAME ~ /glossary\.md$/ ? $0 : "", column, "|")
                        count = split($0, part, "`")
                        for (i = 2; i <= count; i += 2) {
                                if (part[i] ~ /^[A-Za-z0-9_.<>][A-Za-z0-9_.*\/{},<>-]*$/ &&
                                    part[i] ~ /\/|\.(c|h|md|json|proto|ts|tsx|mjs|sh|awk|svg|png|txt)$/)
                                        print "path", place, part[i]
                                else if (part[i] ~ /^[a-z_][a-z0-9_]*\(\)$/)
                                        print "name", place, substr(part[i], 1, length(part[i]) - 2)
                                else if (index(column[3], "`" part[i] "`") && part[i] ~ /^[A-Za-z_]+$/)
                                        print "name", place, part[i]
                        }
                }' "$@"
}

# Is there something at this path? What stands for a name (<name>, NAME, {a,b}) may be anything.
leads_somewhere() {
        [ -e "$1" ] || compgen -G "$(printf '%s' "$1" | sed 's/<[^>]*>\|{[^}]*}\|[A-Z][A-Z]\+/*/g')" >/dev/null
}

# Is there a file, and in it a heading of that #anchor, as GitHub makes anchors of headings?
link_is_good() {
        local file=$1/${2%%#*} anchor=${2#*#}
        [ "${2%%#*}" ] || file=$3
        [ -e "$file" ] || return 1
        [[ $2 != *#* ]] || sed -n 's/^##* //p' "$file" | tr 'A-Z' 'a-z' | sed 's/[^a-z0-9 _-]//g; s/ /-/g' |
                grep -qxF -- "$anchor"
}

path_is_good() {
        local directory=$1 path=$2 first=${2%%/*}
        case $path in
        ../shared/*) return 0 ;; # beside the project, on the machines that have it
        build/* | run/* | */dist | tests/fuzz/crashes*) return 0 ;; # made by running
        */*)
                if [ -d "$first" ] || [ -d "$directory/$first" ]; then
                        leads_somewhere "$path" || leads_somewhere "$directory/$path"
                        return
                fi
                # an address, a type, a pair
                [[ $path =~ \.(c|h|md|json|proto|ts|tsx|mjs|sh|awk|svg|png|txt)$ ]] || return 0
                ;;
        esac
        [ -n "${basenames[${path##*/}]:-}" ] || [[ ${path##*/} =~ [A-Z*\<{] ]]
}

declare -A basenames words
while read -r path; do
        basenames[${path##*/}]=1
done < <(files -true)
while read -r word; do
        words[$word]=1
done < <(find common services proto tests/lib tests/unit -name '*.[ch]' -o -name '*.proto' 2>/dev/null |
        xargs -r grep -hoE '[A-Za-z_]+[A-Za-z0-9_]*' | sort -u)

while read -r kind place token; do
        file=${place%%:*}
        directory=.
        [[ $file != */* ]] || directory=${file%/*}
        case $kind in
        link) link_is_good "$directory" "$token" "$file" || echo "$place: leads nowhere: $token" ;;
        path) path_is_good "$directory" "$token" || echo "$place: no such file: $token" ;;
        quote) grep -rqsF -- "$token" common services || echo "$place: no such line: $token" ;;
        name) [ -n "${words[$token]:-}" ] || echo "$place: no such name: $token" ;;
        esac
done < <(tokens "$@")
