# A header opens with its contract: a comment that names the file and says, before any code, what it is.
function check() {
        if (path != "" && (!named || size < 60))
                print path ":1: opens with no contract (/* " base ": what it is, ... */)"
}

FNR == 1 {
        check()
        path = base = FILENAME
        sub(/.*\//, "", base)
        named = index($0, "/* " base) == 1
        size = 0
        reading = 1
}
reading && code ~ /[^ ]/ { reading = 0 }
reading { size += length($0) }
END { check() }
