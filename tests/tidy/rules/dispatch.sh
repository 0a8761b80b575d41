# Every method of the protocol has a row in the dispatch table of its daemon, and a test that names it.
# (proto/runtime is what common/service answers for every daemon.)
methods() {
        local file
        for file in proto/*/commands.proto proto/*/queries.proto; do
                [ -e "$file" ] || continue
                awk '{
                        for (i = 1; i < NF; i++)
                                if ($i == "rpc") {
                                        split($(i + 1), method, "(")
                                        print FILENAME ":" FNR, method[1]
                                }
                }' "$file"
        done
}

# All words of the tests; handle_open_contract and contracts__open_contract stand for their method.
declare -A named
while read -r word; do
        [ -z "$word" ] || named[$word]=1
done < <(grep -rhoswE '[A-Za-z0-9_]+' tests/unit tests/integration | sort -u | sed -n '
        s/^handle_//p
        s/^.*[a-z]__\([a-z0-9]\)/\1/p
        /^[A-Z]/ { s/Request$//; p; }')

while read -r place method; do
        service=${place#proto/}
        service=${service%%/*}
        table=services/$service/dispatch.c
        [ "$service" != runtime ] || table=common/service
        grep -rqsF "\"$method\"" "$table" || echo "$place: rpc $method has no row in $table"
        snake=${method//[A-Z]/_&}
        snake=${snake#_}
        snake=${snake,,}
        [ -n "${named[$method]:-}${named[$snake]:-}" ] || echo "$place: no test under tests/ names rpc $method"
done < <(methods)
