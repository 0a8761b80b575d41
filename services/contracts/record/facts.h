/* facts.h: what each room puts on a contract's page of facts: one function, in the table of page/facts.c, which reads
 * rows and fills in its own fields of the reply, and calendar lines. Who sees what is checked by the room where it is
 * narrower than the contract (marked "Security:"). */
#ifndef SERVICES_CONTRACTS_RECORD_FACTS_H
#define SERVICES_CONTRACTS_RECORD_FACTS_H

#include "common/service/work.h"
#include "contracts/facts.pb-c.h"

struct facts_of {
        struct id contract;
        const Contracts__ContractRecord *record;
        const Contracts__ContractFile *file; /* NULL: nobody has said more than the buyer */
};
typedef void (*facts_f)(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply);

/* One more line of the calendar, to be filled in. COMING, DUE_SOON or LATE follow from the date and today. */
Contracts__CalendarLine *facts_calendar(const struct work *work, Contracts__ContractFactsReply *reply, struct day on);

#endif
