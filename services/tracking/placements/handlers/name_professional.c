/* NameTutor, NameReferent: a company says who accompanies a person there, a structure who does so in it, from a day on;
 * a facilitator writes either down. WithdrawNaming: it was said by mistake. */
#include "services/tracking/persons/replies.h"
#include "services/tracking/placements/contacts.h"
#include "services/tracking/placements/naming.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "tracking/calls.h"

/* Who acts for an organisation names for it. */
static Types__Id *naming_for(const struct work *work)
{
        return work->actor->role == TYPES__ROLE__FACILITATOR ? NULL : work->actor->organisation;
}

static int seal(struct work *work, struct id placement, const struct naming *naming,
                const Tracking__PlacementFile *file, struct slice *ret)
{
        Tracking__NamedProfessional named = TRACKING__NAMED_PROFESSIONAL__INIT;
        named.name = arena_text(work->arena, naming->name);
        named.function = arena_text(work->arena, naming->function);
        contacts_make_key(work, placement, file);
        return contacts_seal_named(work, placement, &named, ret);
}

static struct reply name(struct work *work, Types__Id *placement_id, const struct naming *naming)
{
        struct id id = id_of(placement_id);
        const Tracking__PlacementFile *file = tracking_placement_file(work->txn, id, work->arena);
        Tracking__ProfessionalNamed body = TRACKING__PROFESSIONAL_NAMED__INIT;
        struct placement placement;
        struct refusal refusal;
        struct slice sealed;

        if (file == NULL || !tracking_placement(work->txn, id, &placement))
                return reply_no_placement(work);
        if (!naming_may_be_made(naming, &placement, file, &refusal))
                return reply_refusal(work, &refusal);
        int err = seal(work, id, naming, file, &sealed);
        if (err != 0)
                return reply_sealed(work, err);
        body.naming_id = id_to(work->arena, work_new_id(work));
        body.placement_id = placement_id;
        body.beneficiary_id = id_to(work->arena, placement.beneficiary);
        body.territory = arena_text(work->arena, placement.territory);
        body.professional = naming->professional;
        body.since = (Types__Day *)(uintptr_t)naming->since;
        body.organisation = naming_for(work);
        work_record_sealed(work, &body.base, sealed);
        Tracking__NamingReply *reply = pb_new(&tracking__naming_reply__descriptor, work->arena);
        reply->naming_id = body.naming_id;
        return reply_ok(work, reply);
}

/* NameTutor: whom a company names as tutor. Caller: the company of the placement, a facilitator of its territory. Emits
 * ProfessionalNamed. Refuses NOT_FOUND, INVALID_FIELD (name, function, since), WRONG_STATE (too many). */
struct reply handle_name_tutor(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__NameTutor *command = (const Tracking__NameTutor *)message;
        const struct naming naming = {TRACKING__PROFESSIONAL__AS_TUTOR, command->name, command->function,
                                      command->since};
        return name(work, command->placement_id, &naming);
}

/* NameReferent: whom a structure names as referent. Caller: the structure that employs her, a facilitator. The same. */
struct reply handle_name_referent(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__NameReferent *command = (const Tracking__NameReferent *)message;
        const struct naming naming = {TRACKING__PROFESSIONAL__AS_REFERENT, command->name, command->function,
                                      command->since};
        return name(work, command->placement_id, &naming);
}

/* WithdrawNaming: who was there before goes on. Caller: who named, a facilitator of the placement's territory. Emits
 * NamingWithdrawn. Refuses NOT_FOUND, WRONG_STATE (withdrawn already). */
struct reply handle_withdraw_naming(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__WithdrawNaming *command = (const Tracking__WithdrawNaming *)message;
        struct id id = id_of(command->placement_id);
        const Tracking__PlacementFile *file = tracking_placement_file(work->txn, id, work->arena);
        Tracking__NamingWithdrawn body = TRACKING__NAMING_WITHDRAWN__INIT;
        struct placement placement;
        struct refusal refusal;

        if (file == NULL || !tracking_placement(work->txn, id, &placement))
                return reply_no_placement(work);
        const Tracking__NamingRow *row = naming_find(file, id_of(command->naming_id));
        if (!naming_may_be_withdrawn(row, work->actor, &refusal))
                return reply_refusal(work, &refusal);
        body.naming_id = command->naming_id;
        body.placement_id = command->placement_id;
        body.beneficiary_id = id_to(work->arena, placement.beneficiary);
        body.territory = arena_text(work->arena, placement.territory);
        body.professional = row->professional;
        work_record(work, &body.base);
        return reply_ok(work, pb_new(&tracking__withdraw_naming_reply__descriptor, work->arena));
}
