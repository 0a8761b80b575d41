/* EligibilityDue: what facilitators have to do on eligibilities within some days: agree to a decision, renew, end a
 * suspension, look at hours that nothing covers. Lines without a name. Asked by facilitators, of their territories. */
#include "common/service/page.h"
#include "services/tracking/persons/decisions_rows.h"
#include "services/tracking/eligibility/grants.h"
#include "services/tracking/eligibility/standing.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/rules/context.h"
#include "tracking/calls.h"
#include "tracking/queries.pb-c.h"

enum { LINES_MAX = 100 };

/* Security: the person's territory, line by line; of a restricted file nothing is to be done. */
static bool may_see(const struct work *work, const Tracking__EligibilityDue *query, const Tracking__BeneficiaryRow *row)
{
        return passport_covers(work->actor, row->territory) && row->restriction_code[0] == '\0' &&
               (query->territory[0] == '\0' || strcmp(query->territory, row->territory) == 0);
}

static Tracking__EligibilityDueLine *line_of(const struct work *work, struct id id,
                                             const Tracking__BeneficiaryRow *person, uint32_t days)
{
        const Tracking__EligibilityRow *row = tracking_eligibility(work->txn, id, work->arena);
        struct period periods[PERSON_PERIODS_MAX];
        struct standing standing = standing_of(row, work->today);
        standing_join(&standing, periods, identity_periods(work->txn, id, periods, work->arena), work->today);
        bool to_check = standing_may_have_to_check(row) && grants_to_check(work, id, NULL).count > 0;
        struct next_step step = standing_next(&standing, work->today, days, to_check);
        if (step.action == TRACKING__ELIGIBILITY_ACTION__ELIGIBILITY_ACTION_UNKNOWN)
                return NULL;
        Tracking__EligibilityDueLine *line = pb_new(&tracking__eligibility_due_line__descriptor, work->arena);
        line->beneficiary_id = id_to(work->arena, id);
        line->territory = person->territory;
        line->standing = standing.standing;
        line->next_action = step.action;
        line->next_before = step.has_day ? day_to(work->arena, step.before) : NULL;
        line->eligible_until = standing.has_period ? day_to(work->arena, standing.until) : NULL;
        return line;
}

struct reply handle_eligibility_due(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__EligibilityDue *query = (const Tracking__EligibilityDue *)message;
        const Tracking__EligibilityVersion *policy = dated_on(&tracking_of(work)->eligibility, work->today);
        Tracking__EligibilityDueReply *reply = pb_new(&tracking__eligibility_due_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct walk walk;
        struct id id;

        page_at_most(&page, LINES_MAX);
        if (query->territory[0] != '\0')
                persons_walk(work->txn, LIST_BENEFICIARIES_OF_TERRITORY, key_of_text(query->territory), page.after,
                             &walk);
        else
                persons_walk(work->txn, LIST_BENEFICIARIES, key_empty(), page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, id, work->arena);
                if (row == NULL || !may_see(work, query, row))
                        continue;
                Tracking__EligibilityDueLine *line =
                        line_of(work, id, row, query->days != 0 ? query->days : policy->due->days);
                if (line != NULL)
                        page_add(&page, line);
        }
        return page_reply(&page);
}
