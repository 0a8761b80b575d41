/* tables.h: how the rooms of a daemon name its tables. Each `<room>_rows.h` lists its own,
 *
 *     #define NEEDS_TABLES(TABLE)                  \
 *             TABLE(NEED, "need", …)               \
 *             TABLE(NEED_OPEN, "need_open", …)
 *     NEEDS_TABLES(TABLE_NUMBER)
 *
 * and has the numbers T_NEED, T_NEED_OPEN by that. Which number each is follows from the list of rooms (the daemon's
 * rooms.h), which alone knows them all:
 *
 *     #define ROOM_TABLES(TABLE) NEEDS_TABLES(TABLE) …
 *     enum { PLACES_BEGIN = RUNTIME_TABLES - 1, ROOM_TABLES(TABLE_PLACE) PLACES_END };
 *     ROOM_TABLES(TABLE_DEFINED)
 *     const struct table_spec tables[] = {ROOM_TABLES(TABLE_DESCRIBED)};
 *
 * In the store a table is found by its name. */
#ifndef COMMON_STORE_TABLES_H
#define COMMON_STORE_TABLES_H

#include "common/store/runtime_tables.h"
#include "common/store/store.h"

#define TABLE_NUMBER(NAME, text, kind)    extern const size_t T_##NAME;
#define TABLE_PLACE(NAME, text, kind)     PLACE_##NAME,
#define TABLE_DEFINED(NAME, text, kind)   const size_t T_##NAME = PLACE_##NAME;
#define TABLE_DESCRIBED(NAME, text, kind) [PLACE_##NAME - RUNTIME_TABLES] = {text, kind},

#endif
