/* ErasePerson: what is known of a person goes, in all files that are merged with hers, with the keys that sealed it;
 * what counts stays, without a name. The answer tells what had left before. Caller: a facilitator of the person's
 * territory, its data protection officer. Emits BeneficiaryErased a file. */
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/privacy/erasure.h"
#include "services/tracking/privacy/sharings.h"
#include "tracking/calls.h"

/* A file that had joined hers, in another territory or restricted, is not the caller's to erase. */
static bool may_be_erased(const struct work *work, struct id id, struct refusal *ret)
{
        char text[ID_TEXT_SIZE];
        const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, id, work->arena);
        if (row == NULL || (passport_covers(work->actor, row->territory) && row->restriction_code[0] == '\0'))
                return true;
        id_format(id, text);
        return refuse(
                ret, TYPES__REFUSAL_CODE__WRONG_STATE, "beneficiary_id",
                "Un autre dossier de cette personne (%s, département %s) lui est réuni et ne peut être effacé par "
                "vous : séparez-les, ou adressez-vous à ce département.",
                text, row->territory);
}

static void erase_file(struct work *work, struct id id, const struct erased_things *things, const char *code,
                       Tracking__ErasePersonReply *reply)
{
        struct sharings left = sharings_of(work, id, things);
        reply->sealed_parts += (uint32_t)things->sealed_count;
        reply->documents += (uint32_t)things->document_count;
        for (size_t i = 0; i < left.count; i++) {
                reply->left = pb_append(reply->left, &reply->n_left, sizeof(*reply->left), work->arena);
                reply->left[reply->n_left - 1] = left.rows[i];
        }
        erasure_record(work, id, things, code);
}

struct reply handle_erase_person(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__ErasePerson *command = (const Tracking__ErasePerson *)message;
        struct id id = id_of(command->beneficiary_id);
        struct files files = identity_files(work->txn, id);
        struct erased_things things[FILES_MAX];
        struct refusal refusal;

        if (tracking_beneficiary(work->txn, id, work->arena) == NULL)
                return reply_no_beneficiary(work);
        for (size_t i = 0; i < files.count; i++) {
                erased_things_of(work->txn, files.at[i], work->arena, &things[i]);
                if (!may_be_erased(work, files.at[i], &refusal) || !erasure_may(work, &things[i], &refusal))
                        return reply_refusal(work, &refusal);
        }
        Tracking__ErasePersonReply *reply = pb_new(&tracking__erase_person_reply__descriptor, work->arena);
        for (size_t i = 0; i < files.count; i++)
                erase_file(work, files.at[i], &things[i], command->erasure_code, reply);
        return reply_ok(work, reply);
}
