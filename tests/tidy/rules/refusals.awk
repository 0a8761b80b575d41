# The field of a refusal is spelled as in the proto file: refuse() writes it as JSON does. Its text is for people, who
# type JSON: it names a field as JSON does (settings end with _max, and are named as they stand in topology.json).
{
        call = code_line ($0 ~ /REFUSAL_CODE__/ ? substr($0, index($0, "REFUSAL_CODE__")) : code_line != "" ? $0 : "")
        if (match(call, /REFUSAL_CODE__[A-Z_]+, *"[^"]*"/)) {
                field = substr(call, RSTART, RLENGTH)
                sub(/^[^"]*/, "", field)
                if (field ~ /[a-z][A-Z]/) offence("the field of a refusal is not spelled as in the proto file: " field)
        }
        code_line = call ~ /^REFUSAL_CODE__[A-Z_]+, *$/ ? call : "" # the rest stands in the next line
        in_refusal = in_refusal || $0 ~ /(REFUSAL_CODE__|[^a-z_](refuse|reply_refuse|invalid|add_missing)\()/
        if (in_refusal) {
                rest = $0
                while (match(rest, /"[^"]*[ (][a-z]+(_[a-z]+)+([ ,):;]|\.[ "])/)) {
                        said = substr(rest, RSTART, RLENGTH)
                        rest = substr(rest, RSTART + RLENGTH)
                        sub(/[ ,):;."]+$/, "", said)
                        sub(/^.*[ (]/, "", said)
                        if (said !~ /_max/) offence("the text of a refusal names a field not as JSON does: " said)
                }
                if ($0 ~ /;/) in_refusal = 0
        }
}
