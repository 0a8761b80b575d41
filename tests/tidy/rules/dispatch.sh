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

# Does a file below the paths $2... name the method $1: Method, MethodRequest, <service>__<method> or handle_<method>?
named_in() {
        local method=$1 snake
        shift
        snake=$(printf '%s' "$method" | sed 's/\([a-z]\)\([A-Z]\)/\1_\2/g' | tr 'A-Z' 'a-z')
        grep -rqsE "(^|[^A-Za-z0-9])$method(Request)?([^A-Za-z0-9]|\$)|([a-z]__|handle_)$snake([^a-z0-9]|\$)" "$@"
}

while read -r place method; do
        service=${place#proto/}
        service=${service%%/*}
        table=services/$service/dispatch.c
        [ "$service" != runtime ] || table=common/service
        grep -rqsF "\"$method\"" "$table" || echo "$place: rpc $method has no row in $table"
        named_in "$method" tests/unit tests/integration || echo "$place: no test under tests/ names rpc $method"
done < <(methods)
