/* SetEmployerReference: the employer calls a person so in its own lists (initials, a payroll number); said again it
 * replaces, "" takes it away. Caller: the company or structure that employs her. Emits EmployerReferenceSet. */
#include "common/base/text.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/reference.h"
#include "services/tracking/placements/scope.h"
#include "services/tracking/rules/wording.h"
#include "tracking/calls.h"

static bool may_be_set(const struct work *work, const Tracking__SetEmployerReference *command,
                       const struct placement *placement, struct refusal *ret)
{
        if (!reference_is_given_by(work->actor, placement))
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_ALLOWED, "placement_id",
                              "Seul l'employeur de ce parcours donne sa propre référence : adressez-vous à lui.");
        if (text_holds_nir(command->reference))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "reference",
                              "Retirez le numéro de sécurité sociale : donnez des initiales, ou votre numéro de paie.");
        return true;
}

static int seal(struct work *work, const Tracking__SetEmployerReference *command, struct id beneficiary,
                struct slice *ret)
{
        Tracking__Sealed content = TRACKING__SEALED__INIT;
        *ret = slice_of(NULL, 0);
        if (text_is_empty(command->reference))
                return 0;
        content.content_case = TRACKING__SEALED__CONTENT_EMPLOYER_REFERENCE;
        content.employer_reference = command->reference;
        return work_seal(work, beneficiary, &content, ret);
}

struct reply handle_set_employer_reference(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__SetEmployerReference *command = (const Tracking__SetEmployerReference *)message;
        Tracking__EmployerReferenceSet set = TRACKING__EMPLOYER_REFERENCE_SET__INIT;
        struct id id = id_of(command->placement_id);
        struct placement placement;
        struct refusal refusal;
        struct slice sealed;

        if (!tracking_placement(work->txn, id, &placement))
                return reply_no_placement(work);
        if (!may_be_set(work, command, &placement, &refusal))
                return reply_refusal(work, &refusal);
        if (tracking_beneficiary(work->txn, placement.beneficiary, work->arena) == NULL)
                return reply_no_placement(work); /* erased: nothing of hers is kept any more */
        Tracking__SetEmployerReferenceReply *reply =
                pb_new(&tracking__set_employer_reference_reply__descriptor, work->arena);
        reply->replaced = reference_of(work, id, &placement);
        int err = seal(work, command, placement.beneficiary, &sealed);
        if (err != 0)
                return reply_sealed(work, err);
        set.placement_id = command->placement_id;
        set.beneficiary_id = id_to(work->arena, placement.beneficiary);
        set.is_cleared = sealed.size == 0;
        work_record_sealed(work, &set.base, sealed);
        return reply_ok(work, reply);
}
