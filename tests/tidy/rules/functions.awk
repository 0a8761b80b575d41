# A function has at most 70 lines and 5 parameters. An exception says why in a comment just above it:
#   /* tidy: long because ... */     /* tidy: many because ... */

function parameters(signature,    at, one, depth, count) {
        count = 1
        for (at = 1; at <= length(signature); at++) {
                one = substr(signature, at, 1)
                if (one == "(") depth++
                else if (one == ")") depth--
                else if (one == "," && depth == 1) count++
        }
        if (signature ~ /\.\.\./) count--
        return count
}

function name(signature) {
        sub(/\(.*/, "", signature)
        sub(/.*[ *]/, "", signature)
        return signature "()"
}

FNR == 1 { opened = 0; long = 0; many = 0; signature = "" }
/tidy: long because [^ ]/ { long = 1 }
/tidy: many because [^ ]/ { many = 1 }

code ~ /^[A-Za-z_]/ { signature = "" }
!opened { signature = signature code }

code ~ /^\{/ {
        opened = FNR
        if (!many && parameters(signature) > 5)
                offence(name(signature) " has " parameters(signature) " parameters, more than 5")
}
code ~ /^\}/ {
        if (opened && !long && FNR - opened - 1 > 70)
                offence(name(signature) " has " (FNR - opened - 1) " lines, more than 70")
        opened = 0; long = 0; many = 0; signature = ""
}
