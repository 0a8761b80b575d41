# A daemon includes only common/ and itself, never another daemon; common/ no daemon. (Rooms among each other: order.)
/^#[ ]*include "/ {
        split($0, quoted, "\"")
        split(FILENAME, from, "/")
        if (split(quoted[2], to, "/") < 2 || quoted[2] ~ /(\.pb-c|\/calls)\.h$/) {
                if (quoted[2] !~ /(\.pb-c|\/calls)\.h$/) offence("include by the path from the root: \"" quoted[2] "\"")
                next
        }
        if (to[1] == "services") {
                if (from[1] != "services") offence("common/ does not know the daemons")
                else if (from[2] != to[2]) offence("services/" from[2] " may not include " quoted[2])
        } else if (to[1] != "common")
                offence("neither common/ nor services/: \"" quoted[2] "\"")
}
