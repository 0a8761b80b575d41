# scripts/roles.awk: who may ask for what, read from the dispatch tables services/*/dispatch.c. Names of sets of roles
# are macros or enum members of the same file.
#
#   awk -f scripts/roles.awk FILE…             service.Method ROLE ROLE…, a line for each row
#   awk -v form=c -f scripts/roles.awk FILE…   the rows as a C table (common/codec/description.h), for the build
function expand(words,    list, n, i, out) {
        gsub(/ROLE_BIT\(/, "(", words)
        gsub(/[^A-Z_]+/, " ", words)
        n = split(words, list, " ")
        for (i = 1; i <= n; i++)
                out = out " " (list[i] in sets ? expand(sets[list[i]]) : list[i])
        return out
}
function write_row(method, roles,    list, n, i, bits, seen) {
        n = split(roles, list, " ")
        if (form != "c") {
                print method roles
                return
        }
        for (i = 1; i <= n; i++)
                bits = bits (list[i] in seen ? "" : " | 1u << TYPES__ROLE__" list[i]) (seen[list[i]] = "")
        printf "        {\"%s\", 0u%s},\n", method, bits
}
function read_file(    rest, one, name, quoted) {
        rest = text
        while (match(rest, /(#define +[A-Z_]+ +|[A-Z_]+ = )[^;={},"]+/)) {
                one = substr(rest, RSTART, RLENGTH)
                rest = substr(rest, RSTART + RLENGTH)
                sub(/#define +/, "", one)
                name = one
                sub(/[ =].*/, "", name)
                sets[name] = substr(one, length(name) + 1)
        }
        rest = text
        while (match(rest, /\{ *(\.method = )?"[A-Za-z]+",[^{}]*handle_[a-z_]+/)) {
                one = substr(rest, RSTART, RLENGTH)
                rest = substr(rest, RSTART + RLENGTH)
                split(one, quoted, "\"")
                sub(/.*(MODE_COMMAND|MODE_QUERY),/, "", one)
                sub(/(\.handle = )?handle_.*/, "", one)
                write_row(service "." quoted[2], expand(one))
        }
        text = ""
        split("", sets)
}
FNR == 1 {
        if (service != "") read_file()
        service = FILENAME
        sub(/\/dispatch\.c$/, "", service)
        sub(/.*\//, "", service)
}
FNR == 1 && NR == 1 && form == "c" {
        print "#include \"common/codec/description.h\""
        print "#include \"types.pb-c.h\"\n"
        print "const struct method_roles method_roles[] = {"
}
{
        sub(/\/\*.*\*\//, "")
        in_macro = in_macro || /^#define/
        ends = in_macro && !/\\$/
        text = text " " $0 (ends ? " ;" : "")
        if (ends) in_macro = 0
}
END {
        read_file()
        if (form == "c") print "};\nconst size_t method_roles_count = sizeof(method_roles) / sizeof(method_roles[0]);"
}
