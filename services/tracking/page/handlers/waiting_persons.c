/* WaitingPersons: persons of whom nothing goes on: nobody has decided on them, or they are eligible, with neither an
 * open placement nor an open proposal, by any of their files. Whoever was referred first stands first. Without a
 * name. Asked by the watchers of their territories, and by the prescriber who referred them. */
#include <string.h>

#include "common/base/days.h"
#include "common/service/page.h"
#include "services/tracking/copies/contract_scope.h"
#include "services/tracking/copies/copies_rows.h"
#include "services/tracking/eligibility/standing.h"
#include "services/tracking/persons/decisions_rows.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/proposals/proposal.h"
#include "services/tracking/proposals/proposals_rows.h"
#include "services/tracking/proposals/recording.h"
#include "tracking/calls.h"
#include "tracking/queries.pb-c.h"

/* Security: line by line. Of a restricted file nothing is to be done. */
static bool may_see(const struct work *work, const Tracking__WaitingPersons *query, const Tracking__BeneficiaryRow *row)
{
        const Wire__Passport *actor = work->actor;
        if (row->restriction_code[0] != '\0' ||
            (query->territory[0] != '\0' && strcmp(query->territory, row->territory) != 0))
                return false;
        if (scope_is_watcher(actor))
                return passport_covers(actor, row->territory);
        return actor->role == TYPES__ROLE__PRESCRIBER && row->prescriber != NULL &&
               passport_is_organisation(actor, id_of(row->prescriber));
}

/* ---- does something go on, by any of her files? */

/* Security: a private contract that is not the reader's is not there; her prescriber is told of each of her steps. */
static bool may_know(const struct work *work, struct id obligation)
{
        return work->actor->role == TYPES__ROLE__PRESCRIBER || scope_reads_obligation(work, obligation);
}

static bool has_open_proposal(const struct work *work, struct id file)
{
        struct proposal_ids ids = proposals_of(work->txn, LIST_PROPOSALS_OF_BENEFICIARY, file, work->arena);
        for (size_t i = 0; i < ids.count; i++) {
                const Tracking__ProposalRow *row = tracking_proposal(work->txn, ids.at[i], work->arena);
                if (row != NULL && proposal_is_open(row) && may_know(work, id_of(row->obligation_id)))
                        return true;
        }
        return false;
}

/* The day on which the last of her placements was over goes into *last. */
static bool has_open_placement(const struct work *work, struct id file, struct day *last)
{
        struct placement placement;
        struct walk walk;
        struct id id;
        bool is_open = false;
        placements_walk(work->txn, LIST_PLACEMENTS_OF_BENEFICIARY, key_of_id(file), slice_of(NULL, 0), &walk);
        while (!is_open && walk_next(&walk, &id)) {
                if (!tracking_placement(work->txn, id, &placement) || !may_know(work, placement.obligation))
                        continue;
                is_open = !placement.ended;
                if (placement.ended && day_number(placement.ended_on) > day_number(*last))
                        *last = placement.ended_on;
        }
        walk_end(&walk);
        return is_open;
}

static bool something_goes_on(const struct work *work, struct id id, struct day *last)
{
        struct files files = identity_files(work->txn, id);
        for (size_t i = 0; i < files.count; i++)
                if (has_open_placement(work, files.at[i], last) || has_open_proposal(work, files.at[i]))
                        return true;
        return false;
}

/* ---- what she waits for, since when */

struct waiting {
        Tracking__WaitingState state;
        struct day since;
        struct day until; /* eligible */
};

static bool waits(const struct work *work, struct id id, const Tracking__BeneficiaryRow *row, struct waiting *ret)
{
        struct period periods[PERSON_PERIODS_MAX];
        struct standing standing = standing_of(tracking_eligibility(work->txn, id, work->arena), work->today);
        standing_join(&standing, periods, identity_periods(work->txn, id, periods, work->arena), work->today);
        bool is_eligible = standing.standing == TRACKING__ELIGIBILITY_STANDING__ELIGIBLE;
        struct day last = day_of(row->referred_on);
        if (!is_eligible && standing.standing != TRACKING__ELIGIBILITY_STANDING__NOT_DECIDED)
                return false;
        if (something_goes_on(work, id, &last))
                return false;
        ret->state =
                is_eligible ? TRACKING__WAITING_STATE__WAITING_FOR_NEED : TRACKING__WAITING_STATE__WAITING_FOR_DECISION;
        ret->since = is_eligible ? day_later(last, standing.from) : last;
        ret->until = standing.until;
        return true;
}

/* The need that she was referred for. Security: one of a private contract that is not the reader's is not there. */
static const Tracking__NeedCopy *need_of(const struct work *work, const Tracking__BeneficiaryRow *row)
{
        const Tracking__NeedCopy *need =
                row->need_id == NULL ? NULL : tracking_need(work->txn, id_of(row->need_id), work->arena);
        return need != NULL && may_know(work, id_of(need->obligation_id)) ? need : NULL;
}

static Tracking__WaitingPerson *line_of(const struct work *work, struct id id, const Tracking__BeneficiaryRow *row,
                                        const struct waiting *waiting)
{
        const Tracking__WaitingRule *rule = proposal_waiting_rule(proposal_rules(work), waiting->state);
        Tracking__WaitingPerson *line = pb_new(&tracking__waiting_person__descriptor, work->arena);
        line->beneficiary_id = id_to(work->arena, id);
        line->territory = row->territory;
        line->prescriber = row->prescriber;
        line->state = waiting->state;
        line->referred_on = row->referred_on;
        line->since = day_to(work->arena, waiting->since);
        if (waiting->state == TRACKING__WAITING_STATE__WAITING_FOR_NEED)
                line->eligible_until = day_to(work->arena, waiting->until);
        const Tracking__NeedCopy *need = need_of(work, row);
        line->need_id = need == NULL ? NULL : row->need_id;
        if (need != NULL)
                line->rome_code = need->rome_code;
        if (rule == NULL)
                return line;
        struct day by = day_of_number(day_number(waiting->since) + (int32_t)rule->act_days);
        line->actor = rule->actor;
        line->action = rule->action;
        line->act_by = day_to(work->arena, by);
        line->late = day_number(by) < day_number(work->today);
        return line;
}

static void add_if_waiting(const struct work *work, const Tracking__WaitingPersons *query, struct id id,
                           struct page *page)
{
        const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, id, work->arena);
        struct waiting waiting;
        if (row == NULL || row->referred_on == NULL || !may_see(work, query, row) ||
            !id_equal(identity_main(work->txn, id), id))
                return; /* of several files the one that goes on stands for her */
        const Tracking__NeedCopy *need = need_of(work, row);
        const char *trade = need == NULL ? "" : need->rome_code;
        if ((query->rome_code[0] != '\0' && strcmp(query->rome_code, trade) != 0) || !waits(work, id, row, &waiting) ||
            (query->state != TRACKING__WAITING_STATE__WAITING_STATE_UNKNOWN && query->state != waiting.state))
                return;
        page_add(page, line_of(work, id, row, &waiting));
}

struct reply handle_waiting_persons(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__WaitingPersons *query = (const Tracking__WaitingPersons *)message;
        Tracking__WaitingPersonsReply *reply = pb_new(&tracking__waiting_persons_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct id organisation = id_of(work->actor->organisation), id;
        bool watches = scope_is_watcher(work->actor);
        struct walk walk;

        if (!watches && id_is_zero(organisation))
                return reply_ok(work, reply); /* Security: of no organisation: nothing is its own */
        persons_walk_referred(work->txn, watches ? (struct id){0} : organisation, page.after, &walk);
        while (page_next(&page, &walk, &id))
                add_if_waiting(work, query, id, &page);
        return page_reply(&page);
}
