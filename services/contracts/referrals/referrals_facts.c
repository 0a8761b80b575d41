#include "services/contracts/referrals/referrals.h"

#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"
#include "services/contracts/referrals/referrals_rows.h"

static void add_calendar(const struct work *work, const Contracts__ReferralView *view,
                         Contracts__ContractFactsReply *reply)
{
        Contracts__CalendarLine *line = facts_calendar(work, reply, day_of(view->remind_on));
        line->what = arena_printf(work->arena, "Question environnementale sans réponse (%s) : relancer", view->to);
        line->about_id = view->referral_id;
        line->act = arena_text(work->arena, "contracts.CloseReferral");
        line->source = arena_text(work->arena, "délai de rappel : deploy/rules/referrals.json");
}

void referrals_facts(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply)
{
        struct walk walk;
        struct id id;

        if (work->actor->role == TYPES__ROLE__COMPANY)
                return; /* Security: nor do contractors read in the calendar what the buyer asks others */
        contracts_about_walk(work->txn, of->contract, ABOUT_REFERRAL, &walk);
        while (walk_next(&walk, &id)) {
                const Contracts__ReferralRow *row = referral_find(work->txn, work->arena, id);
                if (row == NULL)
                        continue;
                reply->referrals =
                        pb_append(reply->referrals, &reply->n_referrals, sizeof(*reply->referrals), work->arena);
                reply->referrals[reply->n_referrals - 1] = view_referral(work, row);
                if (row->closed == NULL)
                        add_calendar(work, reply->referrals[reply->n_referrals - 1], reply);
        }
        walk_end(&walk);
}
