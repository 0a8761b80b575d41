/* OpenBeneficiaryFile: reads a person's file. A command, because who read it and why is kept in the log.
 * Caller: a facilitator of the person's territory. Emits BeneficiaryFileOpened. Its reply is never stored. */
#include "services/tracking/outcomes/outcomes_rows.h"
#include "services/tracking/persons/beneficiary.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/placements/placement.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "services/tracking/privacy/reading.h"
#include "services/tracking/rules/context.h"
#include "tracking/calls.h"

static int unseal(const struct work *work, struct id id, struct slice sealed, Tracking__Sealed__ContentCase wanted,
                  Tracking__Sealed **ret)
{
        int err;
        *ret = work_unseal(work, id, sealed, &tracking__sealed__descriptor, &err);
        return err == 0 && (*ret)->content_case != wanted ? ERR_FORGED : err;
}

static int unseal_decisions(const struct work *work, struct id id, const Tracking__BeneficiaryRow *row,
                            Tracking__BeneficiaryFile *file)
{
        file->eligibilities = arena_alloc(work->arena, row->n_sealed_eligibilities * sizeof(*file->eligibilities) + 1);
        for (size_t i = 0; i < row->n_sealed_eligibilities; i++) {
                Tracking__Sealed *content;
                int err = unseal(work, id, pb_slice(row->sealed_eligibilities[i]),
                                 TRACKING__SEALED__CONTENT_ELIGIBILITY, &content);
                if (err != 0)
                        return err;
                file->eligibilities[file->n_eligibilities++] = content->eligibility;
        }
        return 0;
}

static int unseal_exit(const struct work *work, struct id id, struct id placement_id, Tracking__BeneficiaryFile *file)
{
        struct placement placement;
        struct slice sealed;
        Tracking__Sealed *content;

        if (!tracking_placement(work->txn, placement_id, &placement) || !placement.ended)
                return 0;
        Tracking__PlacementExit *exit = pb_new(&tracking__placement_exit__descriptor, work->arena);
        exit->placement_id = id_to(work->arena, placement_id);
        exit->ended_on = day_to(work->arena, placement.ended_on);
        exit->outcome = (Tracking__Outcome)placement.outcome;
        if (tracking_placement_exit(work->txn, placement_id, &sealed)) {
                int err = unseal(work, id, sealed, TRACKING__SEALED__CONTENT_EXIT_REASON, &content);
                if (err != 0)
                        return err;
                exit->reason = content->exit_reason;
        }
        file->exits = pb_append(file->exits, &file->n_exits, sizeof(*file->exits), work->arena);
        file->exits[file->n_exits - 1] = exit;
        return 0;
}

static int unseal_exits(const struct work *work, struct id id, Tracking__BeneficiaryFile *file)
{
        struct walk walk;
        struct id placement_id;
        int err = 0;
        placements_walk(work->txn, LIST_PLACEMENTS_OF_BENEFICIARY, key_of_id(id), slice_of(NULL, 0), &walk);
        while (err == 0 && walk_next(&walk, &placement_id))
                err = unseal_exit(work, id, placement_id, file);
        walk_end(&walk);
        return err;
}

static int unseal_file(const struct work *work, struct id id, const Tracking__BeneficiaryRow *row,
                       Tracking__BeneficiaryFile *file)
{
        Tracking__Sealed *content;
        int err = unseal(work, id, pb_slice(row->sealed_identity), TRACKING__SEALED__CONTENT_IDENTITY, &content);
        if (err != 0)
                return err;
        file->beneficiary_id = id_to(work->arena, id);
        file->identity = content->identity;
        file->territory = row->territory;
        file->prescriber = row->prescriber;
        err = unseal_decisions(work, id, row, file);
        return err != 0 ? err : unseal_exits(work, id, file);
}

struct reply handle_open_beneficiary_file(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__OpenBeneficiaryFile *command = (const Tracking__OpenBeneficiaryFile *)message;
        struct id id = id_of(command->beneficiary_id);
        struct refusal refusal;

        const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, id, work->arena);
        if (row == NULL)
                return reply_no_beneficiary(work);
        Tracking__BeneficiaryFile *file = pb_new(&tracking__beneficiary_file__descriptor, work->arena);
        int err = unseal_file(work, id, row, file);
        if (err != 0)
                return reply_sealed(work, err);
        const Tracking__ReadingVersion *rules = dated_on(&tracking_of(work)->readings, work->today);
        if (!reason_is_sound(command->reason, &refusal) || !reading_may_open(rules, command, file->identity, &refusal))
                return reply_refusal(work, &refusal);

        Tracking__Sealed reason = TRACKING__SEALED__INIT;
        struct slice sealed;
        reason.content_case = TRACKING__SEALED__CONTENT_READING_REASON;
        reason.reading_reason = command->reason;
        err = work_seal(work, id, &reason, &sealed);
        if (err != 0)
                return reply_sealed(work, err);

        Tracking__BeneficiaryFileOpened opened = TRACKING__BENEFICIARY_FILE_OPENED__INIT;
        opened.beneficiary_id = command->beneficiary_id;
        opened.reason_code = command->reason_code;
        work_record_sealed(work, &opened.base, sealed);
        return reply_ok(work, file);
}
