# What the page calls a code (labels.ts), guichetctl calls it (french_values.c), but for a capital first letter.
# A line that is shorter on purpose says so: "// shorter". The first letter may have two bytes.
function rest(words) {
        gsub(/’/, "'", words)
        return substr(words, words ~ /^\303/ ? 3 : 2)
}
FILENAME ~ /\.c$/ && match($0, /\.[A-Z][A-Z0-9_]*", "[^"]*"/) {
        split(substr($0, RSTART + 1, RLENGTH - 2), part, /", "/)
        french[part[1]] = french[part[1]] "|" rest(part[2]) "|"
}
FILENAME ~ /\.ts$/ && /^ +[A-Z][A-Z0-9_]*: ['"]/ && !/\/\/ shorter$/ {
        code = $1
        sub(/:$/, "", code)
        words = $0
        sub(/^[^:]*: ['"]/, "", words)
        sub(/['"],?$/, "", words)
        if (words != "" && code in french && index(french[code], "|" rest(words) "|") == 0)
                offence("guichetctl calls " code " otherwise: give it the words of french_values.c, or say // shorter")
}
