# The first header a .c includes is its own, so that each header is known to compile alone.
FNR == 1 {
        seen = 0
        header = FILENAME
        sub(/\.c$/, ".h", header)
        exists = (getline ignored < header) >= 0
        close(header)
}
/^#[ ]*include/ && !seen {
        seen = 1
        if (exists && $0 !~ "\"" header "\"") offence("the first include is not \"" header "\"")
}
