/* criteria.h: what the law says of the criteria by which offers are chosen, by the day on which a consultation is
 * launched: since 22 August 2026 the price of a market is no criterion by itself. Pure; the rule is dated data. Called
 * by the grid's handler, the consultation's view and the assessment of a programme's line. */
#ifndef SERVICES_CONTRACTS_CONSULTATION_CRITERIA_H
#define SERVICES_CONTRACTS_CONSULTATION_CRITERIA_H

#include "common/base/arena.h"
#include "common/base/day.h"
#include "contracts/consultation.pb-c.h"
#include "contracts/record.pb-c.h"

struct criteria_of {
        Contracts__ContractKind kind;
        struct day launched_on; /* or, where that is not known, today */
};

/* French; "": nothing. */
char *criteria_advice(const Contracts__ConsultationVersion *rules, const struct criteria_of *of, struct arena *arena);
/* Of a consultation whose only criterion is the price; NULL: it may be. */
char *criteria_warning(const Contracts__ConsultationVersion *rules, const struct criteria_of *of, struct arena *arena);

#endif
