# What a document points at is there: links, `paths`, `names()`, `identifiers`, the glossary's words, methods and words
# of the log, options of commands, settings with their defaults, quoted words of programs and lines of C.

# KIND PLACE TOKEN for each of them. What is written by scripts/gen-docs has names of its own; a decision, being dated,
# goes on naming what was.
tokens() {
        awk '
                function is_identifier(word) {
                        return word ~ /^[A-Za-z_][A-Za-z0-9_]*$/ && word ~ /_|[a-z][A-Z]/
                }
                BEGIN { command = "(guichetctl|guichet-[a-z]+|(scripts|tests/tidy)/[a-z-]+) [^`#;|]*" }
                { place = FILENAME ":" FNR }
                FNR == 1 { of_today = FILENAME !~ /docs\/(MESSAGES\.md|decisions\/)/ }
                {
                        for (rest = $0; match(rest, command); rest = substr(rest, RSTART + RLENGTH)) {
                                count = split(substr(rest, RSTART, RLENGTH), word, " ")
                                for (i = 2; i <= count; i++)
                                        if (word[i] ~ /^--[a-z-]+$/)
                                                print "option", place, word[1] ":" word[2] ":" word[i]
                        }
                        rest = $0
                        while (match(rest, /`[a-z0-9_]+\(\)` (in |\()`[a-z0-9_\/.]+\.[ch]`/)) {
                                split(substr(rest, RSTART, RLENGTH), word, /[`()]+/)
                                rest = substr(rest, RSTART + RLENGTH)
                                print "inside", place, word[2] ":" (word[4] ~ /[.][ch]$/ ? word[4] : word[3])
                        }
                        rest = $0
                        while (match(rest, /`[a-z]+_[a-z_]+` \([0-9][0-9,]*/)) {
                                split(substr(rest, RSTART, RLENGTH), word, "`")
                                rest = substr(rest, RSTART + RLENGTH)
                                gsub(/[^0-9]/, "", word[3])
                                print "default", place, word[2] ":" word[3]
                        }
                }
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
                                else if (index(column[3], "`" part[i] "`") && part[i] ~ /^[A-Za-z_]+$/ ||
                                         of_today && is_identifier(part[i]))
                                        print "name", place, part[i]
                                else if (of_today && part[i] ~ / / &&
                                         part[i] !~ /guichetctl|GUICHET_|scripts|[{"]|^\/\*/) {
                                        pieces = split(part[i], piece, / *… */)
                                        for (p = 1; pieces > 1 && p <= pieces; p++)
                                                if (length(piece[p]) > 3)
                                                        print "said", place, piece[p]
                                } else if (of_today && part[i] ~ /^[a-z_]+\.[A-Za-z_]+$/ && part[i] !~ /\.(mdb|scss)$/)
                                        print "dotted", place, part[i]
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

# A function that is said to be in a file.
stands_in() {
        grep -qsw -- "$3" "$2" "$1/$2" || { [[ $2 != */* ]] && files -name "$2" | xargs -r grep -qsw -- "$3"; }
}

# PROGRAM:WORD:--OPTION, the word being guichetctl's verb: the sources that read it name it.
option_is_good() {
        local program=${1%%:*} option=${1##*:} verb sources
        verb=${1#*:} verb=${verb%:*}
        case $program in
        guichetctl) mapfile -t sources < <(find services/ctl -name "${verb/wait/status}*.c" 2>/dev/null) ;;
        guichet-*) sources=(common/service/program.c) ;;
        *) sources=("$program") ;;
        esac
        [ "$option" = --help ] || grep -qsE -- "\"(--)?${option#--}\"|^[^#]*$option\b" "${sources[@]}" /dev/null
}

# SETTING:NUMBER, as its row has it; a constant there is looked up.
default_is_good() {
        local number
        number=$(cat "${product_sources[@]}" </dev/null | awk -v setting="\"${1%:*}\"" '
                { gsub(/[{},=]/, " ") }
                index($0, setting) { here = 1 }
                here && match($0, /(default_number|NULL) +[A-Z0-9_]+/) {
                        split(substr($0, RSTART, RLENGTH), word)
                        print word[2]
                        exit
                }
                /;$/ { here = 0 } # the statement is over: it was no row of settings')
        [[ $number != [A-Z]* ]] || number=$(grep -hoE "\b$number = [0-9]+" "${product_sources[@]}" /dev/null |
                grep -oE '[0-9]+$')
        [ "$number" = "${1#*:}" ]
}

declare -A basenames words
mapfile -t product_sources < <(find common services -name '*.[ch]' 2>/dev/null)
while read -r path; do
        basenames[${path##*/}]=1
done < <(files -true)
while read -r word; do
        words[$word]=1
done < <(files \( -path './common/*' -o -path './services/*' -o -path './proto/*' -o -path './tests/*' -o \
        -path './scripts/*' -o -path './deploy/*' \) ! -name '*.md' ! -name package-lock.json |
        xargs -r sed 's/\\n/ /g; s/_%s//g' | grep -oE '[A-Za-z_]+[A-Za-z0-9_]*' | sort -u)

while read -r kind place token; do
        file=${place%%:*}
        directory=.
        [[ $file != */* ]] || directory=${file%/*}
        case $kind in
        link) link_is_good "$directory" "$token" "$file" || echo "$place: leads nowhere: $token" ;;
        path) path_is_good "$directory" "$token" || echo "$place: no such file: $token" ;;
        quote) grep -rqsF -- "$token" common services || echo "$place: no such line: $token" ;;
        said) grep -qsF -- "$token" "${product_sources[@]}" /dev/null || echo "$place: nobody says: $token" ;;
        inside) stands_in "$directory" "${token#*:}" "${token%%:*}" || echo "$place: not there: ${token/:/ in }" ;;
        option) option_is_good "$token" || echo "$place: no such option: ${token//:/ }" ;;
        default) default_is_good "$token" || echo "$place: not its default: ${token//:/ }" ;;
        dotted)
                grep -qsF -- "\"$token\"" "${product_sources[@]}" /dev/null ||
                        [[ $token == *.[A-Z]* && -n ${words[${token#*.}]:-} ]] || echo "$place: no such name: $token"
                ;;
        name) # the gateway puts the names of its figures together
                [ -n "${words[$token]:-}${words[${token#guichet_http_}]:-}" ] || echo "$place: no such name: $token"
                ;;
        esac
done < <(tokens "$@")
