#include "contracts/calls.h"
#include "services/contracts/needs/needs.h"

#include "common/base/require.h"
#include "services/contracts/clauses/clauses_rows.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/needs/needs_rows.h"
#include "services/contracts/obligations/obligations.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"
#include "services/contracts/record/telling.h"

/* The clause whose hours the need is for. NULL only where the transaction has failed. */
static const Contracts__ClausePut *clause_of(const struct change *change, const Contracts__NeedDeclared *need)
{
        const Contracts__ObligationRecorded *obligation =
                contracts_obligation_find(change->txn, change->arena, id_of(need->obligation_id));
        const Contracts__ClausePut *clause =
                obligation == NULL ? NULL
                                   : contracts_clause_find(change->txn, change->arena, id_of(obligation->clause_id));
        require(clause != NULL || txn_error(change->txn) != 0); /* neither is ever deleted */
        return clause;
}

void apply_need_declared(const struct change *change, const Contracts__NeedDeclared *body)
{
        Contracts__NeedRow row = CONTRACTS__NEED_ROW__INIT;
        row.need = (Contracts__NeedDeclared *)(uintptr_t)body;
        row.state = CONTRACTS__NEED_STATE__NEED_OPEN;
        needs_put(change->txn, change->arena, &row);
        const Contracts__ClausePut *clause = clause_of(change, row.need);
        if (clause != NULL)
                clauses_coming_remove(change->txn, clause);
}

void apply_need_amended(const struct change *change, const Contracts__NeedAmended *body)
{
        Contracts__NeedRow row = CONTRACTS__NEED_ROW__INIT;
        row.need = body->need;
        row.state = CONTRACTS__NEED_STATE__NEED_OPEN; /* a closed one is not amended */
        needs_put(change->txn, change->arena, &row);
}

static bool another_is_open(const struct change *change, const Contracts__ClausePut *clause)
{
        struct walk walk;
        struct id id;
        bool found = false;

        needs_walk_of_contract(change->txn, id_of(clause->contract_id), slice_of(NULL, 0), &walk);
        while (!found && walk_next(&walk, &id)) {
                const Contracts__NeedRow *row = needs_find(change->txn, change->arena, id);
                const Contracts__ObligationRecorded *obligation =
                        row == NULL ? NULL
                                    : contracts_obligation_find(change->txn, change->arena,
                                                                id_of(row->need->obligation_id));
                found = obligation != NULL && row->state == CONTRACTS__NEED_STATE__NEED_OPEN &&
                        id_equal(id_of(obligation->clause_id), id_of(clause->clause_id));
        }
        walk_end(&walk);
        return found;
}

void apply_need_closed(const struct change *change, const Contracts__NeedClosed *body)
{
        Contracts__NeedRow *row = needs_find(change->txn, change->arena, id_of(body->need_id));
        if (row == NULL) {
                require(txn_error(change->txn) != 0); /* needs are never deleted */
                return;
        }
        row->state = body->state;
        row->closed_on = body->closed_on;
        row->closing_reason = body->reason;
        row->filled = body->filled;
        needs_put(change->txn, change->arena, row);
        /* Nobody is looked for any more although the hours are still to be done: it is to be expected again. */
        const Contracts__ClausePut *clause = clause_of(change, row->need);
        if (body->state == CONTRACTS__NEED_STATE__NEED_WITHDRAWN && clause != NULL && !another_is_open(change, clause))
                clauses_coming_put(change->txn, change->arena, clause);
}

static void tell_need(struct telling *telling, const char *what, const Contracts__NeedDeclared *need, const char *why)
{
        const char *partner =
                need->partner == NULL || need->partner->choice != CONTRACTS__PARTNER_CHOICE__PARTNER_CHOSEN
                        ? ""
                        : arena_printf(telling->arena, ", avec %s", need->partner->name);
        /* The event of a private contract's need does not name the company. */
        const char *company = need->contractor_name[0] == '\0' ? told_company(telling, need->obligation_id, "")
                                                               : need->contractor_name;
        const char *until = need->ends_on == NULL
                                    ? ""
                                    : arena_printf(telling->arena, " jusqu'au %s", told_day(telling, need->ends_on));
        tell(telling, "%s par %s : %s « %s » (ROME %s) à partir du %s%s, commune %s%s%s.", what, company,
             french_count(telling->arena, need->positions, "poste"), need->title, need->rome_code,
             told_day(telling, need->starts_on), until, need->commune, partner, why);
}

void tell_need_declared(struct telling *telling, const Contracts__NeedDeclared *body)
{
        tell_need(telling, "Besoin déclaré", body, "");
}

void tell_need_amended(struct telling *telling, const Contracts__NeedAmended *body)
{
        tell_need(telling, "Besoin modifié", body->need, arena_printf(telling->arena, " (%s)", body->reason));
}

void tell_need_closed(struct telling *telling, const Contracts__NeedClosed *body)
{
        const Contracts__NeedRow *row = needs_find(telling->txn, telling->arena, id_of(body->need_id));
        const char *title = row == NULL ? "" : row->need->title;
        if (body->state == CONTRACTS__NEED_STATE__NEED_FILLED)
                tell(telling, "Besoin « %s » pourvu : %s%s%s.", title,
                     french_count(telling->arena, body->filled, "personne"), *body->reason == '\0' ? "" : ", ",
                     body->reason);
        else
                tell(telling, "Besoin « %s » retiré : %s.", title, body->reason);
}
