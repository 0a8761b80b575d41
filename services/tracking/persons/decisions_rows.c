#include "services/tracking/persons/decisions_rows.h"

#include <string.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"

Tracking__EligibilityRow *tracking_eligibility(struct txn *txn, struct id beneficiary, struct arena *arena)
{
        Tracking__EligibilityRow *row = txn_get_message(txn, T_ELIGIBILITY, id_slice(&beneficiary),
                                                        &tracking__eligibility_row__descriptor, arena);
        return row != NULL ? row : pb_new(&tracking__eligibility_row__descriptor, arena);
}

void tracking_put_eligibility(struct txn *txn, struct id beneficiary, const Tracking__EligibilityRow *row,
                              struct arena *arena)
{
        txn_put_message(txn, T_ELIGIBILITY, id_slice(&beneficiary), row, arena);
}

void tracking_drop_eligibility(struct txn *txn, struct id beneficiary)
{
        txn_delete(txn, T_ELIGIBILITY, id_slice(&beneficiary));
}

Tracking__DecisionRow *eligibility_decision(const Tracking__EligibilityRow *row, struct id id)
{
        for (size_t i = 0; i < row->n_decisions; i++)
                if (id_equal(id_of(row->decisions[i]->decision_id), id))
                        return row->decisions[i];
        return NULL;
}

Tracking__SuspensionRow *eligibility_suspension(const Tracking__EligibilityRow *row, struct id id)
{
        for (size_t i = 0; i < row->n_suspensions; i++)
                if (id_equal(id_of(row->suspensions[i]->suspension_id), id))
                        return row->suspensions[i];
        return NULL;
}

Tracking__ProofRow *eligibility_proof(const Tracking__EligibilityRow *row, struct id id)
{
        for (size_t i = 0; i < row->n_proofs; i++)
                if (id_equal(id_of(row->proofs[i]->proof_id), id))
                        return row->proofs[i];
        return NULL;
}

struct slice eligibility_sealed(const Tracking__BeneficiaryRow *person, const Tracking__DecisionRow *decision)
{
        if (decision->place == 0 || decision->place > person->n_sealed_eligibilities)
                return pb_slice(decision->sealed);
        return pb_slice(person->sealed_eligibilities[decision->place - 1]);
}

void eligibility_take(Tracking__EligibilityRow *row, Tracking__DecisionRow *decision, struct arena *arena)
{
        size_t kept = 0;
        for (size_t i = 0; i < row->n_decisions; i++)
                if (!id_equal(id_of(row->decisions[i]->decision_id), id_of(decision->decision_id)))
                        row->decisions[kept++] = row->decisions[i];
        row->n_decisions = kept;
        row->decisions = pb_append(row->decisions, &row->n_decisions, sizeof(decision), arena);
        row->decisions[row->n_decisions - 1] = decision;
}

void suspension_end(Tracking__SuspensionRow *suspension, struct day resumed_on, struct arena *arena)
{
        suspension->taken_back = day_number(resumed_on) <= suspension->suspended_from->days;
        if (!suspension->taken_back)
                suspension->suspended_until = day_to(arena, day_of_number(day_number(resumed_on) - 1));
}

bool eligibility_is_full(const Tracking__EligibilityRow *row)
{
        return row->n_decisions + row->n_suspensions >= DECISIONS_MAX;
}

size_t eligibility_periods(const Tracking__EligibilityRow *row, struct period *ret_periods)
{
        size_t count = 0;
        for (size_t i = 0; i < row->n_decisions; i++) {
                const Tracking__DecisionRow *decision = row->decisions[i];
                if (decision->state != TRACKING__DECISION_STATE__DECISION_STANDS)
                        continue;
                struct day from = day_of(decision->valid_from);
                count = decision->eligible ? periods_grant(ret_periods, count,
                                                           (struct period){from, day_of(decision->valid_until), false})
                                           : periods_refuse(ret_periods, count, from);
        }
        for (size_t i = 0; i < row->n_suspensions; i++) {
                const Tracking__SuspensionRow *suspension = row->suspensions[i];
                if (suspension->taken_back)
                        continue;
                count = suspension->suspended_until == NULL
                                ? periods_refuse(ret_periods, count, day_of(suspension->suspended_from))
                                : periods_suspend(ret_periods, count, day_of(suspension->suspended_from),
                                                  day_of(suspension->suspended_until));
        }
        return count;
}
