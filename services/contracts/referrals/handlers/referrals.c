/* referrals: a page of what was handed to the guichet vert, newest first: of one contract, or of all that the one who
 * asks may read.
 * Caller: facilitator, coordinator, auditor: all; buyer: its own contracts'.  Refuses: NOT_FOUND, NOT_ALLOWED. */
#include "contracts/calls.h"
#include "services/contracts/referrals/referrals.h"

#include "common/service/page.h"
#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"
#include "services/contracts/record/loaded_contract.h"
#include "services/contracts/referrals/referrals_rows.h"

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
