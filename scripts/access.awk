# scripts/access.awk: docs/ACCESS.md from three lists, each behind a line that names it: "@roles" (scripts/roles.awk),
# "@methods" and "@rows" (proto/access.awk).
function mark(field, role,    reads, gives) {
        reads = index("," readers[field] ",", "," role ",")
        gives = index("," givers[field] ",", "," role ",")
        return reads && gives ? "RG" : reads ? "R" : gives ? "G" : ""
}
# Fields of a message, those inside counted too.
function cells_in(type,    i, sum) {
        if (type in counted) return counted[type]
        for (i = 1; i <= size[type]; i++)
                sum += 1 + (inside[type, i] == "-" ? 0 : cells_in(inside[type, i]))
        return counted[type] = sum + 0
}
# Of these, how many a role reads (R) or gives (G).
function granted_in(type, role, letter,    i, sum) {
        if ((type, role, letter) in counted_for) return counted_for[type, role, letter]
        for (i = 1; i <= size[type]; i++)
                if (index(mark(type SUBSEP i, role), letter))
                        sum += 1 + (inside[type, i] == "-" ? 0 : granted_in(inside[type, i], role, letter))
        return counted_for[type, role, letter] = sum + 0
}
function count_cells(    m, r, asked) {
        for (m = 1; m <= methods; m++)
                for (r = 1; r <= role_count; r++) {
                        asked = index(roles_of[method[m]], " " role[r] " ")
                        cells += cells_in(output[m]) + cells_in(input[m])
                        if (asked) granted += granted_in(output[m], role[r], "R") + granted_in(input[m], role[r], "G")
                        read_cells += cells_in(output[m])
                }
}
function write_methods(service,    m, said, r) {
        print "\n| method | request | answer | who asks |\n|---|---|---|---|"
        for (m = 1; m <= methods; m++) {
                if (index(method[m], service ".") != 1) continue
                said = ""
                for (r = 1; r <= role_count; r++)
                        if (index(roles_of[method[m]], " " role[r] " ")) said = said (said == "" ? "" : ", ") role[r]
                printf "| `%s` | `%s` | `%s` | %s |\n", method[m], input[m], output[m], said
        }
}
# Fields that the same roles read and give share a line, in the order of the first of them.
function write_message(type,    i, r, key, keys, n, fields, cell, line, k) {
        for (i = 1; i <= size[type]; i++) {
                key = ""
                for (r = 1; r <= role_count; r++) key = key " " mark(type SUBSEP i, role[r]) " |"
                if (!(key in fields)) keys[++n] = key
                fields[key] = fields[key] (fields[key] == "" ? "" : ", ") "`" name[type, i] "`" \
                              (inside[type, i] == "-" ? "" : " → `" inside[type, i] "`")
        }
        if (n == 0) return
        printf "\n**`%s`**\n\n|", type
        for (r = 1; r <= role_count; r++) printf " %s |", role[r]
        printf " fields |\n|"
        for (r = 0; r <= role_count; r++) printf "---|"
        print ""
        for (k = 1; k <= n; k++) printf "|%s %s |\n", keys[k], fields[keys[k]]
}
function write_words(    t, i, said) {
        print "\n## Own words\n\nWhat somebody writes in words of her own, and who will read it.\n"
        print "| request, or part of one | field | who will read it |\n|---|---|---|"
        for (t = 1; t <= types; t++)
                for (i = 1; i <= size[type_at[t]]; i++) {
                        said = told[type_at[t], i]
                        if (said == "-") continue
                        gsub(/,/, ", ", said)
                        printf "| `%s` | `%s` | %s |\n", type_at[t], name[type_at[t], i], said
                }
}
BEGIN {
        role_count = split("facilitator coordinator buyer company structure prescriber auditor operator service " \
                           "data_protection", role, " ")
        service_count = split("contracts tracking directory notifications reporting accounts gateway types", \
                              services, " ")
}
/^@/ { list = $0; next }
list == "@roles" {
        roles_of[$1] = " "
        for (i = 2; i <= NF; i++) roles_of[$1] = roles_of[$1] tolower($i) " "
}
list == "@methods" { method[++methods] = $1; input[methods] = $2; output[methods] = $3 }
list == "@rows" {
        if (!($1 in size)) type_at[++types] = $1
        i = ++size[$1]
        name[$1, i] = $2
        inside[$1, i] = $3
        readers[$1, i] = $4
        givers[$1, i] = $5
        told[$1, i] = $6
}
END {
        count_cells()
        printf "%d methods, %d messages. Role × method × field, fields inside counted at each place: %d cells, %d of " \
               "them granted; %d are of answers.\n", methods, types, cells, granted, read_cells
        for (s = 1; s <= service_count; s++) {
                found = 0
                for (t = 1; t <= types; t++) if (index(type_at[t], services[s] ".") == 1) found++
                if (!found) continue
                printf "\n## %s\n", services[s]
                if (services[s] != "types") write_methods(services[s])
                for (t = 1; t <= types; t++) if (index(type_at[t], services[s] ".") == 1) write_message(type_at[t])
        }
        write_words()
}
