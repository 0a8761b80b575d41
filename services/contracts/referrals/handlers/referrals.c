/* referrals.c: environmental matters handed to the guichet vert. */
#include "contracts/calls.h"
#include "services/contracts/referrals/referrals.h"

#include "common/base/text.h"
#include "common/service/page.h"
#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/context.h"
#include "services/contracts/record/loaded_contract.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"
#include "services/contracts/referrals/referral.h"
#include "services/contracts/referrals/referrals_rows.h"

/* refer_matter: an environmental matter of a contract was handed to the guichet vert.
 * Caller: facilitator (of one of its territories), coordinator.  Emits: MatterReferred.
 * Refuses: NOT_FOUND (contract), NOT_ALLOWED, INVALID_FIELD (subject, to, referred_on, referred_by). */
static Contracts__MatterReferred *matter_of(struct work *work, const Contracts__ReferMatter *command)
{
        static char facilitator[] = "le facilitateur";
        const Contracts__ReferralRulesVersion *rules = rules_on(work, DATED_REFERRALS, day_of(command->referred_on));
        int32_t remind_on = command->referred_on->days + (int32_t)rules->reminder_days;
        Contracts__MatterReferred *matter = pb_new(&contracts__matter_referred__descriptor, work->arena);

        matter->referral_id = id_to(work->arena, work_new_id(work));
        matter->contract_id = command->contract_id;
        matter->subject = command->subject;
        matter->to = text_is_empty(command->to) ? rules->desk : command->to;
        matter->referred_on = command->referred_on;
        matter->referred_by = text_is_empty(command->referred_by) ? facilitator : command->referred_by;
        matter->remind_on = day_to(work->arena, day_of_number(remind_on));
        return matter;
}

struct reply handle_refer_matter(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ReferMatter *command = (const Contracts__ReferMatter *)message;
        struct loaded_contract loaded;
        struct refusal refusal;

        if (!loaded_contract_find(work, command->contract_id, &loaded, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__MatterReferred *referred = matter_of(work, command);
        work_record(work, &referred->base);

        Contracts__ReferMatterReply *reply = pb_new(&contracts__refer_matter_reply__descriptor, work->arena);
        reply->referral_id = referred->referral_id;
        reply->remind_on = referred->remind_on;
        return reply_ok(work, reply);
}

/* close_referral: the guichet vert has answered, or nobody waits for it any longer.
 * Caller: facilitator (of one of the contract's territories), coordinator.  Emits: ReferralClosed.
 * Refuses: NOT_FOUND (referral), NOT_ALLOWED, INVALID_FIELD (outcome, closed_on, text), WRONG_STATE (closed already).
 */
struct reply handle_close_referral(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__CloseReferral *command = (const Contracts__CloseReferral *)message;
        struct loaded_contract loaded;
        struct refusal refusal;

        const Contracts__ReferralRow *row = referral_find(work->txn, work->arena, id_of(command->referral_id));
        if (row == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "referral_id",
                                    "Cette transmission n'est pas connue : choisissez-la dans la liste du contrat.");
        if (!loaded_contract_find(work, row->referred->contract_id, &loaded, &refusal) ||
            !referral_check_close(row, command, &refusal))
                return reply_refusal(work, &refusal);

        Contracts__ReferralClosed body = CONTRACTS__REFERRAL_CLOSED__INIT;
        body.referral_id = command->referral_id;
        body.contract_id = row->referred->contract_id;
        body.outcome = command->outcome;
        body.closed_on = command->closed_on;
        body.text = command->text;
        work_record(work, &body.base);

        Contracts__CloseReferralReply *reply = pb_new(&contracts__close_referral_reply__descriptor, work->arena);
        reply->contract_id = body.contract_id;
        return reply_ok(work, reply);
}

/* referrals: a page of what was handed to the guichet vert, newest first: of one contract, or of all that the one who
 * asks may read.
 * Caller: facilitator, coordinator, auditor: all; buyer: its own contracts'.  Refuses: NOT_FOUND, NOT_ALLOWED. */
Contracts__ReferralView *view_referral(const struct work *work, const Contracts__ReferralRow *row)
{
        Contracts__ReferralView *view = pb_new(&contracts__referral_view__descriptor, work->arena);
        const Contracts__MatterReferred *referred = row->referred;

        view->referral_id = referred->referral_id;
        view->contract_id = referred->contract_id;
        view->subject = referred->subject;
        view->to = referred->to;
        view->referred_on = referred->referred_on;
        view->referred_by = referred->referred_by;
        if (row->closed != NULL) {
                view->outcome = row->closed->outcome;
                view->closed_on = row->closed->closed_on;
                view->text = row->closed->text;
        } else {
                view->remind_on = referred->remind_on;
                view->late = referred->remind_on->days < day_number(work->today);
        }
        return view;
}

static bool may_read(const struct work *work, const Contracts__ReferralRow *row)
{
        struct id contract = id_of(row->referred->contract_id);
        const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, contract);
        return record != NULL && access_contract(work, contract, record);
}

struct reply handle_referrals(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ReferralsRequest *query = (const Contracts__ReferralsRequest *)message;
        Contracts__ReferralsReply *reply = pb_new(&contracts__referrals_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct loaded_contract loaded;
        struct refusal refusal;
        struct walk walk;
        struct id id;

        if (id_is_zero(id_of(query->contract_id))) {
                referrals_walk(work->txn, page.after, &walk);
        } else {
                if (!loaded_contract_find(work, query->contract_id, &loaded, &refusal))
                        return reply_refusal(work, &refusal);
                contracts_about_walk_backwards(work->txn, loaded.id, ABOUT_REFERRAL, page.after, &walk);
        }
        while (page_next(&page, &walk, &id)) {
                const Contracts__ReferralRow *row = referral_find(work->txn, work->arena, id);
                /* Security: a buyer reads those of its own contracts; private contracts are for their own. */
                if (row != NULL && !(query->pending_only && row->closed != NULL) && may_read(work, row))
                        page_add(&page, view_referral(work, row));
        }
        return page_reply(&page);
}
