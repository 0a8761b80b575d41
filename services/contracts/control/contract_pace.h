/* contract_pace.h: how far a whole contract is, from the short rows of its obligations (pace_rows.h). Called by the
 * list of contracts and by ContractPace. */
#ifndef SERVICES_CONTRACTS_CONTROL_CONTRACT_PACE_H
#define SERVICES_CONTRACTS_CONTROL_CONTRACT_PACE_H

#include "services/contracts/control/pace_rows.h"

/* Of the obligations that the one who asks may see; ids may be NULL. Who may see the contract has been checked. */
struct pace_obligation {
        struct id id;
        struct pace_figures figures; /* its span as of today */
};
struct pace_obligations {
        struct pace_obligation *of;
        size_t count;
};
struct pace_obligations contract_pace_read(const struct work *work, struct id contract);

struct contract_pace {
        struct hours owed, done, expected;
        Contracts__ProgressLight light; /* the worst of them */
        struct day start, end;          /* of the first and of the last */
        bool has_span;
};
/* On that day, with the hours that are known now. */
struct contract_pace contract_pace_on(const struct work *work, const struct pace_obligations *obligations,
                                      struct day day);

#endif
