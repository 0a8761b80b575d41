/* AcceptRelocation: her file is followed where she lives now; placements that go on stay of the department where they
 * are. Where another tracking process follows that department, all that is about her begins to move there (mover.h does
 * it, whatever stops it), in the same transaction: so that she is in the lists there, and by her old ids everywhere.
 * Caller: a facilitator of that department. Emits BeneficiaryRelocated for each of her files, and PartMoveBegun. */
#include <stdio.h>

#include "services/tracking/homes/homes_rows.h"
#include "services/tracking/parts/beginning.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/relocations/relocation.h"
#include "tracking/calls.h"

/* Since it was proposed she may have been erased, or restricted her file. */
static bool may_still_be_taken(const struct work *work, const Tracking__RelocationRow *relocation, struct refusal *ret)
{
        const Tracking__BeneficiaryRow *row =
                tracking_beneficiary(work->txn, id_of(relocation->beneficiary_id), work->arena);
        if (row == NULL)
                return refuse(
                        ret, TYPES__REFUSAL_CODE__WRONG_STATE, "relocation_id",
                        "Ce dossier a été effacé depuis : il n'y a plus rien à reprendre. Refusez ce changement.");
        if (row->restriction_code[0] != '\0')
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "relocation_id",
                              "Ce dossier est conservé sans changement pour l'instant : voyez avec le facilitateur du "
                              "département %s.",
                              row->territory);
        return true;
}

/* Nothing holds her back here; *ret_partition: where she goes, 0: she stays in this process. */
static bool may_go_home(const struct work *work, const Tracking__RelocationRow *relocation,
                        Tracking__PartChoice *choice, uint32_t *ret_partition, struct refusal *ret)
{
        uint32_t home = homes_partition_of(work, relocation->to_territory);
        choice->of_person = relocation->beneficiary_id;
        choice->to_her_home = true;
        *ret_partition = home == work_partition(work) ? 0 : home;
        if (home == 0)
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "relocation_id",
                              "Le département %s n'est suivi par aucune partie du réseau : demandez à l'opérateur de "
                              "l'ajouter à la topologie, ou refusez ce changement.",
                              relocation->to_territory);
        if (*ret_partition == 0 || part_may_move(work, choice, *ret_partition, ret))
                return true;
        (void)snprintf(ret->field, sizeof(ret->field), "relocationId");
        return false;
}

struct reply handle_accept_relocation(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__AcceptRelocation *command = (const Tracking__AcceptRelocation *)message;
        Tracking__PartChoice choice = TRACKING__PART_CHOICE__INIT;
        struct id id = id_of(command->relocation_id);
        struct refusal refusal;
        uint32_t partition;
        const Tracking__RelocationRow *row = relocation_that_waits(work, id, &refusal);

        if (row == NULL || !may_still_be_taken(work, row, &refusal) ||
            !may_go_home(work, row, &choice, &partition, &refusal))
                return reply_refusal(work, &refusal);
        relocation_record(work, id, row);
        if (partition != 0)
                (void)part_begin(work, &choice, partition);
        Tracking__AcceptRelocationReply *reply = pb_new(&tracking__accept_relocation_reply__descriptor, work->arena);
        reply->beneficiary_id = row->beneficiary_id;
        reply->partition = partition;
        return reply_ok(work, reply);
}
