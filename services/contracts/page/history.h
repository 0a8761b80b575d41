/* history.h: the life of a contract, read back from the daemon's own log. Called by the queries of the room. */
#ifndef SERVICES_CONTRACTS_PAGE_HISTORY_H
#define SERVICES_CONTRACTS_PAGE_HISTORY_H

#include "common/service/work.h"
#include "contracts/file.pb-c.h"

/* The line of one event. NULL where the one who asks may not read it (or the transaction has failed). */
Contracts__HistoryLine *history_line(const struct work *work, uint64_t number);

#endif
