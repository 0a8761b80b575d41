/* table_json.h: a table as the JSON that the page gets (services/gateway/README.md): its rows as the lists of commands
 * have them (types.ListRow), and what a file of its rejects must be written with. Called by guichet-table (main.c). */
#ifndef SERVICES_GATEWAY_TABLE_TABLE_JSON_H
#define SERVICES_GATEWAY_TABLE_TABLE_JSON_H

#include <jansson.h>

#include "common/import/table.h"

/* A new reference: {"table":{"encoding","separator","hasMark","fileHash","header","rows":[{"number","cells"}…]}}.
 * "header": the number of the row that names the columns. `table` has one that is filled (table_header()). */
json_t *table_json(const struct table *table);

#endif
