# Every source file x.c of common/ and services/ has tests/unit/.../test_x.c, or a line in tests/tidy/exempt.txt:
# "PATTERN  reason", where PATTERN is a path; a * in it is of one folder. A line that excuses nothing is an offence too.
# A file of handlers/ holds the messages of one subject: each has a test of its own, or that of its file.
declare -A used=()
patterns=()
if [ -e tests/tidy/exempt.txt ]; then
        mapfile -t patterns < <(awk '!/^(#|$)/ { print $1 }' tests/tidy/exempt.txt)
fi

is_exempt() {
        local pattern
        for pattern in "${patterns[@]}"; do
                # shellcheck disable=SC2053
                if [[ $1 == $pattern && ${1//[^\/]/} == "${pattern//[^\/]/}" ]]; then
                        used[$pattern]=1
                        return 0
                fi
        done
        return 1
}

are_all_tested() {
        local handlers handler
        mapfile -t handlers < <(sed -n 's/^struct reply handle_\([a-z0-9_]*\)(.*/\1/p' "$1")
        [ ${#handlers[@]} -gt 0 ] || return 1
        for handler in "${handlers[@]}"; do
                [ -e "tests/unit/${1%/*}/test_$handler.c" ] || return 1
        done
}

for source in "$@"; do
        test=tests/unit/${source%/*}/test_${source##*/}
        [ -e "$test" ] || are_all_tested "$source" || is_exempt "$source" ||
                echo "$source:1: no $test and no line in tests/tidy/exempt.txt"
done
for pattern in "${patterns[@]}"; do
        [ -n "${used[$pattern]:-}" ] || echo "tests/tidy/exempt.txt:1: $pattern excuses nothing"
done
if [ -e tests/tidy/exempt.txt ]; then
        awk '!/^(#|$)/ && NF < 2 { print "tests/tidy/exempt.txt:" FNR ": no reason given" }' tests/tidy/exempt.txt
fi
