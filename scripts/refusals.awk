# scripts/refusals.awk: what each method may refuse, read from the daemons' own sources: the refusals in its handler and
# in the functions that it calls, of its own house and of common/. What a value of the moment fills in is told as "…".
# Calls through pointers are not followed: what every request may be refused for (a right, a form) is told elsewhere.
#
#   awk -f scripts/refusals.awk FILE…   the rows as a C table (common/codec/method_refusals.h), for the build
BEGIN { WORDS_LEAST = 20 }
function house_of(file) {
        if (!sub(/^.*\/services\//, "", file)) return "common"
        sub(/\/.*/, "", file)
        return file
}
# A definition: its place is its file where it is static, its house where it is not.
function keep_function(text,    head, name, place, rest, one) {
        head = substr(text, 1, index(text, "(") - 1)
        name = head
        sub(/^.*[ *]/, "", name)
        place = (head ~ /^static / ? FILENAME : house_of(FILENAME)) SUBSEP name
        home[place] = FILENAME
        if (name ~ /^handle_/ && house_of(FILENAME) != "common") handlers[place] = name
        rest = text
        while (match(rest, /[a-z_][a-z0-9_]*\(/)) {
                one = substr(rest, RSTART, RLENGTH - 1)
                rest = substr(rest, RSTART + RLENGTH)
                if (one != name) calls[place] = calls[place] " " one
        }
        rest = text
        while (match(rest, /refuse\([^,"]*, *[A-Z_]+, *("[a-z_.]*"|[a-z_>.-]+), *("([^"\\]|\\.)*" *)+/)) {
                one = substr(rest, RSTART, RLENGTH)
                rest = substr(rest, RSTART + RLENGTH)
                keep_refusal(place, one)
        }
}
function keep_refusal(place, one,    code, field, text, words) {
        sub(/refuse\([^,"]*, */, "", one)
        code = one
        sub(/,.*/, "", code)
        if (code in alias) code = alias[code]
        sub(/^TYPES__REFUSAL_CODE__/, "", code)
        sub(/^[A-Z_]+, */, "", one)
        field = text = one
        sub(/,.*/, "", field)
        if (field !~ /^"/) field = "\"\""
        sub(/^[^,]*, */, "", text)
        gsub(/" +"/, "", text)
        sub(/ +$/, "", text)
        gsub(/%(\.?[0-9*]+)?(ll|z)?[a-z]/, "…", text)
        gsub(/%%/, "%", text)
        words = text
        gsub(/[^A-Za-z]/, "", words)
        if (text ~ /…/ && length(words) < WORDS_LEAST) return # nothing is left that says something
        refusals[place] = refusals[place] "\n" code "\t" field "\t" text
}
function place_of(file, name,    place) {
        place = file SUBSEP name
        if (place in home) return place
        place = house_of(file) SUBSEP name
        if (place in home) return place
        place = "common" SUBSEP name
        return place in home ? place : ""
}
function walk(place, method,    list, rows, row, n, i, next_place) {
        if (seen[method, place]++) return
        n = split(refusals[place], rows, "\n")
        for (i = 2; i <= n; i++) {
                if (told[method, rows[i]]++) continue
                split(rows[i], row, "\t")
                printf "        {\"%s\", TYPES__REFUSAL_CODE__%s, %s, %s},\n", method, row[1], row[2], row[3]
        }
        n = split(calls[place], list, " ")
        for (i = 1; i <= n; i++) {
                next_place = place_of(home[place], list[i])
                if (next_place != "") walk(next_place, method)
        }
}
function method_of(place, name,    words, n, i, out) {
        n = split(substr(name, 8), words, "_")
        for (i = 1; i <= n; i++) out = out toupper(substr(words[i], 1, 1)) substr(words[i], 2)
        return house_of(home[place]) "." out
}
FNR == 1 {
        text = ""
        in_comment = 0
        split("", alias)
}
/^#define +[A-Z_]+ +TYPES__REFUSAL_CODE__[A-Z_]+/ { alias[$2] = $3 }
/^#/ { next }
{
        if (in_comment) {
                if (!sub(/^.*\*\//, "")) next
                in_comment = 0
        }
        gsub(/\/\*[^*]*\*\//, "")
        if (sub(/\/\*.*$/, "")) in_comment = 1
}
text == "" && /^[a-z].*\(/ && !/;$/ && !/=/ { text = $0; next }
text != "" {
        line = $0
        sub(/^ +/, " ", line)
        text = text line
        if (/^}/) {
                keep_function(text)
                text = ""
        } else if (/^[^ ].*;$/) text = "" # only declared
}
END {
        print "#include \"common/codec/method_refusals.h\"\n"
        print "const struct method_refusal method_refusals[] = {"
        for (place in handlers) order[++count] = place
        for (i = 2; i <= count; i++) # their order in memory is nobody's
                for (j = i; j > 1 && order[j] < order[j - 1]; j--) {
                        place = order[j]
                        order[j] = order[j - 1]
                        order[j - 1] = place
                }
        for (i = 1; i <= count; i++) walk(order[i], method_of(order[i], handlers[order[i]]))
        print "};\nconst size_t method_refusals_count = sizeof(method_refusals) / sizeof(method_refusals[0]);"
}
