/* LinkPlacement: which placement of hers another one continues is said afterwards, said anew, or taken back, with a
 * reason. What the ends counted follows. Caller: a facilitator of the placement's territory. Emits PlacementLinked. */
#include "services/tracking/openings/counted.h"
#include "services/tracking/outcomes/ending.h"
#include "services/tracking/outcomes/outcome.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/placements/continuation.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "tracking/calls.h"

struct link_change {
        const Tracking__LinkPlacement *command;
        struct placement placement;
        struct id now, was;
};

static bool may_link(const struct work *work, const struct link_change *link, struct refusal *ret)
{
        const struct continuation wanted = {.earlier = link->now,
                                            .own = id_of(link->command->placement_id),
                                            .beneficiary = link->placement.beneficiary,
                                            .starts_on = link->placement.starts_on};
        if (!correction_is_sound(link->command->correction, ret))
                return false;
        if (id_equal(link->now, link->was))
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "continues_placement_id",
                              id_is_zero(link->now) ? "Ce parcours n'en continue aucun : il n'y a rien à retirer."
                                                    : "C'est déjà dit : ce parcours continue celui-là.");
        return id_is_zero(link->now) || continuation_may_be(work, &wanted, ret);
}

static Types__Id *named(struct work *work, struct id id)
{
        return id_is_zero(id) ? NULL : id_to(work->arena, id);
}

static void record_link(struct work *work, const struct link_change *link, struct slice sealed)
{
        Tracking__PlacementLinked linked = TRACKING__PLACEMENT_LINKED__INIT;
        linked.placement_id = link->command->placement_id;
        linked.beneficiary_id = id_to(work->arena, link->placement.beneficiary);
        linked.continues_placement_id = named(work, link->now);
        linked.was_placement_id = named(work, link->was);
        linked.taken_out = counted_end(work, linked.continues_placement_id);
        linked.put_back = counted_end(work, linked.was_placement_id);
        linked.territory = arena_text(work->arena, link->placement.territory);
        work_record_sealed(work, &linked.base, sealed);
}

struct reply handle_link_placement(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__LinkPlacement *command = (const Tracking__LinkPlacement *)message;
        struct link_change link = {.command = command, .now = id_of(command->continues_placement_id)};
        struct id id = id_of(command->placement_id);
        Tracking__ExitNote note = TRACKING__EXIT_NOTE__INIT;
        struct refusal refusal;
        struct slice sealed;

        if (!tracking_placement(work->txn, id, &link.placement))
                return reply_no_placement(work);
        if (tracking_beneficiary(work->txn, link.placement.beneficiary, work->arena) == NULL)
                return reply_no_beneficiary(work);
        link.was = continuation_before(work->txn, id, work->arena);
        if (!may_link(work, &link, &refusal))
                return reply_refusal(work, &refusal);
        note.corrected = ending_correction(work, "LinkPlacement", command->placement_id, command->correction);
        int err = ending_seal(work, link.placement.beneficiary, &note, &sealed);
        if (err != 0)
                return reply_sealed(work, err);
        record_link(work, &link, sealed);
        Tracking__LinkPlacementReply *reply = pb_new(&tracking__link_placement_reply__descriptor, work->arena);
        reply->replaced = named(work, link.was);
        return reply_ok(work, reply);
}
