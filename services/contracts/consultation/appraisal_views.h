/* appraisal_views.h: an appraisal as its readers see it. A reader sees the other's marks once both are given; the
 * coordinator, who is none, both of them then; the buyer sees what was agreed. Called by queries that have checked
 * offers_are_read_by(). */
#ifndef SERVICES_CONTRACTS_CONSULTATION_APPRAISAL_VIEWS_H
#define SERVICES_CONTRACTS_CONSULTATION_APPRAISAL_VIEWS_H

#include "services/contracts/consultation/appraisal_rows.h"

/* The lot of a query, and its row. False: NOT_FOUND, NOT_ALLOWED. */
bool loaded_appraisal_for_query(const struct work *work, const Types__Id *contract_id, uint32_t lot,
                                struct loaded_contract *ret_loaded, Contracts__AppraisalRow **ret_row,
                                struct refusal *ret_refusal) ATTR_MUST_CHECK;

/* `gap`: the share of the scale beyond which two marks have to be agreed on. */
Contracts__AppraisalView *view_of_appraisal(const struct work *work, Contracts__AppraisalRow *row, struct share gap);

#endif
