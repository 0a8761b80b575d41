# junit.awk: counts what a JUnit file of ctest tells, by test function where the program printed TAP, else by program.
# Prints "passed failed skipped" on the first line, then one line for each failure. Read by scripts/test.

function attribute(name,    rest) {
        if (!match($0, name "=\"[^\"]*\"")) return ""
        rest = substr($0, RSTART + length(name) + 2, RLENGTH - length(name) - 3)
        return rest
}
function fail(what) { failed++; failures = failures program ": " what "\n" }

/<testcase / { program = attribute("name"); status = attribute("status"); ok = bad = left_out = planned = 0 }
{ sub(/^.*<system-out>/, "") }
/^1\.\.[0-9]/ { planned += substr($0, 4) }
/^ok [0-9]/ { ok++ }
/^not ok [0-9].*# SKIP/ { left_out++; next }
/^not ok [0-9]/ { bad++; name = $0; sub(/^not ok [0-9]+ -? */, "", name); fail(name) }
/<\/testcase>/ {
        passed += ok
        skipped += left_out
        if (status == "fail" && ok + bad + left_out < planned) fail("stopped after " ok + bad + left_out " of " planned)
        else if (status == "fail" && bad == 0) fail("ended badly")
        else if (status == "notrun") { if (skip) skipped++; else fail("was not run") }
        else if (status == "run" && ok + bad + left_out == 0) passed++
        skip = 0
}
/<skipped message="SKIP_RETURN_CODE/ { skip = 1 }
END {
        print passed + 0, failed + 0, skipped + 0
        printf "%s", failures
}
