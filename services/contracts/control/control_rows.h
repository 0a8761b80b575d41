/* control_rows.h: the rows of control. Puts are for apply() only.
 *
 * table          kind   key                                   value
 * control_plan   STATE  clause id                             ControlPlanPut, the last
 * statement      STATE  obligation id, i32 end of the period  StatementRow
 * control_case   STATE  case id                               ControlCase
 * case_by        STATE  obligation id, case id                -
 * control        STATE  obligation id                         ObligationControl
 *
 * A contract's cases are in `about` too (ABOUT_CASE). */
#ifndef SERVICES_CONTRACTS_CONTROL_CONTROL_ROWS_H
#define SERVICES_CONTRACTS_CONTROL_CONTROL_ROWS_H

#include "common/store/tables.h"
#include "services/contracts/record/record_rows.h"

#define CONTROL_TABLES(TABLE)                                                                                          \
        TABLE(CONTROL_PLAN, "control_plan", TABLE_STATE)                                                               \
        TABLE(STATEMENT, "statement", TABLE_STATE)                                                                     \
        TABLE(CONTROL_CASE, "control_case", TABLE_STATE)                                                               \
        TABLE(CASE_BY, "case_by", TABLE_STATE)                                                                         \
        TABLE(CONTROL, "control", TABLE_STATE)
CONTROL_TABLES(TABLE_NUMBER)

Contracts__ControlPlanPut *control_plan_find(struct txn *txn, struct arena *arena, struct id clause);
void control_plan_put(struct txn *txn, struct arena *arena, const Contracts__ControlPlanPut *plan);

Contracts__StatementRow *control_statement_find(struct txn *txn, struct arena *arena, struct id obligation,
                                                struct day period_end);
/* Of which nothing has come: an empty one. */
Contracts__StatementRow *control_statement_of(struct txn *txn, struct arena *arena, const Types__Id *obligation,
                                              const Types__Day *period_end);
void control_statement_put(struct txn *txn, struct arena *arena, const Contracts__StatementRow *row);
/* The last `max` of an obligation, newest first. */
size_t control_statements_last(struct txn *txn, struct arena *arena, struct id obligation, size_t max,
                               Contracts__StatementRow **ret);

Contracts__ControlCase *control_case_find(struct txn *txn, struct arena *arena, struct id case_id);
void control_case_put(struct txn *txn, struct arena *arena, const Contracts__ControlCase *record);
void control_case_index(struct txn *txn, const Contracts__ControlCase *record);  /* once, when it is opened */
void control_walk_cases(struct txn *txn, struct slice before, struct walk *ret); /* newest first */
void control_walk_cases_of(struct txn *txn, struct id obligation, struct slice before, struct walk *ret);

/* Of which nothing is known: an empty one with its id. */
Contracts__ObligationControl *control_of(struct txn *txn, struct arena *arena, const Types__Id *obligation);
void control_put(struct txn *txn, struct arena *arena, const Contracts__ObligationControl *row);

/* Taken back by a withdrawal (corrections/). */
void control_case_remove(struct txn *txn, const Contracts__ControlCase *record);
void control_statement_remove(struct txn *txn, const Contracts__StatementRow *row);

/* The keys of its contacts, newest first; false: `see` said no. */
bool control_each_key(struct txn *txn, bool (*see)(void *argument, struct id id), void *argument);

#endif
