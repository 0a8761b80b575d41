# A room includes only itself and rooms below it; a daemon only common/ and itself, never another daemon.
BEGIN {
        split("base codec store bus service clients import export", rooms, " ")
        for (i in rooms) rank[rooms[i]] = i + 0
}

/^#[ ]*include "/ {
        split($0, quoted, "\"")
        split(FILENAME, from, "/")
        if (split(quoted[2], to, "/") < 2 || quoted[2] ~ /(\.pb-c|\/calls)\.h$/) {
                if (quoted[2] !~ /(\.pb-c|\/calls)\.h$/) offence("include by the path from the root: \"" quoted[2] "\"")
                next
        }
        if (to[1] == "common") {
                if (!(to[2] in rank)) offence("no such room: " quoted[2])
                else if (from[1] == "common" && rank[to[2]] > rank[from[2]])
                        offence("common/" from[2] " lies below common/" to[2])
        } else if (to[1] == "services") {
                if (from[1] != "services") offence("common/ does not know the daemons")
                else if (from[2] != to[2]) offence("services/" from[2] " may not include " quoted[2])
        } else
                offence("neither common/ nor services/: \"" quoted[2] "\"")
}
