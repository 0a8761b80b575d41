/* agreements: a page of agreements, newest first; of one buyer, in one state, or to be renewed soon.
 * Caller: facilitator, coordinator, auditor: all; buyer: its own.  Refuses: INVALID_FIELD (buyer_siret), NOT_ALLOWED.
 */
#include "contracts/calls.h"
#include "services/contracts/agreements/agreements.h"

#include <string.h>

#include "common/service/page.h"
#include "services/contracts/agreements/agreement_views.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

struct filter {
        char siret[SIRET_TEXT_SIZE]; /* "": everybody's */
        Contracts__AgreementState state;
        bool to_renew;
        uint32_t within_days;
};

static bool scope(const struct work *work, const Contracts__AgreementsRequest *query, struct filter *ret,
                  struct refusal *ret_refusal)
{
        *ret = (struct filter){.state = query->state, .to_renew = query->to_renew};
        ret->within_days = query->within_days > 0 ? query->within_days : agreement_warning_days(work);
        memcpy(ret->siret, query->buyer_siret, strlen(query->buyer_siret) + 1);
        /* Security: a buyer lists its own agreements, whatever it asks. */
        if (work->actor->role != TYPES__ROLE__BUYER)
                return true;
        if (!access_own_siret(work, ret->siret))
                return refuse(
                        ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "",
                        "Le SIRET de votre organisation n'est pas connu : demandez au facilitateur de compléter sa "
                        "fiche dans l'annuaire.");
        return true;
}

static bool passes(const struct work *work, const struct filter *filter, const Contracts__AgreementRow *row)
{
        struct day decide_by;
        if (filter->state != CONTRACTS__AGREEMENT_STATE__AGREEMENT_STATE_UNKNOWN &&
            agreement_state(row, work->today) != filter->state)
                return false;
        return !filter->to_renew || (agreement_decide_by(row, work->today, &decide_by) &&
                                     day_number(decide_by) - day_number(work->today) <= (int64_t)filter->within_days);
}

struct reply handle_agreements(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__AgreementsRequest *query = (const Contracts__AgreementsRequest *)message;
        Contracts__AgreementsReply *reply = pb_new(&contracts__agreements_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct refusal refusal;
        struct filter filter;
        struct walk walk;
        struct id id;

        if (!scope(work, query, &filter, &refusal))
                return reply_refusal(work, &refusal);
        if (filter.siret[0] == '\0')
                agreements_walk(work->txn, page.after, &walk);
        else
                agreements_walk_of_buyer(work->txn, filter.siret, page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                const Contracts__AgreementRow *row = agreement_row_find(work->txn, work->arena, id);
                /* Security: only what is theirs to see. */
                if (row != NULL && access_agreement(work, row->agreement) && passes(work, &filter, row))
                        page_add(&page, view_agreement(work, row));
        }
        reply->within_days = filter.within_days;
        return page_reply(&page);
}
