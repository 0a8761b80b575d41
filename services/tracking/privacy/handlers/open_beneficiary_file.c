/* OpenBeneficiaryFile: reads a person's file. A command, because who read it and why is kept in the log.
 * Caller: a facilitator of the person's territory. Emits BeneficiaryFileOpened. Its reply is never stored. */
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/privacy/person_file.h"
#include "services/tracking/privacy/retention.h"
#include "tracking/calls.h"

/* Of her file, and of each that is merged with it: what it holds was read, too. */
static int record_reading(struct work *work, const Tracking__OpenBeneficiaryFile *command, struct id id)
{
        Tracking__BeneficiaryFileOpened opened = TRACKING__BENEFICIARY_FILE_OPENED__INIT;
        struct slice sealed;
        int err = person_file_seal_reason(work, id, command->reason, &sealed);
        if (err != 0)
                return err;
        opened.beneficiary_id = id_to(work->arena, id);
        opened.reason_code = command->reason_code;
        work_record_sealed(work, &opened.base, sealed);
        return 0;
}

struct reply handle_open_beneficiary_file(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__OpenBeneficiaryFile *command = (const Tracking__OpenBeneficiaryFile *)message;
        struct id id = id_of(command->beneficiary_id);
        struct refusal refusal;

        const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, id, work->arena);
        if (row == NULL)
                return reply_no_beneficiary(work);
        if (!retention_lets_open(work, row, command->reason_code, &refusal))
                return reply_refusal(work, &refusal);
        Tracking__BeneficiaryFile *file = pb_new(&tracking__beneficiary_file__descriptor, work->arena);
        int err = person_file_unseal(work, id, row, file);
        if (err != 0)
                return reply_sealed(work, err);
        if (!person_file_may_open(work, command->reason, command->reason_code, file->identity, &refusal))
                return reply_refusal(work, &refusal);
        err = record_reading(work, command, id);
        for (size_t i = 0; err == 0 && i < file->n_merged_with; i++)
                err = record_reading(work, command, id_of(file->merged_with[i]));
        return err != 0 ? reply_sealed(work, err) : reply_ok(work, file);
}
