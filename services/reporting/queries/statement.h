/* statement.h: what the statement of a contract is made of: its obligations with their work, and who worked. Contracts
 * told of the obligations, tracking of the work; here they are joined. */
#ifndef SERVICES_REPORTING_QUERIES_STATEMENT_H
#define SERVICES_REPORTING_QUERIES_STATEMENT_H

#include "common/service/work.h"
#include "services/reporting/queries/modality.h"

struct statement_obligation {
        struct id id;
        int32_t stands; /* 1: recorded and not withdrawn; what does not stand counts in nothing */
        int64_t due_hundredths;
        struct passed_on passed_on;
        struct work_done done;
};

/* A person may work under several obligations of the same contract, by several files that are merged, and counts once.
 */
struct statement_worker {
        struct id person; /* same_first() */
        struct id file;
        struct id obligation;
        struct worker worker;
};

struct statement {
        struct statement_obligation *obligations;
        size_t obligation_count;
        struct statement_worker *workers; /* by person once statement_figures() was called */
        size_t worker_count;
};

struct statement_figures {
        int64_t due_hundredths, done_hundredths, converted_hundredths;
        int64_t transferred_hundredths, waived_hundredths;
        int64_t remaining_hundredths, surplus_hundredths; /* sums of what is left of each obligation, and over */
        uint32_t persons, placements;
        struct modality_sum by_modality;
};

void statement_load(struct work *work, struct id contract, struct statement *ret);
/* NULL: none of its obligations. */
struct statement_obligation *statement_obligation(const struct statement *statement, struct id obligation);
void statement_figures(struct statement *statement, struct statement_figures *ret);
/* The same without persons, which cost more to count. */
void statement_hours(const struct statement *statement, struct statement_figures *ret);

/* As it is told. The contract must be known. */
Reporting__ContractStatementReply *statement_reply(struct work *work, const Types__Id *contract_id);

#endif
