/* place_cell.h: where a line of a buyer's list says that its contract is done. Pure; takes any text. Called by
 * line_reading.c and the fuzzer. */
#ifndef SERVICES_CONTRACTS_PROGRAMMING_PLACE_CELL_H
#define SERVICES_CONTRACTS_PROGRAMMING_PLACE_CELL_H

#include "common/base/arena.h"
#include "contracts/record.pb-c.h"

/* A postcode in it tells the place, else a department's code; else its name alone is kept. In the arena. */
Contracts__Place *cell_place(const char *text, struct arena *arena);

#endif
