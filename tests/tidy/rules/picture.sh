# README.md draws the rooms of rooms.txt: scripts/rooms writes the picture between its two marks.
if [ -e tests/tidy/rooms.txt ]; then
        difference=$(diff <(sed -n '/^<!-- rooms: /,/^<!-- end of rooms -->/p' "$1" | sed '1d;$d') \
                <("$here/../../scripts/rooms" --root "$root" --print) | head -n 1)
        [ -z "$difference" ] || echo "$1:1: the picture of the rooms is out of date; run scripts/rooms"
fi
