#include "services/contracts/corrections/corrections.h"
#include "contracts/calls.h"

#include "common/base/require.h"
#include "common/store/stored.h"
#include "services/contracts/corrections/undo.h"
#include "services/contracts/obligations/obligations.h"
#include "services/contracts/obligations/withdrawing.h"
#include "services/contracts/page/events.h"
#include "services/contracts/page/replaced.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/telling.h"

void corrections_apply(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Contracts__Event *body = event->body;
        struct undo_notes notes;

        if (!correction_is_kept(body->body_case)) {
                contracts_apply(txn, arena, event);
                return;
        }
        undo_begin(&notes, txn, arena);
        contracts_apply(txn, arena, event);
        undo_end(&notes, event->number);
}

/* What was decided on the thing is another version of it now. */
static void note_version(const struct change *change, const Contracts__Event *act)
{
        struct event withdrawn = *change->event;
        withdrawn.body = act;
        versions_note(change->txn, &contracts_versions, &withdrawn);
}

static const Contracts__Event *act_in(const struct change *change, const Contracts__WithdrawnAct *act)
{
        const Contracts__Event *event = pb_decode(&contracts__event__descriptor, pb_slice(act->event), change->arena);
        require_stored(event != NULL);
        return event;
}

void apply_act_withdrawn(const struct change *change, const Contracts__ActWithdrawn *body)
{
        uint64_t *numbers = arena_alloc(change->arena, (body->n_acts + 1) * sizeof(*numbers));
        struct undo undo;

        for (size_t i = 0; i < body->n_acts; i++)
                numbers[i] = body->acts[i]->number;
        bool is_free = undo_plan(change->txn, change->arena, numbers, body->n_acts, &undo);
        require(is_free || txn_error(change->txn) != 0); /* whoever recorded it has tried */
        if (!is_free)
                return;
        obligations_apply_postings(change, body->postings, body->n_postings);
        undo_do(change->txn, change->arena, &undo);
        for (size_t i = 0; i < body->n_acts; i++) {
                const Contracts__Event *act = act_in(change, body->acts[i]);
                withdrawing_sums(change, act);
                if (act->body_case == CONTRACTS__EVENT__BODY_CONTRACT_OPENED)
                        contracts_record_remove(change->txn, change->arena, id_of(act->contract_opened->contract_id));
                note_version(change, act);
                undo_forget(change->txn, numbers[i]);
                contracts_withdrawn_put(change->txn, numbers[i], change->event->number);
        }
}

/* Where the act's sentence ends, ours goes on. */
void tell_act_withdrawn(struct telling *telling, const Contracts__ActWithdrawn *body)
{
        tell(telling, "Annulé le %s : « %s » (n° %llu). Motif : %s", told_day(telling, body->withdrawn_on), body->told,
             (unsigned long long)(body->n_acts > 0 ? body->acts[0]->number : 0), body->reason);
}
