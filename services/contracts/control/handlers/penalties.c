/* penalties.c: what is proposed to the buyer, and what it decides. */
#include "contracts/calls.h"
#include "services/contracts/control/control.h"

#include "services/contracts/control/ladder.h"
#include "services/contracts/control/loaded_control.h"
#include "services/contracts/control/penalty.h"

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

/* `document_of`, its day, and `signatory` are the document's; NULL and "" where the buyer acts itself. Records
 * CaseDecided. */
static struct reply decide_case(struct work *work, const Contracts__DecideCase *command, const Types__Day *document_of,
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

/* propose_penalty: what the facilitator advises the buyer, with what the clause's formula gives. Binds nobody.
 * Caller: facilitator (of one of the obligation's territories), coordinator.  Emits: PenaltyProposed.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (kind, amount, reasons), WRONG_STATE (step missing, the contradictory
 * period runs, the clause has no such penalty). */
static struct penalty_facts facts_of(const struct work *work, const struct loaded_control *loaded)
{
        const Contracts__ControlCase *record = loaded->record;
        struct case_sums sums = loaded_control_sums(work, loaded, id_of(record->case_id));
        struct penalty_facts facts = {
                .plan = loaded->plan,
                .rules = loaded->rules,
                .ground = record->ground,
                .due_on = day_of(record->opened_on),
                .served_on = day_of(record->served_on),
                .until = work->today,
                .missing = loaded_control_hours(loaded, record->ground, &sums),
                .decided = sums.decided,
        };
        struct period period;
        struct refusal why;

        if (record->period_end == NULL)
                return facts;
        if (loaded_control_period(loaded, record->period_end, &period, &why))
                facts.due_on = period.due;
        const Contracts__StatementRow *row = control_statement_find(
                work->txn, work->arena, id_of(record->obligation_id), day_of(record->period_end));
        if (row != NULL && row->complete_on != NULL)
                facts.until = day_of(row->complete_on);
        return facts;
}

static bool advises_money(Contracts__ProposalKind kind)
{
        return kind == CONTRACTS__PROPOSAL_KIND__PROPOSE_FULL || kind == CONTRACTS__PROPOSAL_KIND__PROPOSE_REDUCED;
}

static bool advised(const Contracts__ProposePenalty *command, const struct penalty *penalty, struct money *ret,
                    struct refusal *ret_refusal)
{
        bool is_reduced = command->kind == CONTRACTS__PROPOSAL_KIND__PROPOSE_REDUCED;
        int64_t computed = money_cents(penalty->computed), asked = money_cents(money_of(command->amount));

        *ret = money_of_cents(0);
        if (!advises_money(command->kind))
                return true;
        if (computed == 0)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "kind",
                              "Le calcul de la clause donne 0 € : proposez de renoncer, ou un plan de rattrapage.");
        if (is_reduced && (asked <= 0 || asked >= computed))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "amount",
                              "Le montant réduit doit être supérieur à 0 et inférieur à %lld,%02lld €.",
                              (long long)computed / 100, (long long)computed % 100);
        *ret = is_reduced ? money_of(command->amount) : penalty->computed;
        return true;
}

static bool propose(const struct work *work, const Contracts__ProposePenalty *command,
                    const struct loaded_control *loaded, Contracts__PenaltyProposal *ret, struct refusal *ret_refusal)
{
        struct penalty_facts facts;
        struct penalty penalty = {.formula = arena_text(work->arena, "aucune pénalité prévue par la clause")};
        struct money amount;

        if (!ladder_allows(loaded->record, LADDER_PROPOSE, false, ret_refusal) ||
            !ladder_period_over(loaded->record, work->today, ret_refusal))
                return false;
        facts = facts_of(work, loaded);
        penalty.hours = facts.missing;
        if (!penalty_compute(&facts, work->arena, &penalty, ret_refusal) && advises_money(command->kind))
                return false;
        if (!advised(command, &penalty, &amount, ret_refusal))
                return false;
        ret->kind = command->kind;
        ret->computed = money_to(work->arena, penalty.computed);
        ret->amount = money_to(work->arena, amount);
        ret->missing_hours = hours_to(work->arena, penalty.hours);
        ret->days_late = penalty.days;
        ret->formula = penalty.formula;
        ret->reasons = command->reasons;
        ret->proposed_on = day_to(work->arena, work->today);
        ret->rules_version = loaded->rules->version;
        ret->capped = penalty.capped;
        return true;
}

struct reply handle_propose_penalty(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ProposePenalty *command = (const Contracts__ProposePenalty *)message;
        Contracts__PenaltyProposed body = CONTRACTS__PENALTY_PROPOSED__INIT;
        struct refusal refusal;
        struct loaded_control loaded;

        body.proposal = pb_new(&contracts__penalty_proposal__descriptor, work->arena);
        if (!case_step_on(work, command->case_id, command->proposed_on, "proposed_on", &refusal) ||
            !loaded_control_of_case(work, command->case_id, &loaded, &refusal) ||
            !propose(work, command, &loaded, body.proposal, &refusal))
                return reply_refusal(work, &refusal);

        body.case_id = loaded.record->case_id;
        body.obligation_id = loaded.record->obligation_id;
        body.contract_id = loaded.record->contract_id;
        work_record(work, &body.base);

        Contracts__ProposePenaltyReply *reply = pb_new(&contracts__propose_penalty_reply__descriptor, work->arena);
        reply->proposal = body.proposal;
        return reply_ok(work, reply);
}

/* decide_case: the buyer decides what follows, with its own account: apply, reduce, waive, or a plan of catching up.
 * Caller: the contract's buyer, nobody else.  Emits: CaseDecided.
 * Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (choice, amount, reasons, catch_up_until), WRONG_STATE (step missing).
 */
struct reply handle_decide_case(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__DecideCase *command = (const Contracts__DecideCase *)message;
        static char nobody_else[] = "";
        return decide_case(work, command, NULL, nobody_else);
}

/* record_buyer_decision: the buyer's written decision is copied: its date, reference and signatory. Decides nothing.
 * Caller: facilitator (of one of the obligation's territories), coordinator.  Emits: CaseDecided, marked as copied; the
 * buyer may decide otherwise with its account while the case is open.
 * Refuses: as DecideCase, and INVALID_FIELD (decision, decided_on, reference, signatory). */
struct reply handle_record_buyer_decision(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__RecordBuyerDecision *command = (const Contracts__RecordBuyerDecision *)message;
        return decide_case(work, command->decision, command->decided_on, command->signatory);
}
