#include "services/contracts/control/decision.h"

#include "services/contracts/control/ladder.h"

struct decision {
        const Contracts__DecideCase *command;
        const Types__Day *decided_on; /* of the document */
        char *signatory;
        struct day on;
};

static bool amount_of(const struct work *work, const struct loaded_control *loaded, const struct decision *decision,
                      struct money *ret, struct refusal *ret_refusal)
{
        const Types__Money *cap = loaded->plan->cap;
        struct ladder_terms terms = {.decided_on = decision->on};
        if (cap == NULL)
                return ladder_amount(loaded->record, decision->command, &terms, ret, ret_refusal);
        struct case_sums sums = loaded_control_sums(work, loaded, id_of(loaded->record->case_id));
        struct money left = money_of_cents(cap->cents - money_cents(sums.decided));
        terms.left = &left;
        return ladder_amount(loaded->record, decision->command, &terms, ret, ret_refusal);
}

/* The buyer decides today; its document was signed when it says, after the proposal. */
static bool decided_on(const struct work *work, const struct loaded_control *loaded, struct decision *decision,
                       struct refusal *ret_refusal)
{
        struct day proposed_on = day_of(loaded->record->proposal->proposed_on);
        decision->on = work->today;
        if (acts_as_buyer(work))
                return true;
        if (!day_follows(decision->decided_on, proposed_on, "decided_on", ret_refusal))
                return false;
        decision->on = day_of(decision->decided_on);
        return true;
}

static bool decide(const struct work *work, const struct loaded_control *loaded, struct decision *decision,
                   Contracts__BuyerDecision *ret, struct refusal *ret_refusal)
{
        const Contracts__DecideCase *command = decision->command;
        struct money amount;

        if (!signed_by_buyer(work, command->reference, decision->signatory, ret_refusal) ||
            !ladder_allows(loaded->record, LADDER_DECIDE, acts_as_buyer(work), ret_refusal) ||
            !decided_on(work, loaded, decision, ret_refusal) ||
            !amount_of(work, loaded, decision, &amount, ret_refusal))
                return false;
        ret->choice = command->choice;
        ret->amount = money_to(work->arena, amount);
        ret->settled_hours = loaded->record->proposal->missing_hours;
        ret->reasons = command->reasons;
        ret->catch_up_until =
                command->choice == CONTRACTS__BUYER_CHOICE__CHOICE_CATCH_UP ? command->catch_up_until : NULL;
        ret->decided_on = day_to(work->arena, decision->on);
        ret->reference = command->reference;
        ret->recorded_for_buyer = !acts_as_buyer(work);
        return true;
}

struct reply decide_case(struct work *work, const Contracts__DecideCase *command, const Types__Day *document_of,
                         char *signatory)
{
        struct decision decision = {.command = command, .decided_on = document_of, .signatory = signatory};
        Contracts__CaseDecided body = CONTRACTS__CASE_DECIDED__INIT;
        struct refusal refusal;
        struct loaded_control loaded;

        body.decision = pb_new(&contracts__buyer_decision__descriptor, work->arena);
        if (!loaded_control_of_case(work, command->case_id, &loaded, &refusal) ||
            !decide(work, &loaded, &decision, body.decision, &refusal))
                return reply_refusal(work, &refusal);

        body.case_id = loaded.record->case_id;
        body.obligation_id = loaded.record->obligation_id;
        body.contract_id = loaded.record->contract_id;
        work_record_sealed(work, &body.base, sealed_signature(work, signatory));

        Contracts__DecideCaseReply *reply = pb_new(&contracts__decide_case_reply__descriptor, work->arena);
        reply->amount = body.decision->amount;
        return reply_ok(work, reply);
}
