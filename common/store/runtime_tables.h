/* runtime_tables.h: the tables that every store has, before the service's own. A service's table n is RUNTIME_TABLES +
 * n in the store; services number their tables from RUNTIME_TABLES on (`enum { T_PLACEMENT = RUNTIME_TABLES, … }`) and
 * list only theirs in their spec. The engine puts the two lists together. */
#ifndef COMMON_STORE_RUNTIME_TABLES_H
#define COMMON_STORE_RUNTIME_TABLES_H

enum {
        RUNTIME_LOG,       /* u64 number -> see eventlog.h */
        RUNTIME_HEAD,      /* "head" -> u64 number, 32 bytes hash of the last record */
        RUNTIME_DEDUP,     /* 16 bytes idempotency key -> see dedup.c */
        RUNTIME_POSITIONS, /* instance, zero byte -> u64 number of the last event taken in, hash of its record */
        RUNTIME_TABLES,
};

#define RUNTIME_TABLE_SPECS                                                                                            \
        {"log", TABLE_RUNTIME}, {"head", TABLE_RUNTIME}, {"dedup", TABLE_RUNTIME},                                     \
        {                                                                                                              \
                "positions", TABLE_RUNTIME                                                                             \
        }

#endif
