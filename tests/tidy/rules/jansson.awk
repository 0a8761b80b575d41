# json_..._new() steals its reference and can fail (no memory, text that is not UTF-8): look at what it returns.
code ~ /^[ ]*(\(void\)[ ]*)?json_(object|array)_(set|append|insert)(_new)?(_nocheck)?[ ]*\(/ {
        offence("the result is not looked at; a field could be missing without a word")
}
