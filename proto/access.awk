# access.awk: who reads which field of the answers, and who gives which field of the requests. Read from the comments
# above the messages of proto/, where whoever adds a field sees them:
#
#   // read by watchers, buyer: 1-9, 12
#   // read by watchers: note
#   // given by everybody but auditor: 1-4
#   // read and given by facilitator: 5
#   // told to facilitator, buyer: reason
#   message …
#
# A field is named by its number, by a range of numbers or by its name; "calibration.amount" is the field `amount` of
# the message in the field `calibration`, where it is read by others than elsewhere. Roles are those of types.proto in
# small letters; "watchers" are facilitator, coordinator, auditor, "partners" company, structure, "everybody" all
# persons, "nobody" nobody. A text in somebody's own words is told to those who will read it, wherever it is shown. What
# no line names is an error: the build stops (decision 0074).
#
#   awk -f proto/access.awk proto/*.proto proto/*/*.proto                 the C table (common/codec/access.h)
#   awk -v form=rows …     MESSAGE FIELD INSIDE READERS GIVERS TOLD, a line for each field; "-": not asked for
#   awk -v form=methods …  METHOD INPUT OUTPUT
function complain(text) {
        print "access: " text >"/dev/stderr"
        failed = 1
}
function begin_roles(    i, names) {
        count_roles = split("facilitator coordinator buyer company structure prescriber auditor operator service " \
                            "data_protection", names, " ")
        for (i = 1; i <= count_roles; i++) role_number[role_name[i] = names[i]] = i
        set["watchers"] = "facilitator coordinator auditor"
        set["partners"] = "company structure"
        set["everybody"] = "facilitator coordinator buyer company structure prescriber auditor operator data_protection"
        set["nobody"] = ""
        # What is one text in JSON: no parts of it are granted.
        for (i = split("Id Day Month Instant Hours Money Share Decimal", names, " "); i > 0; i--)
                is_value["types." names[i]]
}
# "watchers, buyer" -> " 1 2 3 7 ": the roles' numbers, ascending.
function roles_of(words, where,    halves, list, members, granted, i, j, n, m, half, out) {
        n = split(words, halves, / but /)
        for (half = 1; half <= n; half++) {
                m = split(halves[half], list, /, */)
                for (i = 1; i <= m; i++) {
                        if (!(list[i] in set) && !(list[i] in role_number))
                                complain(where ": no role is called " list[i])
                        for (j = split((list[i] in set) ? set[list[i]] : list[i], members, " "); j > 0; j--)
                                granted[role_number[members[j]]] = half == 1
                }
        }
        out = " "
        for (i = 1; i <= count_roles; i++) if (granted[i]) out = out i " "
        return out
}
function qualified(type) { return type ~ /[.]/ ? type : package "." type }

# ---- reading

function end_line(text) {
        sub(/\/\/.*/, "", text)
        return text
}
function read_fields(line,    one, words) {
        while (match(line, /(repeated +)?[A-Za-z][A-Za-z0-9.]* +[a-z_0-9]+ += +[0-9]+/)) {
                one = substr(line, RSTART, RLENGTH)
                line = substr(line, RSTART + RLENGTH)
                sub(/^repeated +/, "", one)
                split(one, words, / +/)
                field_name[message, ++field_count[message]] = words[2]
                field_number[message, field_count[message]] = words[4]
                field_at[message, words[2]] = field_count[message]
                number_at[message, words[4]] = field_count[message]
                field_type[message, field_count[message]] = qualified(words[1])
        }
}
FNR == 1 { begun = begun || begin_roles() + 1; package = ""; notes = 0 }
/^package / { package = $2; sub(/;/, "", package) }
/^\/\/ ((read|given|read and given) by|told to) / { note[++notes] = substr($0, 4); next }
/^\/\/ / && notes > 0 { complain(FILENAME ":" FNR ": who reads and gives stands right above its message"); next }
/^message / {
        message = package "." $2
        order[++messages] = message
        field_count[message] = 0
        for (i = 1; i <= notes; i++) noted[message, i] = note[i]
        noted_count[message] = notes
        place[message] = FILENAME
        notes = 0
        line = end_line($0)
        sub(/^message [A-Za-z0-9]+ *\{/, "", line)
        read_fields(line)
        if (line ~ /\}/) message = ""
        next
}
/^}/ { message = "" }
message != "" { read_fields(end_line($0)) }
match($0, /rpc +[A-Za-z]+ *\([A-Za-z.]+\) *returns *\([A-Za-z.]+\)/) && package != "runtime" {
        rest = $0
        while (match(rest, /rpc +[A-Za-z]+ *\([A-Za-z.]+\) *returns *\([A-Za-z.]+\)/)) {
                one = substr(rest, RSTART, RLENGTH)
                rest = substr(rest, RSTART + RLENGTH)
                gsub(/[()]/, " ", one)
                split(one, words, " ")
                method[++methods] = package "." words[2] " " qualified(words[3]) " " qualified(words[5])
        }
}

# ---- who is asked for what

function has_parts(type) { return (type in field_count) && !(type in is_value) }
function mark(type, direction,    i) {
        if (needed[type, direction]++) return
        for (i = 1; i <= field_count[type]; i++)
                if (has_parts(field_type[type, i])) mark(field_type[type, i], direction)
}
function grant(type, direction, i, roles, where) {
        if ((type, direction, i) in granted_to) complain(where ": " field_name[type, i] " is named twice")
        granted_to[type, direction, i] = roles
}
# `calibration.amount`: a type of its own for what is in that field.
function grant_inside(type, direction, path, roles, where,    parts, at, base, inner, i) {
        split(path, parts, ".")
        at = field_at[type, parts[1]]
        base = field_type[type, at]
        if (at == "" || !has_parts(base) || !((base, parts[2]) in field_at)) {
                complain(where ": no field is called " path)
                return
        }
        inner = type "." parts[1]
        if (!(inner in like)) {
                like[inner] = base
                inside[type, at] = inner
        }
        narrowed[inner, direction, field_at[base, parts[2]]] = roles
}
# "1-9", "note", "calibration.amount": grants each of them.
function grant_named(type, direction, named, roles, where,    ends, k) {
        if (named ~ /^[0-9]+(-[0-9]+)?$/) {
                if (split(named, ends, "-") == 1) ends[2] = ends[1]
                if (!((type, ends[1]) in number_at) || !((type, ends[2]) in number_at))
                        complain(where ": no field has the number " named)
                for (k = 1; k <= field_count[type]; k++)
                        if (field_number[type, k] + 0 >= ends[1] + 0 && field_number[type, k] + 0 <= ends[2] + 0)
                                grant(type, direction, k, roles, where)
        } else if (named ~ /[.]/)
                grant_inside(type, direction, named, roles, where)
        else if ((type, named) in field_at)
                grant(type, direction, field_at[type, named], roles, where)
        else
                complain(where ": no field is called " named)
}
function read_note(type, text,    head, count, directions, roles, list, n, d, i, where) {
        where = place[type] ": " type
        head = text
        sub(/:.*/, "", head)
        sub(/^[^:]*: */, "", text)
        match(head, / (by|to) /)
        roles = roles_of(substr(head, RSTART + RLENGTH), where)
        count = split(substr(head, 1, RSTART - 1), directions, / and /)
        n = split(text, list, /, */)
        for (d = 1; d <= count; d++)
                for (i = 1; i <= n; i++) grant_named(type, directions[d], list[i], roles, where)
}
function check_direction(type, direction,    i, where) {
        where = place[type] ": " type "."
        for (i = 1; i <= field_count[type]; i++) {
                if (needed[type, direction] && !((type, direction, i) in granted_to))
                        complain(where field_name[type, i] ": nothing says by whom it is " direction)
                if (!needed[type, direction] && ((type, direction, i) in granted_to))
                        complain(where field_name[type, i] ": it is never " direction)
                if (!needed[type, "given"] && ((type, "told", i) in granted_to))
                        complain(where field_name[type, i] ": it is told and never given")
        }
}
function copy_inner(inner,    base, i, roles) {
        base = like[inner]
        order[++messages] = inner
        field_count[inner] = field_count[base]
        needed[inner, "read"] = 1
        for (i = 1; i <= field_count[base]; i++) {
                field_name[inner, i] = field_name[base, i]
                field_number[inner, i] = field_number[base, i]
                field_type[inner, i] = field_type[base, i]
                roles = ((inner, "read", i) in narrowed) ? narrowed[inner, "read", i] : granted_to[base, "read", i]
                granted_to[inner, "read", i] = roles
                if ((base, i) in inside) inside[inner, i] = inside[base, i]
        }
}
function inside_of(type, i) {
        if ((type, i) in inside) return inside[type, i]
        return has_parts(field_type[type, i]) ? field_type[type, i] : ""
}
function is_granted(type, direction, i, role) { return index(granted_to[type, direction, i], " " role " ") > 0 }
# Whether that role misses something of it, here or inside.
function misses(type, direction, role,    key, i, inner) {
        key = type SUBSEP direction SUBSEP role
        if (key in missed) return missed[key]
        missed[key] = 0
        for (i = 1; i <= field_count[type] && !missed[key]; i++) {
                inner = inside_of(type, i)
                if (!is_granted(type, direction, i, role) || (inner != "" && misses(inner, direction, role)))
                        missed[key] = 1
        }
        return missed[key]
}

# ---- writing

function mask(type, direction, i,    role, sum) {
        for (role = 1; role <= count_roles; role++) if (is_granted(type, direction, i, role)) sum += 2 ^ role
        # Told to nobody is said too: ROLE_NONE, which french_roles() calls "personne".
        return direction == "told" && granted_to[type, direction, i] == " " ? 1 : sum + 0
}
function missing_mask(type, direction,    role, sum) {
        for (role = 1; needed[type, direction] && role <= count_roles; role++)
                if (misses(type, direction, role)) sum += 2 ^ role
        return sum + 0
}
# As protobuf-c orders the fields of a message: by number.
function sort_fields(type, ret,    i, j, n, at) {
        n = field_count[type]
        for (i = 1; i <= n; i++) {
                at = i
                for (j = i - 1; j >= 1 && field_number[type, ret[j]] + 0 > field_number[type, at] + 0; j--)
                        ret[j + 1] = ret[j]
                ret[j + 1] = at
        }
        return n
}
function names(roles,    list, n, i, out) {
        n = split(roles, list, " ")
        for (i = 1; i <= n; i++) out = out (i > 1 ? "," : "") role_name[list[i]]
        return out == "" ? "nobody" : out
}
function each_row(type,    sorted, n, i, inner) {
        n = sort_fields(type, sorted)
        for (i = 1; i <= n; i++) {
                inner = inside_of(type, sorted[i])
                print type, field_name[type, sorted[i]], inner == "" ? "-" : inner, \
                      needed[type, "read"] ? names(granted_to[type, "read", sorted[i]]) : "-", \
                      needed[type, "given"] ? names(granted_to[type, "given", sorted[i]]) : "-", \
                      ((type, "told", sorted[i]) in granted_to) ? names(granted_to[type, "told", sorted[i]]) : "-"
        }
}
function sort_messages(    i, j, at) {
        for (i = 2; i <= messages; i++) {
                at = order[i]
                for (j = i - 1; j >= 1 && order[j] > at; j--) order[j + 1] = order[j]
                order[j + 1] = at
        }
}
function write_fields(type,    sorted, n, i, inner) {
        n = sort_fields(type, sorted)
        if (n == 0) return
        printf "static const struct access_field of_%d[] = {\n", index_of[type]
        for (i = 1; i <= n; i++) {
                inner = inside_of(type, sorted[i])
                printf "        {0x%x, 0x%x, 0x%x, %s}, /* %s */\n", mask(type, "read", sorted[i]), \
                       mask(type, "given", sorted[i]), mask(type, "told", sorted[i]), \
                       inner == "" ? "NULL" : "&access_messages[" index_of[inner] "]", field_name[type, sorted[i]]
        }
        print "};"
}
function write_table(    i, n, type) {
        for (i = 1; i <= messages; i++)
                if (needed[order[i], "read"] || needed[order[i], "given"]) index_of[order[i]] = n++
        print "/* Made by proto/access.awk. */\n#include \"common/codec/access.h\"\n"
        for (i = 1; i <= messages; i++) if (order[i] in index_of) write_fields(order[i])
        printf "\nconst struct access_message access_messages[] = {\n"
        for (i = 1; i <= messages; i++) {
                type = order[i]
                if (type in index_of)
                        printf "        {\"%s\", 0x%x, 0x%x, %s, %d},\n", type, missing_mask(type, "read"), \
                               missing_mask(type, "given"), field_count[type] ? "of_" index_of[type] : "NULL", \
                               field_count[type]
        }
        print "};\nconst size_t access_messages_count = sizeof(access_messages) / sizeof(access_messages[0]);"
}
END {
        for (i = 1; i <= methods; i++) {
                split(method[i], words, " ")
                mark(words[2], "given")
                mark(words[3], "read")
        }
        for (i = 1; i <= messages; i++)
                for (k = 1; k <= noted_count[order[i]]; k++) read_note(order[i], noted[order[i], k])
        for (i = 1; i <= messages; i++) {
                check_direction(order[i], "read")
                check_direction(order[i], "given")
        }
        if (failed) exit 1
        for (inner in like) copy_inner(inner)
        sort_messages()
        if (form == "methods") for (i = 1; i <= methods; i++) print method[i]
        else if (form == "rows") {
                for (i = 1; i <= messages; i++)
                        if (needed[order[i], "read"] || needed[order[i], "given"]) each_row(order[i])
        } else write_table()
}
