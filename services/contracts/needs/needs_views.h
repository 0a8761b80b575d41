/* needs_views.h: a need as queries show it. Called by query handlers; everything returned lives in the work's arena. */
#ifndef SERVICES_CONTRACTS_NEEDS_NEEDS_VIEWS_H
#define SERVICES_CONTRACTS_NEEDS_NEEDS_VIEWS_H

#include "services/contracts/needs/needs_rows.h"

Contracts__NeedView *view_of_need(const struct work *work, const Contracts__NeedRow *row);

#endif
