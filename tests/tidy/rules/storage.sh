# docs/STORAGE.md has, in the section of its store, a row for every table, with its kind, and no other; a struct that it
# says to be so many bytes long is.
awk -v document=docs/STORAGE.md '
        function section_of(path, part) {
                if (path ~ /^services\//)
                        return split(path, part, "/") > 1 ? part[2] : path
                return path ~ /vault\.c$/ ? "keys" : "The runtime\047s tables"
        }
        FILENAME == document && /^## / { section = substr($0, 4) }
        FILENAME == document && match($0, /^\| `[a-z_]+` \| [A-Z]+ \|/) {
                split($0, column, " ")
                row[section, substr(column[2], 2, length(column[2]) - 2), column[4]] = FNR
        }
        FILENAME == document && match($0, /`struct [a-z_]+`, [0-9]+ bytes/) {
                split(substr($0, RSTART, RLENGTH), word, /[ `,]+/)
                said[word[3]] = word[4]
                said_at[word[3]] = FNR
        }
        FILENAME == document { next }
        match($0, /_Static_assert\(sizeof\(struct [a-z_]+\) == [0-9]+/) {
                split(substr($0, RSTART, RLENGTH), word, /[ ()]+/)
                if (word[4] in said && said[word[4]] != word[6])
                        print document ":" said_at[word[4]] ": struct " word[4] " has " word[6] " bytes"
        }
        {
                for (rest = $0; match(rest, /"[a-z_]+", *TABLE_[A-Z]+/); rest = substr(rest, RSTART + RLENGTH)) {
                        split(substr(rest, RSTART, RLENGTH), part, /", *TABLE_|"/)
                        where = section_of(FILENAME)
                        if (!((where, part[2], part[3]) in row))
                                print FILENAME ":" FNR ": docs/STORAGE.md has no row | `" part[2] "` | " part[3] \
                                        " | under ## " where
                        delete row[where, part[2], part[3]]
                }
        }
        END {
                for (left in row) {
                        split(left, part, SUBSEP)
                        print document ":" row[left] ": no such table in " part[1] ": " part[2] " " part[3]
                }
        }' docs/STORAGE.md "$@" | sort -t: -k1,1 -k2,2n
