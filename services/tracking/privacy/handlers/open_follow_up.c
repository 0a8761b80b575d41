/* OpenFollowUp: reads what was said of a person in her follow-up. A command, because who read it and why is kept in the
 * log, as of her file. Caller: a facilitator of the person's territory. Emits BeneficiaryFileOpened. Its reply is never
 * stored. */
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/privacy/follow_up_notes.h"
#include "services/tracking/privacy/person_file.h"
#include "services/tracking/privacy/retention.h"
#include "tracking/calls.h"

static int identity_of(const struct work *work, struct id id, const Tracking__BeneficiaryRow *row,
                       const Tracking__Identity **ret)
{
        Tracking__Sealed *content;
        int err = person_file_content(work, id, pb_slice(row->sealed_identity), TRACKING__SEALED__CONTENT_IDENTITY,
                                      &content);
        if (err == 0)
                *ret = content->identity;
        return err;
}

struct reply handle_open_follow_up(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__OpenFollowUp *command = (const Tracking__OpenFollowUp *)message;
        struct id id = id_of(command->beneficiary_id);
        const Tracking__Identity *identity = NULL;
        Tracking__FollowUpNotes *notes = NULL;
        struct refusal refusal;
        struct slice sealed;

        const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, id, work->arena);
        if (row == NULL)
                return reply_no_beneficiary(work);
        if (!retention_lets_open(work, row, command->reason_code, &refusal))
                return reply_refusal(work, &refusal);
        int err = identity_of(work, id, row, &identity);
        if (err == 0)
                err = follow_up_notes(work, id, NOTES_FOR_READER, &notes);
        if (err != 0)
                return reply_sealed(work, err);
        if (!person_file_may_open(work, command->reason, command->reason_code, identity, &refusal))
                return reply_refusal(work, &refusal);
        err = person_file_seal_reason(work, id, command->reason, &sealed);
        if (err != 0)
                return reply_sealed(work, err);
        Tracking__BeneficiaryFileOpened opened = TRACKING__BENEFICIARY_FILE_OPENED__INIT;
        opened.beneficiary_id = command->beneficiary_id;
        opened.reason_code = command->reason_code;
        work_record_sealed(work, &opened.base, sealed);
        return reply_ok(work, notes);
}
