/* agreements: a page of agreements, newest first; of one buyer, in one state, or to be renewed soon.
 * Caller: facilitator, coordinator, auditor: all; buyer: its own.  Refuses: INVALID_FIELD (buyer_siret), NOT_ALLOWED.
 */
#include "services/contracts/agreements/agreements.h"

#include <string.h>

#include "services/contracts/access.h"
#include "services/contracts/agreements/agreement_views.h"

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

static Contracts__AgreementsReply *page_of(const struct work *work, const struct filter *filter, struct walk *walk,
                                           uint32_t limit)
{
        Contracts__AgreementsReply *reply = pb_new(&contracts__agreements_reply__descriptor, work->arena);
        struct slice last = {0};
        struct id id;

        while (contracts_walk_next(walk, &id)) {
                if (page_ends(work, reply->n_agreements, limit, last)) { /* there is more */
                        reply->next = pb_bytes(last);
                        break;
                }
                const Contracts__AgreementRow *row = agreement_row_find(work->txn, work->arena, id);
                last = contracts_walk_cursor(walk, work->arena);
                /* Security: only what is theirs to see. */
                if (row == NULL || !access_agreement(work, row->agreement) || !passes(work, filter, row))
                        continue;
                reply->agreements =
                        pb_append(reply->agreements, &reply->n_agreements, sizeof(*reply->agreements), work->arena);
                reply->agreements[reply->n_agreements - 1] = view_agreement(work, row);
        }
        contracts_walk_end(walk);
        reply->within_days = filter->within_days;
        return reply;
}

struct reply handle_agreements(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__AgreementsRequest *query = (const Contracts__AgreementsRequest *)message;
        struct refusal refusal;
        struct filter filter;
        struct walk walk;

        if (!scope(work, query, &filter, &refusal))
                return reply_refusal(work, &refusal);
        if (filter.siret[0] == '\0')
                agreements_walk(work->txn, page_after(query->page), &walk);
        else
                agreements_walk_of_buyer(work->txn, filter.siret, page_after(query->page), &walk);
        return reply_ok(work, page_of(work, &filter, &walk, page_limit(query->page)));
}
