# Every header compiles alone, and twice in a row. $build is a build directory, for the generated codecs.
flags=(-std=c11 -D_GNU_SOURCE -fsyntax-only -Wall -Wextra -Werror -I. -isystem "$build/proto")
packages=(libzmq libprotobuf-c jansson libuv libsodium libutf8proc lmdb libmicrohttpd libcurl cmocka)
read -r -a found < <(pkg-config --cflags "${packages[@]}")
flags+=("${found[@]}")

# cmocka.h wants four headers before it, so a header of the tests may count on them
wanted_by_cmocka='#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>'

compile() {
        local header=$1 before= said
        [[ $header != tests/* ]] || before=$wanted_by_cmocka
        said=$(printf '%s\n#include "%s"\n#include "%s"\n' "$before" "$header" "$header" |
                "${CC:-cc}" "${flags[@]}" -x c - 2>&1) ||
                printf '%s:1: does not compile alone: %s\n' "$header" "$(printf '%s\n' "$said" | grep -m 1 error)"
}

# Several at once: what a part of them says is in its order.
parts=$(nproc)
for ((part = 0; part < parts; part++)); do
        for ((i = part + 1; i <= $#; i += parts)); do
                compile "${!i}"
        done &
done | sort -t: -k1,1
wait
