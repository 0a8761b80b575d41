#include "services/contracts/corrections/withdrawal.h"

#include "services/contracts/obligations/withdrawing.h"
#include "services/contracts/page/events.h"
#include "services/contracts/page/history.h"
#include "services/contracts/page/replaced.h"

enum { HISTORY_MAX = 100000 }; /* events of a contract that are looked through */

static bool may_withdraw(const struct withdrawal *w, struct refusal *ret_refusal)
{
        bool by_buyer = w->work->actor->role == TYPES__ROLE__BUYER;
        bool is_buyers = false;
        for (size_t i = 0; i < w->act.count; i++)
                is_buyers = is_buyers || correction_is_buyers_own(w->act.events[i].event);
        if (by_buyer && !is_buyers)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "act",
                              "Le facilitateur a enregistré cet acte : demandez-lui de l'annuler.");
        return by_buyer || !is_buyers ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "act",
                      "L'acheteur a décidé cela par son propre compte : lui seul l'annule.");
}

/* ---- what rests on it */

static bool rests(const struct withdrawal *w, const struct act_event *later, const struct undone_row *conflict)
{
        if (conflict != NULL)
                return undo_touches(w->work->txn, w->work->arena, later->number, conflict);
        if (later->event->body_case == CONTRACTS__EVENT__BODY_LEDGER_POSTED) /* what is left of it is in the ledger */
                return false;
        for (size_t i = 0; i < w->undo.count; i++)
                if (w->undo.rows[i].is_new && w->undo.rows[i].key.size == sizeof(struct id) &&
                    correction_names(event_body(later->event), key_read_id(w->undo.rows[i].key, 0)))
                        return true;
        return false;
}

/* The last act behind this one that rests on it; false: none. `conflict`: on that row; NULL: by naming what it made. */
static bool find_resting(const struct withdrawal *w, const struct undone_row *conflict, struct act_event *ret)
{
        uint64_t last = w->numbers[w->act.count - 1];
        struct walk walk;
        bool found = false;

        contracts_walk_history(w->work->txn, w->subject, WALK_DOWN, slice_of(NULL, 0), &walk);
        for (size_t i = 0; !found && i < HISTORY_MAX && walk_step(&walk) && walk_number(&walk) > last; i++)
                found = contracts_withdrawn_by(w->work->txn, walk_number(&walk)) == 0 &&
                        act_event_read(w->work, walk_number(&walk), ret) &&
                        ret->event->body_case != CONTRACTS__EVENT__BODY_ACT_WITHDRAWN && rests(w, ret, conflict);
        walk_end(&walk);
        return found;
}

static bool blocked(const struct withdrawal *w, const struct act_event *resting, struct refusal *ret_refusal)
{
        const Contracts__HistoryLine *line = history_line(w->work, resting->number);
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "act",
                      "Un autre acte s'appuie sur celui-ci : n° %llu, « %.300s ». Annulez-le d'abord.",
                      (unsigned long long)resting->number, line == NULL ? "pour d'autres lecteurs" : line->text);
}

static bool stands_alone(struct withdrawal *w, struct refusal *ret_refusal)
{
        struct act_event resting;
        if (!undo_plan(w->work->txn, w->work->arena, w->numbers, w->act.count, &w->undo)) {
                if (find_resting(w, &w->undo.conflict, &resting))
                        return blocked(w, &resting, ret_refusal);
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "act",
                              "Ce que cet acte avait posé a été remplacé depuis : corrigez ce qui vaut à présent.");
        }
        return !find_resting(w, NULL, &resting) || blocked(w, &resting, ret_refusal);
}

static bool take_back_hours(struct withdrawal *w, const struct act_event *one, struct refusal *ret_refusal)
{
        struct leaving leaving = {one->event, one->number};
        struct act_event credit;
        if (withdrawing_postings(w->work, &leaving, &w->postings, ret_refusal))
                return true;
        return correction_find_credit(w->work, w->subject, one, &credit) && credit.number != one->number
                       ? blocked(w, &credit, ret_refusal)
                       : false;
}

bool withdrawal_plan(struct withdrawal *w, struct refusal *ret_refusal)
{
        w->numbers = arena_alloc(w->work->arena, w->act.count * sizeof(*w->numbers));
        for (size_t i = 0; i < w->act.count; i++)
                w->numbers[i] = w->act.events[i].number;
        if (!may_withdraw(w, ret_refusal) || !stands_alone(w, ret_refusal))
                return false;
        for (size_t i = 0; i < w->act.count; i++) {
                const struct act_event *one = &w->act.events[i];
                if (!correction_admits(w->work, w->subject, one, ret_refusal) || !take_back_hours(w, one, ret_refusal))
                        return false;
        }
        return true;
}

/* ---- recorded */

static void put_acts(const struct withdrawal *w, Contracts__ActWithdrawn *body)
{
        for (size_t i = 0; i < w->act.count; i++) {
                Contracts__WithdrawnAct *act = pb_new(&contracts__withdrawn_act__descriptor, w->work->arena);
                act->number = w->act.events[i].number;
                act->event = w->act.events[i].record->body;
                body->acts = pb_append(body->acts, &body->n_acts, sizeof(act), w->work->arena);
                body->acts[i] = act;
        }
}

static void put_holders(const struct withdrawal *w, Contracts__ActWithdrawn *body)
{
        for (size_t i = 0; i < w->act.count; i++) {
                struct leaving leaving = {w->act.events[i].event, w->act.events[i].number};
                Contracts__ObligationAssigned *holder = withdrawing_holder(w->work, &leaving);
                if (holder == NULL)
                        continue;
                body->holders = pb_append(body->holders, &body->n_holders, sizeof(holder), w->work->arena);
                body->holders[body->n_holders - 1] = holder;
        }
}

static void record_withdrawal(const struct withdrawal *w)
{
        const ProtobufCMessage *first = event_body(w->act.events[0].event);
        Contracts__ActWithdrawn body = CONTRACTS__ACT_WITHDRAWN__INIT;
        struct id contract;

        if (event_contract(w->work->txn, w->work->arena, w->act.events[0].event, &contract))
                body.contract_id = id_to(w->work->arena, contract);
        body.other_contract_id = event_id_named(first, "other_contract_id");
        body.agreement_id = event_id_named(first, "agreement_id");
        body.line_id = event_id_named(first, "line_id");
        put_acts(w, &body);
        put_holders(w, &body);
        body.told = event_told_in_public(w->work, w->named.event, w->named.number);
        body.recorded_at = instant_to(w->work->arena, w->named.record->at_ms);
        body.withdrawn_on = w->withdrawn_on != NULL ? w->withdrawn_on : day_to(w->work->arena, w->work->today);
        body.reason = w->reason;
        body.postings = w->postings.list;
        body.n_postings = w->postings.count;
        work_record(w->work, &body.base);
}

/* Who had decided on the thing is told, by the event that withdraws. */
void withdrawal_record(const struct withdrawal *w)
{
        struct version_change *changes = arena_zalloc(w->work->arena, w->act.count * sizeof(*changes));
        for (size_t i = 0; i < w->act.count; i++)
                versions_look(w->work, &contracts_versions, w->act.events[i].event, &changes[i]);
        record_withdrawal(w);
        struct act_event recorded;
        uint64_t number = contracts_withdrawn_by(w->work->txn, w->numbers[0]);
        if (!act_event_read(w->work, number, &recorded))
                return; /* the transaction has failed */
        for (size_t i = 0; i < w->act.count; i++) {
                changes[i].event = recorded.event;
                versions_tell(w->work, &contracts_versions, &changes[i]);
        }
}
