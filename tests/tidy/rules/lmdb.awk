# Only what Debian's LMDB 0.9.24 does right is used: no duplicates, no writing cursors, no nested or unlocked writing.
# Mended after it: deletes and MDB_CURRENT on duplicates (ITS#9376, #9461, #8447), pages spilled below a parent
# transaction (ITS#9155). See docs/decisions/0032-what-we-use-of-lmdb.md.
BEGIN {
        why["MDB_DUPSORT"] = why["MDB_DUPFIXED"] = "a key has one value"
        why["MDB_INTEGERDUP"] = why["MDB_REVERSEDUP"] = "a key has one value"
        why["MDB_NODUPDATA"] = why["MDB_MULTIPLE"] = why["MDB_GET_MULTIPLE"] = "a key has one value"
        why["MDB_CURRENT"] = why["mdb_cursor_put"] = why["mdb_cursor_del"] = "cursors only read"
        why["MDB_WRITEMAP"] = why["MDB_MAPASYNC"] = "a stray pointer would write the store"
        why["MDB_INTEGERKEY"] = "keys are big-endian bytes"
}

code ~ /MDB_|mdb_/ {
        rest = code
        while (match(rest, /[A-Za-z_][A-Za-z0-9_]*/)) {
                word = substr(rest, RSTART, RLENGTH)
                rest = substr(rest, RSTART + RLENGTH)
                if (word in why) offence(word ": " why[word])
        }
        if (code ~ /mdb_txn_begin\([^,]*,/ && code !~ /mdb_txn_begin\([^,]*, NULL,/)
                offence("mdb_txn_begin(): no nested transactions")
}
