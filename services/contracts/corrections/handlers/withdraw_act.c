/* withdraw_act: an act that should not stand: recorded by mistake, or wrong, or undone by what came after (a company
 * gives the contract back, a judge annuls the award). All that its command recorded stands no more; the right act is
 * then recorded with its own day. Nothing that rests on it may stand: that is withdrawn first, the last one first.
 * Caller: facilitator (of one of the contract's territories), coordinator; the buyer, what it did itself. Emits:
 * ActWithdrawn.  Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (the three ids, reason, withdrawn_on), WRONG_STATE
 * (withdrawn already; corrected in another way; another act rests on it). */
#include "contracts/calls.h"

#include "services/contracts/corrections/withdrawal.h"
#include "services/contracts/page/events.h"
#include "services/contracts/page/history.h"

/* ---- which act, and whose */

static bool find_subject(const Contracts__WithdrawAct *command, struct withdrawal *w, struct refusal *ret_refusal)
{
        const Types__Id *const ids[] = {command->contract_id, command->agreement_id, command->line_id};
        size_t given = 0;
        for (size_t i = 0; i < ARRAY_SIZE(ids); i++)
                if (!id_is_zero(id_of(ids[i]))) {
                        w->subject = id_of(ids[i]);
                        given++;
                }
        return given == 1 || refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "contract_id",
                                    "Dites de quelle histoire est l'acte : celle d'un contrat, d'une convention ou "
                                    "d'une ligne de programme, une seule.");
}

static bool find_act(struct withdrawal *w, uint64_t number, struct refusal *ret_refusal)
{
        bool known =
                contracts_history_has(w->work->txn, w->subject, number) && act_event_read(w->work, number, &w->named);
        /* Security: nobody withdraws what he may not read. */
        if (!known || (event_row_of(w->named.event->body_case)->readers & (1u << w->work->actor->role)) == 0)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "act",
                              "Cette histoire n'a pas d'acte n° %llu : lisez-la (ContractHistory).",
                              (unsigned long long)number);
        const char *remedy = event_row_of(w->named.event->body_case)->remedy;
        if (remedy != NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "act", "Cet acte se corrige autrement. %s",
                              remedy);
        w->act = act_of(w->work, &w->named);
        uint64_t by = contracts_withdrawn_by(w->work->txn, number);
        return by == 0 || refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "act",
                                 "Cet acte est déjà annulé, par l'acte n° %llu.", (unsigned long long)by);
}

struct reply handle_withdraw_act(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__WithdrawAct *command = (const Contracts__WithdrawAct *)message;
        struct withdrawal w = {.work = work, .reason = command->reason, .withdrawn_on = command->withdrawn_on};
        struct refusal refusal;

        if (!find_subject(command, &w, &refusal) || !find_act(&w, command->act, &refusal) ||
            !withdrawal_plan(&w, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__WithdrawActReply *reply = pb_new(&contracts__withdraw_act_reply__descriptor, work->arena);
        for (size_t i = 0; i < w.act.count; i++) {
                const Contracts__HistoryLine *line = history_line(work, w.numbers[i]);
                if (line == NULL)
                        continue; /* of others */
                reply->withdrawn =
                        pb_append(reply->withdrawn, &reply->n_withdrawn, sizeof(*reply->withdrawn), work->arena);
                reply->withdrawn[reply->n_withdrawn - 1] = line->text;
        }
        reply->postings = w.postings.list;
        reply->n_postings = w.postings.count;
        withdrawal_record(&w);
        return reply_ok(work, reply);
}
