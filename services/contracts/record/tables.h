/* tables.h: how a room names its tables. Each `<room>_rows.h` lists them,
 *
 *     #define NEEDS_TABLES(TABLE)                  \
 *             TABLE(NEED, "need", …)               \
 *             TABLE(NEED_OPEN, "need_open", …)
 *     NEEDS_TABLES(TABLE_NUMBER)
 *
 * and has the numbers T_NEED, T_NEED_OPEN by that. Which number each is follows from the list of rooms (rooms.h), which
 * alone knows them all; in the store a table is found by its name. */
#ifndef SERVICES_CONTRACTS_RECORD_TABLES_H
#define SERVICES_CONTRACTS_RECORD_TABLES_H

#include <stddef.h>

#define TABLE_NUMBER(NAME, name, kind)   extern const size_t T_##NAME;
#define TABLE_CONSTANT(NAME, name, kind) T_##NAME,

#endif
