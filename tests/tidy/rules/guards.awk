# The include guard of a header is its path: common/base/id.h -> COMMON_BASE_ID_H.
function check() {
        if (path != "" && (ifndef != wanted || define != wanted))
                print path ":" (line > 0 ? line : 1) ": the include guard is not " wanted
}

FNR == 1 {
        check()
        path = FILENAME
        wanted = toupper(path)
        gsub(/[^A-Z0-9]/, "_", wanted)
        ifndef = define = ""
        line = 0
}
/^#[ ]*ifndef/ && ifndef == "" { ifndef = $2; line = FNR }
/^#[ ]*define/ && define == "" { define = $2 }
END { check() }
