# The field of a refusal is spelled as in the proto file: refuse() writes it as JSON does.
{
        call = code_line ($0 ~ /REFUSAL_CODE__/ ? substr($0, index($0, "REFUSAL_CODE__")) : code_line != "" ? $0 : "")
        if (match(call, /REFUSAL_CODE__[A-Z_]+, *"[^"]*"/)) {
                field = substr(call, RSTART, RLENGTH)
                sub(/^[^"]*/, "", field)
                if (field ~ /[a-z][A-Z]/) offence("the field of a refusal is not spelled as in the proto file: " field)
        }
        code_line = call ~ /^REFUSAL_CODE__[A-Z_]+, *$/ ? call : "" # the rest stands in the next line
}
