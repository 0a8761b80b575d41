/* control_views.h: what queries show of control. Called by the queries of the room and by its part of the page of
 * facts; everything returned lives in the work's arena. Who may see the obligation has been checked; what is narrower
 * is checked here. */
#ifndef SERVICES_CONTRACTS_CONTROL_CONTROL_VIEWS_H
#define SERVICES_CONTRACTS_CONTROL_CONTROL_VIEWS_H

#include "services/contracts/control/loaded_control.h"

Contracts__ProgressView *view_progress(const struct work *work, const struct loaded_control *loaded);

/* `matter` is that of the case's obligation. */
Contracts__CaseView *view_case(const struct work *work, const struct loaded_control *loaded,
                               Contracts__ControlCase *record);

/* The cases of the matter's obligation as they may be seen, newest first; how many. */
size_t view_cases_of(const struct work *work, const struct loaded_control *loaded, Contracts__CaseView ***ret);

/* A statement that is due, or will be; `row` NULL: nothing has come. NULL: nothing is missing. */
Contracts__StatementLine *view_statement(const struct work *work, const struct loaded_control *loaded,
                                         const struct period *period, const Contracts__StatementRow *row);

#endif
