/* running.h: contracts that run already when they come to us, from a list: contract, clause, holder, hours so far, open
 * case. What a row tells is decided by the rules of the single commands, and recorded by their events. */
#ifndef SERVICES_CONTRACTS_RUNNING_RUNNING_H
#define SERVICES_CONTRACTS_RUNNING_RUNNING_H

#include "common/service/batches.h"
#include "services/contracts/record/context.h"

#define RUNNING_LIST "running"

/* The dated words of the room: titles of columns, and values. */
#define RUNNING_DATED(DATED) DATED(RUNNING_WORDS, "running_words", types__list_words__descriptor)
RUNNING_DATED(DATED_NUMBER)

#endif
