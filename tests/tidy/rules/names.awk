# A function of a file is called by the field's word: check, record, put and the like alone say nothing.
BEGIN {
        split("check record put set add take tell get do handle process", words, " ")
        for (i in words) vague[words[i]] = 1
}

code ~ /^static / && match(code, /[A-Za-z_0-9]+\(/) {
        name = substr(code, RSTART, RLENGTH - 1)
        if (name in vague)
                offence(name "() says nothing: name what it does, and to what (may_renew, record_agreement)")
}
