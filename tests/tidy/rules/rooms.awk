# A foreign library that shapes what touches it is included in one place only.
BEGIN {
        room["lmdb.h"] = "common/store/"
        room["zmq.h"] = "common/bus/"
        room["microhttpd.h"] = "services/gateway/door/http.c"
        room["curl/curl.h"] = "services/(notifications/channels|gateway/oidc)/"
        room["cjose/jws.h"] = "services/gateway/oidc/jws.c"
        room["libpq-fe.h"] = "services/reporting/sink/"
        room["sqlite3.h"] = "(nowhere)"
}

/^#[ ]*include </ {
        header = $0
        sub(/^[^<]*</, "", header)
        sub(/>.*/, "", header)
        if (header in room && match(FILENAME, "^" room[header]) != 1)
                offence("<" header "> belongs in " room[header])
}
