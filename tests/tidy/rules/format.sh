# C is in the form of .clang-format; scripts/format puts it there.
if ! command -v clang-format >/dev/null; then
        echo "clang-format is not installed; run scripts/install"
else
        printf '%s\0' "$@" | xargs -0 -n 60 -P 2 clang-format --dry-run -Werror 2>&1 |
                sed -n 's/^\([^ :]*:[0-9]*\):[0-9]*: error:.*/\1/p' | sort -u -t: -k1,1 |
                sed 's/$/: not in the form of .clang-format; run scripts\/format/' || true
fi
