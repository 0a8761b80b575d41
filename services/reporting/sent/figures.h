/* figures.h: figures beside figures: what was sent, what is today, and the difference that a change makes. */
#ifndef SERVICES_REPORTING_SENT_FIGURES_H
#define SERVICES_REPORTING_SENT_FIGURES_H

#include "common/base/arena.h"
#include "reporting/queries.pb-c.h"
#include "services/reporting/queries/statement.h"

/* All there, zero. */
Reporting__ChangeFigures *figures_none(struct arena *arena);
Reporting__ChangeFigures *figures_of_statement(struct arena *arena, const struct statement_figures *statement);
Reporting__ChangeFigures *figures_of_statement_reply(struct arena *arena,
                                                     const Reporting__ContractStatementReply *reply);
Reporting__ChangeFigures *figures_of_consolidation(struct arena *arena, const Reporting__ConsolidationReply *reply);
Reporting__ChangeFigures *figures_of_counted(struct arena *arena, const struct counted *counted);

/* `to` is more by `sign` times what `more` has. */
void figures_add(Reporting__ChangeFigures *to, const Reporting__ChangeFigures *more, int32_t sign);
bool figures_are_zero(const Reporting__ChangeFigures *figures);

#endif
