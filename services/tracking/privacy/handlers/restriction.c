/* The restriction of art. 18: a file is kept and nothing else is done with it, until that is lifted. What is frozen
 * by it stands in the table of rights; its placements are frozen with it. */
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/replies.h"
#include "tracking/calls.h"

static void record_change(struct work *work, Types__Id *beneficiary, const Tracking__BeneficiaryRow *row, char *code)
{
        Tracking__RestrictionChanged changed = TRACKING__RESTRICTION_CHANGED__INIT;
        changed.beneficiary_id = beneficiary;
        changed.territory = row->territory;
        changed.restricted = row->restriction_code[0] == '\0';
        changed.code = code;
        work_record(work, &changed.base);
}

/* RestrictPerson: a person's file is restricted. Caller: a facilitator of the person's territory, its
 * data protection officer. Emits RestrictionChanged. */
struct reply handle_restrict_person(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__RestrictPerson *command = (const Tracking__RestrictPerson *)message;
        const Tracking__BeneficiaryRow *row =
                tracking_beneficiary(work->txn, id_of(command->beneficiary_id), work->arena);
        if (row == NULL)
                return reply_no_beneficiary(work);
        if (row->restriction_code[0] != '\0')
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "beneficiary_id",
                                    "Le traitement des données de cette personne est déjà limité : il n'y a rien à "
                                    "faire.");
        record_change(work, command->beneficiary_id, row, command->restriction_code);
        return reply_ok(work, pb_new(&tracking__restrict_person_reply__descriptor, work->arena));
}

/* LiftRestriction: it is in use again. Caller: a facilitator of the person's territory, its data protection
 * officer. Emits RestrictionChanged. */
struct reply handle_lift_restriction(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__LiftRestriction *command = (const Tracking__LiftRestriction *)message;
        const Tracking__BeneficiaryRow *row =
                tracking_beneficiary(work->txn, id_of(command->beneficiary_id), work->arena);
        if (row == NULL)
                return reply_no_beneficiary(work);
        if (row->restriction_code[0] == '\0')
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "beneficiary_id",
                                    "Le traitement des données de cette personne n'est pas limité : il n'y a rien à "
                                    "lever.");
        record_change(work, command->beneficiary_id, row, command->lifting_code);
        return reply_ok(work, pb_new(&tracking__lift_restriction_reply__descriptor, work->arena));
}
