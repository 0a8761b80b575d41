int spoil(MDB_env *env, MDB_txn *txn, MDB_txn **nested, MDB_cursor *cursor, MDB_val *k, MDB_val *v)
{
        MDB_dbi dbi;
        (void)mdb_dbi_open(txn, "t", MDB_CREATE | MDB_DUPSORT, &dbi);
        (void)mdb_cursor_put(cursor, k, v, MDB_CURRENT);
        (void)mdb_cursor_del(cursor, 0);
        (void)mdb_txn_begin(env, txn, 0, nested);
        return mdb_txn_begin(env, NULL, 0, nested); /* MDB_DUPSORT in a comment is no offence */
}
