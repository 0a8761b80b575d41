#include "services/contracts/corrections/kept_rows.h"

#include "common/base/attr.h"
#include "services/contracts/agreements/agreements_rows.h"
#include "services/contracts/association/association_rows.h"
#include "services/contracts/clauses/clauses_rows.h"
#include "services/contracts/consultation/appraisal_rows.h"
#include "services/contracts/control/control_rows.h"
#include "services/contracts/drafting/drafting_rows.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/needs/needs_rows.h"
#include "services/contracts/obligations/obligations_rows.h"
#include "services/contracts/programming/programming_rows.h"
#include "services/contracts/publication/publication_rows.h"
#include "services/contracts/referrals/referrals_rows.h"
#include "services/contracts/subcontracts/subcontracts_rows.h"

/* put_NAME() and remove_NAME(): the room's own, called with a row of any type. */
#define PUT(NAME, call)                                                                                                \
        static void put_##NAME(struct txn *txn, struct arena *arena, const void *row)                                  \
        {                                                                                                              \
                call(txn, arena, row);                                                                                 \
        }
#define REMOVE(NAME, call)                                                                                             \
        static void remove_##NAME(struct txn *txn, struct arena *arena, const void *row)                               \
        {                                                                                                              \
                (void)arena;                                                                                           \
                call(txn, row);                                                                                        \
        }
#define REMOVE_BY_ID(NAME, table, type, field)                                                                         \
        static void remove_##NAME(struct txn *txn, struct arena *arena, const void *row)                               \
        {                                                                                                              \
                (void)arena;                                                                                           \
                contracts_row_remove(txn, table, id_of(((const type *)row)->field));                                   \
        }

PUT(file, contracts_file_put)
PUT(clause, contracts_clause_put)
PUT(obligation, contracts_obligation_reassign)
PUT(terms, obligations_terms_put)
PUT(transfer, obligations_transfer_put)
PUT(taken_over, taken_over_put)
PUT(need, needs_put)
PUT(consultation, consultation_put)
PUT(question, question_put)
PUT(appraisal, appraisal_put)
PUT(offer, offer_put)
PUT(commitment, commitment_put)
PUT(dismissed, publication_dismissed_put)
PUT(statement, control_statement_put)
PUT(control_case, control_case_put)
PUT(control, control_put)
PUT(agreement, agreement_row_put)
PUT(line, programme_line_put)
PUT(referral, referral_put)
PUT(subcontract, subcontract_put)
PUT(draft, draft_put)
PUT(decline, decline_put)

REMOVE(transfer, obligations_transfer_remove)
REMOVE(taken_over, taken_over_remove)
REMOVE(question, question_remove)
REMOVE(appraisal, appraisal_remove)
REMOVE(offer, offer_remove)
REMOVE(statement, control_statement_remove)
REMOVE(control_case, control_case_remove)
REMOVE(referral, referral_remove)
REMOVE(subcontract, subcontract_remove)
REMOVE(draft, draft_remove)

REMOVE_BY_ID(terms, T_TERMS, Contracts__ObligationTerms, obligation_id)
REMOVE_BY_ID(consultation, T_CONSULTATION, Contracts__ConsultationRow, contract_id)
REMOVE_BY_ID(commitment, T_COMMITMENT, Contracts__CommitmentRow, obligation_id)
REMOVE_BY_ID(dismissed, T_DISMISSED, Contracts__DismissedTwins, contract_id)
REMOVE_BY_ID(decline, T_DECLINE, Contracts__ContractDeclined, contract_id)
REMOVE_BY_ID(control, T_CONTROL, Contracts__ObligationControl, obligation_id)

static void remove_file(struct txn *txn, struct arena *arena, const void *row)
{
        contracts_file_remove(txn, arena, id_of(((const Contracts__ContractFile *)row)->contract_id));
}

static void remove_clause(struct txn *txn, struct arena *arena, const void *row)
{
        contracts_clause_remove(txn, arena, row);
}

static const Contracts__ContractRecord *contract_of_obligation(struct txn *txn, struct arena *arena,
                                                               const Types__Id *obligation,
                                                               const Contracts__ObligationRecorded **ret)
{
        *ret = contracts_obligation_find(txn, arena, id_of(obligation));
        return *ret == NULL ? NULL : contracts_record_find(txn, arena, id_of((*ret)->contract_id));
}

static void remove_obligation(struct txn *txn, struct arena *arena, const void *row)
{
        const Contracts__ObligationRecorded *obligation = row;
        const Contracts__ContractRecord *contract = contracts_record_find(txn, arena, id_of(obligation->contract_id));
        if (contract != NULL) /* NULL: the transaction has failed */
                contracts_obligation_remove(txn, obligation, contract->buyer_siret);
}

/* An order belongs to the contract of its obligation. */
static void put_order(struct txn *txn, struct arena *arena, const void *row)
{
        const Contracts__ContractOrder *order = row;
        const Contracts__ObligationRecorded *obligation;
        if (contract_of_obligation(txn, arena, order->obligation_id, &obligation) != NULL)
                obligations_order_put(txn, arena, obligation->contract_id, order);
}

static void remove_order(struct txn *txn, struct arena *arena, const void *row)
{
        const Contracts__ContractOrder *order = row;
        const Contracts__ObligationRecorded *obligation;
        if (contract_of_obligation(txn, arena, order->obligation_id, &obligation) != NULL)
                obligations_order_remove(txn, obligation->contract_id, order);
}

/* Of the store's first tables the number is a constant. */
static const size_t table_of_files = T_FILE;

#define ROW(TABLE, type, NAME)                                                                                         \
        {                                                                                                              \
                &T_##TABLE, &contracts__##type##__descriptor, put_##NAME, remove_##NAME, NULL, NULL                    \
        }
#define ROW_ABOUT(TABLE, type, NAME, about)                                                                            \
        {                                                                                                              \
                &T_##TABLE, &contracts__##type##__descriptor, put_##NAME, remove_##NAME, about, NULL                   \
        }

const struct kept_row kept_rows[] = {
        {&table_of_files, &contracts__contract_file__descriptor, put_file, remove_file, "contract_id", NULL},
        ROW(CLAUSE, clause_put, clause),
        /* who owes the hours now follows from the assignments */
        {&T_OBLIGATION, &contracts__obligation_recorded__descriptor, put_obligation, remove_obligation, NULL,
         "contractor_siret contractor_name contractor_organisation"},
        ROW_ABOUT(TERMS, obligation_terms, terms, "obligation_id"),
        ROW(TRANSFER, transfer_view, transfer),
        ROW(ORDER, contract_order, order),
        ROW(CONSULTATION, consultation_row, consultation),
        ROW(QUESTION, question_row, question),
        ROW_ABOUT(APPRAISAL, appraisal_row, appraisal, "contract_id lot"),
        ROW(OFFER, offer_row, offer),
        ROW(COMMITMENT, commitment_row, commitment),
        ROW_ABOUT(STATEMENT, statement_row, statement, "obligation_id period_end"),
        ROW(CONTROL_CASE, control_case, control_case),
        ROW_ABOUT(CONTROL, obligation_control, control, "obligation_id"),
        ROW(REFERRAL, referral_row, referral),
        ROW(SUBCONTRACT, subcontract_row, subcontract),
        ROW(DRAFT, draft_row, draft),
        ROW(DECLINE, contract_declined, decline),
        ROW_ABOUT(DISMISSED, dismissed_twins, dismissed, "contract_id"),
        {&T_NEED, &contracts__need_row__descriptor, put_need, NULL, NULL, NULL},
        {&T_AGREEMENT, &contracts__agreement_row__descriptor, put_agreement, NULL, NULL, NULL},
        /* `touched` is the number of the event that last did */
        {&T_PROGRAMME_LINE, &contracts__programme_line_row__descriptor, put_line, NULL, NULL, "touched"},
        ROW(TAKEN_OVER, taken_over_row, taken_over),
};
const size_t kept_rows_count = ARRAY_SIZE(kept_rows);

size_t kept_row_of(size_t table)
{
        size_t i = 0;
        while (i < kept_rows_count && *kept_rows[i].table != table)
                i++;
        return i;
}
