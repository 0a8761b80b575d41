#include "services/tracking/privacy/sharings.h"

#include <string.h>

#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/privacy/privacy_rows.h"
#include "services/tracking/proposals/proposals_rows.h"
#include "services/tracking/rules/context.h"

enum { DAY_MS = 86400000 };

struct listing {
        const struct work *work;
        const Tracking__PrivacyVersion *rules;
        struct sharings found;
};

static bool is_listed(const struct listing *listing, const char *code, const Types__Id *to)
{
        for (size_t i = 0; i < listing->found.count; i++) {
                const Tracking__Sharing *row = listing->found.rows[i];
                const Types__Id *of = row->organisation != NULL ? row->organisation : row->account;
                if (strcmp(row->sharing_code, code) == 0 && id_equal(id_of(of), id_of(to)))
                        return true;
        }
        return false;
}

/* NULL: it is listed already, or the rules have none of that code. */
static Tracking__Sharing *list_one(struct listing *listing, const char *code, const Types__Id *to, int64_t at_ms)
{
        struct arena *arena = listing->work->arena;
        const Tracking__SharingRule *rule = NULL;
        for (size_t i = 0; rule == NULL && i < listing->rules->n_sharings; i++)
                if (strcmp(listing->rules->sharings[i]->code, code) == 0)
                        rule = listing->rules->sharings[i];
        if (rule == NULL || is_listed(listing, code, to))
                return NULL;
        Tracking__Sharing *row = pb_new(&tracking__sharing__descriptor, arena);
        row->sharing_code = rule->code;
        row->recipient = rule->recipient;
        row->content = rule->content;
        row->basis = rule->basis;
        row->purpose = rule->purpose;
        row->at = instant_to(arena, at_ms);
        listing->found.rows = pb_append(listing->found.rows, &listing->found.count, sizeof(row), arena);
        listing->found.rows[listing->found.count - 1] = row;
        return row;
}

static void list_organisation(struct listing *listing, const char *code, struct id to, int64_t at_ms)
{
        if (id_is_zero(to))
                return;
        Types__Id *id = id_to(listing->work->arena, to);
        Tracking__Sharing *row = list_one(listing, code, id, at_ms);
        if (row != NULL)
                row->organisation = id;
}

static void list_readers(struct listing *listing, struct id beneficiary)
{
        struct walk walk;
        tracking_readings(listing->work->txn, beneficiary, slice_of(NULL, 0), &walk);
        while (walk_step(&walk)) {
                const Tracking__ReadingRow *reading =
                        tracking_reading(listing->work->txn, walk_number(&walk), listing->work->arena);
                if (reading == NULL || reading->account == NULL || reading->sought)
                        continue;
                Tracking__Sharing *row =
                        list_one(listing, reading->exported ? "EXPORT" : "READER", reading->account, reading->at_ms);
                if (row != NULL)
                        row->account = reading->account;
        }
        walk_end(&walk);
}

/* Who was sent a proposal, whatever came of it. */
static void list_proposed_to(struct listing *listing, struct id beneficiary)
{
        const struct work *work = listing->work;
        struct proposal_ids ids = proposals_of(work->txn, LIST_PROPOSALS_OF_BENEFICIARY, beneficiary, work->arena);
        for (size_t i = 0; i < ids.count; i++) {
                const Tracking__ProposalRow *row = tracking_proposal(work->txn, ids.at[i], work->arena);
                for (size_t n = 0; row != NULL && n < row->n_steps; n++) {
                        const Tracking__ProposalStepRow *step = row->steps[n];
                        if (step->step->state != TRACKING__PROPOSAL_STATE__PROPOSAL_SENT)
                                continue;
                        list_organisation(listing, "PROPOSED_TO", id_of(row->company), step->recorded_at_ms);
                        list_organisation(listing, "PROPOSED_TO", id_of(row->structure), step->recorded_at_ms);
                }
        }
}

struct sharings sharings_of(const struct work *work, struct id beneficiary, const struct erased_things *things)
{
        struct listing listing = {work, dated_on(&tracking_of(work)->privacy, work->today), {0}};
        const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, beneficiary, work->arena);
        if (row == NULL)
                return listing.found; /* the transaction has failed; its commit will tell */
        list_organisation(&listing, "PRESCRIBER", id_of(row->prescriber), row->referred_at_ms);
        for (size_t i = 0; i < things->placement_count; i++) {
                struct placement placement;
                if (!tracking_placement(work->txn, things->placements[i], &placement))
                        continue; /* the same */
                int64_t at_ms = (int64_t)day_number(placement.starts_on) * DAY_MS;
                list_organisation(&listing, "EMPLOYER", placement.employer, at_ms);
                list_organisation(&listing, "HOST", placement.host, at_ms);
        }
        list_proposed_to(&listing, beneficiary);
        list_readers(&listing, beneficiary);
        (void)list_one(&listing, "FIGURES", NULL, row->referred_at_ms);
        return listing.found;
}
