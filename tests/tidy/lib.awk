# lib.awk: read before each rule. Gives, for the current line of a C file:
#   code     the line without comments, with the inside of strings and character constants blanked out
# and  offence(text)  which reports FILE:LINE. Runs in any POSIX awk, bytes not characters (LC_ALL=C).

function offence(text) { print FILENAME ":" FNR ": " text }

function stripped(line,    out, at, two, one, quote) {
        if (!in_comment && line !~ /["'\/]/)
                return line
        out = ""
        quote = ""
        for (at = 1; at <= length(line); at++) {
                one = substr(line, at, 1)
                two = substr(line, at, 2)
                if (in_comment) {
                        if (two == "*/") { in_comment = 0; at++ }
                } else if (quote != "") {
                        if (one == "\\") { out = out "  "; at++ }
                        else if (one == quote) { out = out quote; quote = "" }
                        else out = out " "
                } else if (two == "/*") { in_comment = 1; at++ }
                else if (two == "//") break
                else {
                        if (one == "\"" || one == "'") quote = one
                        out = out one
                }
        }
        return out
}

FNR == 1 { in_comment = 0 }
{ code = stripped($0) }
