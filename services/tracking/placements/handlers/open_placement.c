/* OpenPlacement: an eligible person starts to work on an obligation, under one of three modalities.
 * Caller: a facilitator of the person's territory. Emits PlacementOpened. */
#include "services/tracking/copies/copies_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/placements/contacts.h"
#include "services/tracking/placements/placement.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "services/tracking/rules/context.h"
#include "tracking/calls.h"

static struct reply record_opening(struct work *work, const Tracking__OpenPlacement *command,
                                   const Tracking__BeneficiaryRow *person, const struct opened *opened)
{
        Tracking__PlacementOpened body = TRACKING__PLACEMENT_OPENED__INIT;
        Tracking__PlacementContacts contacts = TRACKING__PLACEMENT_CONTACTS__INIT;
        struct slice sealed;
        body.placement_id = id_to(work->arena, work_new_id(work));
        body.beneficiary_id = command->beneficiary_id;
        body.obligation_id = command->obligation_id;
        body.modality = command->modality;
        body.employer = id_is_zero(opened->employer) ? NULL : id_to(work->arena, opened->employer);
        body.employer_name = arena_text(work->arena, opened->employer_name);
        body.host_company = id_is_zero(opened->host) ? NULL : id_to(work->arena, opened->host);
        body.starts_on = command->starts_on;
        body.ends_on = command->ends_on;
        body.weekly_hours = command->weekly_hours;
        body.rome_code = command->rome_code;
        body.work_contract = command->work_contract;
        body.prescriber = person->prescriber;
        body.territory = person->territory;
        body.eligible_until = day_to(work->arena, opened->granted_until);
        body.is_private = tracking_private_of(work->txn, id_of(command->obligation_id), work->arena) != NULL;
        body.rules_version = arena_text(work->arena, tracking_of(work)->rules.version);
        body.contacts_sealed = true;
        contacts.tutor = command->tutor;
        contacts.referent = command->referent;
        work_make_key(work, id_of(body.placement_id));
        int err = contacts_seal(work, id_of(body.placement_id), &contacts, &sealed);
        if (err != 0)
                return reply_sealed(work, err);
        work_record_sealed(work, &body.base, sealed);

        Tracking__OpenPlacementReply *reply = pb_new(&tracking__open_placement_reply__descriptor, work->arena);
        reply->placement_id = body.placement_id;
        return reply_ok(work, reply);
}

struct reply handle_open_placement(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__OpenPlacement *command = (const Tracking__OpenPlacement *)message;
        struct period periods[DECISIONS_MAX + 1];
        struct opened opened;
        struct refusal refusal;

        const Tracking__BeneficiaryRow *person =
                tracking_beneficiary(work->txn, id_of(command->beneficiary_id), work->arena);
        if (person == NULL)
                return reply_no_beneficiary(work);
        if (tracking_obligation(work->txn, id_of(command->obligation_id), work->arena) == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "obligation_id",
                                    "Cette obligation n'est pas connue ici : vérifiez son identifiant, ou recommencez "
                                    "dans un instant si elle vient d'être enregistrée.");
        const struct opening opening = {
                .command = command,
                .rules = &tracking_of(work)->rules,
                .periods = periods,
                .period_count = periods_of(person, periods),
                .employer = tracking_organisation(work->txn, id_of(command->employer), work->arena),
        };
        if (!placement_may_open(&opening, &opened, &refusal))
                return reply_refusal(work, &refusal);
        const struct stay stay = {id_of(command->beneficiary_id), id_of(command->obligation_id),
                                  day_of(command->starts_on), command->ends_on};
        if (!placement_stands_alone(work->txn, &stay, (struct id){0}, &refusal))
                return reply_refusal(work, &refusal);
        return record_opening(work, command, person, &opened);
}
