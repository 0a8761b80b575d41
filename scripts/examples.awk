# scripts/examples.awk: the command lines "guichetctl call SERVICE METHOD …" of pages of docs/, which tests type as they
# stand (tests/integration/demo_region), as a C table for `guichetctl describe`: the first of each method, of those that
# are done.
#
#   awk -f scripts/examples.awk docs/CONTRACTS.md docs/TRACKING.md
# Whether the command goes on in the next line: a quote is open, or a backslash says so.
function goes_on(    text) { text = command; return gsub(/'/, "", text) % 2 == 1 || command ~ /\\$/ }
function tell(    words, name) {
        split(command, words, / +/)
        name = words[3] "." words[4]
        if (words[2] == "call" && !(name in told) && command !~ /# (refusé|échec)$/) {
                told[name] = 1
                sub(/ +#[^'"]*$/, "", command)
                gsub(/ *\\\n */, " ", command)
                gsub(/"/, "\\\"", command)
                gsub(/\n/, "\\n\"\n         \"", command)
                printf "        {\"%s\",\n         \"%s\"},\n", name, command
        }
        command = ""
}
BEGIN {
        print "#include \"services/ctl/example.h\"\n"
        print "const struct example method_examples[] = {"
}
FNR == 1 { inside = 0; command = "" }
/^```/ { inside = !inside; next }
inside && command == "" && /^guichetctl call / { command = $0; if (!goes_on()) tell(); next }
inside && command != "" { command = command "\n" $0; if (!goes_on()) tell() }
END { print "};\nconst size_t method_examples_count = sizeof(method_examples) / sizeof(method_examples[0]);" }
