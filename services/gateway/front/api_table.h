/* api_table.h: POST /v1/table: a file that somebody made with a spreadsheet becomes rows of cells, for the page to
 * send on as a list. Whoever may give some daemon a list may have one read. */
#ifndef SERVICES_GATEWAY_FRONT_API_TABLE_H
#define SERVICES_GATEWAY_FRONT_API_TABLE_H

#include <stdint.h>

#include "services/gateway/front/children.h"

struct visit;

void api_table_greet(struct visit *visit); /* before the file comes */
void api_table(struct visit *visit);

/* Bits of roles: those that may ask a method of the catalogue whose request holds rows of a list. */
uint32_t api_table_roles(void);

/* What guichet-table is started for, and what its answer must be. */
extern const struct child_task api_table_task;

#endif
