/* referrals: a page of what was handed to the guichet vert, newest first: of one contract, or of all that the one who
 * asks may read.
 * Caller: facilitator, coordinator, auditor: all; buyer: its own contracts'.  Refuses: NOT_FOUND, NOT_ALLOWED. */
#include "services/contracts/referrals/referrals.h"

#include "services/contracts/access.h"
#include "services/contracts/file/subject.h"
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

static void add_page(const struct work *work, const Contracts__ReferralsRequest *query, struct walk *walk,
                     Contracts__ReferralsReply *reply)
{
        uint32_t limit = page_limit(query->page);
        struct slice last = {0};
        struct id id;

        while (contracts_walk_next(walk, &id)) {
                if (page_ends(work, reply->n_referrals, limit, last)) { /* there is more */
                        reply->next = pb_bytes(last);
                        break;
                }
                const Contracts__ReferralRow *row = referral_find(work->txn, work->arena, id);
                last = contracts_walk_cursor(walk, work->arena);
                /* Security: a buyer reads those of its own contracts; private contracts are for their own. */
                if (row == NULL || (query->pending_only && row->closed != NULL) || !may_read(work, row))
                        continue;
                reply->referrals =
                        pb_append(reply->referrals, &reply->n_referrals, sizeof(*reply->referrals), work->arena);
                reply->referrals[reply->n_referrals - 1] = view_referral(work, row);
        }
}

struct reply handle_referrals(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ReferralsRequest *query = (const Contracts__ReferralsRequest *)message;
        Contracts__ReferralsReply *reply = pb_new(&contracts__referrals_reply__descriptor, work->arena);
        struct subject subject;
        struct refusal refusal;
        struct walk walk;

        if (id_is_zero(id_of(query->contract_id))) {
                referrals_walk(work->txn, page_after(query->page), &walk);
        } else {
                if (!subject_find(work, query->contract_id, &subject, &refusal))
                        return reply_refusal(work, &refusal);
                contracts_about_walk_backwards(work->txn, subject.id, ABOUT_REFERRAL, page_after(query->page), &walk);
        }
        add_page(work, query, &walk, reply);
        contracts_walk_end(&walk);
        return reply_ok(work, reply);
}
