/* Pathway: what has happened to a person, in one answer, without a name: how she came, the proposals with their steps,
 * when she is eligible (never why), the placements and their ends, of all files of hers. Caller: a facilitator of her
 * territory; the prescriber who referred her. */
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/placements/continuation.h"
#include "services/tracking/placements/placement.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "services/tracking/proposals/proposal_view.h"
#include "services/tracking/proposals/proposals_access.h"
#include "services/tracking/proposals/proposals_rows.h"
#include "tracking/calls.h"
#include "tracking/queries.pb-c.h"

enum { SHOWN_MAX = 100 }; /* the newest proposals, the first placements */

static void add_proposals(const struct work *work, struct id beneficiary, Tracking__PathwayReply *reply)
{
        struct proposal_ids ids = proposals_of(work->txn, LIST_PROPOSALS_OF_BENEFICIARY, beneficiary, work->arena);
        for (size_t i = ids.count > SHOWN_MAX ? ids.count - SHOWN_MAX : 0; i < ids.count; i++) {
                const Tracking__ProposalRow *row = tracking_proposal(work->txn, ids.at[i], work->arena);
                if (row == NULL || !proposal_may_be_seen(work, row)) /* Security */
                        continue;
                reply->proposals =
                        pb_append(reply->proposals, &reply->n_proposals, sizeof(*reply->proposals), work->arena);
                reply->proposals[reply->n_proposals - 1] = view_of_whole_proposal(work, ids.at[i], row);
        }
}

static void add_periods(const struct work *work, struct id beneficiary, Tracking__PathwayReply *reply)
{
        struct period periods[PERSON_PERIODS_MAX];
        size_t count = identity_periods(work->txn, beneficiary, periods, work->arena);
        reply->eligible = arena_alloc(work->arena, (count + 1) * sizeof(*reply->eligible));
        for (size_t i = 0; i < count; i++) {
                Tracking__PathwayPeriod *period = pb_new(&tracking__pathway_period__descriptor, work->arena);
                period->from = day_to(work->arena, periods[i].from);
                period->until = day_to(work->arena, periods[i].until);
                reply->eligible[reply->n_eligible++] = period;
        }
}

/* Security: what she is told of one file, and may see of the other. */
static bool may_see_file(const struct work *work, const Tracking__BeneficiaryRow *row)
{
        if (work->actor->role == TYPES__ROLE__PRESCRIBER)
                return row->prescriber != NULL && passport_is_organisation(work->actor, id_of(row->prescriber));
        return passport_covers(work->actor, row->territory);
}

/* Security: her prescriber is told of each of her placements; who follows her file of those of other departments too,
 * where their contracts are not private to others. */
static bool may_see(const struct work *work, const struct placement *placement)
{
        return work->actor->role == TYPES__ROLE__PRESCRIBER || scope_reads_placement(work, placement) ||
               (scope_is_watcher(work->actor) && scope_reads_obligation(work, placement->obligation));
}

static Types__Id *shown_id(const struct work *work, struct id id)
{
        struct placement other;
        if (id_is_zero(id) || !tracking_placement(work->txn, id, &other))
                return NULL;
        const Tracking__BeneficiaryRow *file = tracking_beneficiary(work->txn, other.beneficiary, work->arena);
        bool is_shown = file != NULL && may_see_file(work, file) && may_see(work, &other);
        return is_shown ? id_to(work->arena, id) : NULL;
}

static Tracking__PathwayPlacement *placement_told(const struct work *work, struct id id,
                                                  const struct placement *placement)
{
        const Tracking__PlacementFile *file = tracking_placement_file(work->txn, id, work->arena);
        Tracking__PathwayPlacement *told = pb_new(&tracking__pathway_placement__descriptor, work->arena);
        told->placement_id = id_to(work->arena, id);
        told->modality = (Types__Modality)placement->modality;
        told->starts_on = day_to(work->arena, placement->starts_on);
        told->ended_on = placement->ended ? day_to(work->arena, placement->ended_on) : NULL;
        told->outcome = (Tracking__Outcome)placement->outcome;
        told->continues_placement_id = shown_id(work, continuation_before(work->txn, id, work->arena));
        told->continued_by = shown_id(work, continuation_next(work->txn, id));
        if (file == NULL)
                return told; /* the transaction has failed; its commit will tell */
        told->proposal_id = file->opened->proposal_id;
        told->employer_name = file->opened->employer_name;
        told->ends_on = file->opened->ends_on;
        told->rome_code = file->opened->rome_code;
        told->work_contract = file->opened->work_contract;
        return told;
}

static void add_placements(const struct work *work, struct id beneficiary, Tracking__PathwayReply *reply)
{
        struct walk walk;
        struct id id;
        struct placement placement;
        placements_walk(work->txn, LIST_PLACEMENTS_OF_BENEFICIARY, key_of_id(beneficiary), slice_of(NULL, 0), &walk);
        while (reply->n_placements < SHOWN_MAX && walk_next(&walk, &id)) {
                if (!tracking_placement(work->txn, id, &placement) || !may_see(work, &placement))
                        continue;
                reply->placements =
                        pb_append(reply->placements, &reply->n_placements, sizeof(*reply->placements), work->arena);
                reply->placements[reply->n_placements - 1] = placement_told(work, id, &placement);
        }
        walk_end(&walk);
}

static void add_files(const struct work *work, struct id beneficiary, Tracking__PathwayReply *reply)
{
        struct files files = identity_files(work->txn, beneficiary);
        reply->files = arena_alloc(work->arena, (files.count + 1) * sizeof(*reply->files));
        for (size_t i = 0; i < files.count; i++) {
                const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, files.at[i], work->arena);
                if (row == NULL || !may_see_file(work, row))
                        continue;
                add_proposals(work, files.at[i], reply);
                add_placements(work, files.at[i], reply);
                if (files.count > 1)
                        reply->files[reply->n_files++] = id_to(work->arena, files.at[i]);
        }
}

struct reply handle_pathway(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__Pathway *query = (const Tracking__Pathway *)message;
        struct id id = id_of(query->beneficiary_id);
        const Tracking__BeneficiaryRow *person = tracking_beneficiary(work->txn, id, work->arena);
        if (person == NULL)
                return reply_no_beneficiary(work);
        Tracking__PathwayReply *reply = pb_new(&tracking__pathway_reply__descriptor, work->arena);
        reply->beneficiary_id = query->beneficiary_id;
        reply->territory = person->territory;
        reply->prescriber = person->prescriber;
        reply->referred_at = instant_to(work->arena, person->referred_at_ms);
        reply->referred_on = person->referred_on;
        reply->need_id = person->need_id;
        add_periods(work, id, reply);
        add_files(work, id, reply);
        return reply_ok(work, reply);
}
