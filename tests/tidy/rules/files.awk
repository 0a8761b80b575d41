# A file has at most 800 lines; main.c of a daemon, which is tables and one call, 60.
function check() {
        if (last > most) print path ":" last ": " last " lines, more than " most
}

FNR == 1 {
        check()
        path = FILENAME
        most = path ~ /^services\/[a-z]+\/main\.c$/ ? 60 : 800
}
{ last = FNR }
END { check() }
