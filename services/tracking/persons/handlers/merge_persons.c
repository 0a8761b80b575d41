/* Two files that are one person: merged, unmerged, kept apart. */
#include "services/tracking/persons/beneficiary.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/replies.h"
#include "tracking/calls.h"

static int seal_reason(struct work *work, struct id id, char *reason, struct slice *ret_sealed)
{
        Tracking__Sealed content = TRACKING__SEALED__INIT;
        content.content_case = TRACKING__SEALED__CONTENT_MERGE_REASON;
        content.merge_reason = reason;
        return work_seal(work, id, &content, ret_sealed);
}

static char *territory_of(const struct work *work, struct id id)
{
        const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, id, work->arena);
        return row != NULL ? row->territory : arena_text(work->arena, "");
}

/* Are both here, and two? */
static bool are_two(const struct work *work, struct id id, struct id other, struct refusal *ret)
{
        if (id_equal(id, other))
                return refuse(ret, TYPES__REFUSAL_CODE__INVALID_FIELD, "other_id",
                              "C'est deux fois le même dossier : donnez l'identifiant de l'autre.");
        if (tracking_beneficiary(work->txn, id, work->arena) == NULL ||
            tracking_beneficiary(work->txn, other, work->arena) == NULL)
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_FOUND, "other_id",
                              "L'un des deux dossiers a été effacé : il n'y a plus rien à réunir ni à séparer.");
        return true;
}

static bool may_merge(const struct work *work, struct id id, struct id other, struct refusal *ret)
{
        struct files files = identity_files(work->txn, id), joining = identity_files(work->txn, other);
        if (!are_two(work, id, other, ret))
                return false;
        if (id_equal(files.at[0], joining.at[0]))
                return refuse(ret, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "other_id",
                              "Ces deux dossiers sont déjà réunis.");
        if (joining.count > 1)
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "other_id",
                              "L'autre dossier est déjà réuni à d'autres : donnez-le comme celui qui continue, ou "
                              "séparez-les d'abord.");
        if (files.count == FILES_MAX)
                return refuse(ret, TYPES__REFUSAL_CODE__WRONG_STATE, "beneficiary_id",
                              "Cette personne a déjà %d dossiers réunis : vérifiez que ce n'est pas une erreur.",
                              FILES_MAX);
        return true;
}

/* MergePersons: both files stay; one goes on, the other joins it. Caller: a facilitator of both files' territories.
 * Emits PersonsMerged. */
struct reply handle_merge_persons(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__MergePersons *command = (const Tracking__MergePersons *)message;
        struct id id = id_of(command->beneficiary_id), other = id_of(command->other_id);
        struct refusal refusal;
        struct slice sealed;

        if (!reason_is_sound(command->reason, &refusal) || !may_merge(work, id, other, &refusal))
                return reply_refusal(work, &refusal);
        int err = seal_reason(work, other, command->reason, &sealed);
        if (err != 0)
                return reply_sealed(work, err);
        Tracking__PersonsMerged merged = TRACKING__PERSONS_MERGED__INIT;
        merged.beneficiary_id = command->other_id;
        merged.into = id_to(work->arena, identity_main(work->txn, id));
        merged.territory = territory_of(work, other);
        work_record_sealed(work, &merged.base, sealed);

        struct files files = identity_files(work->txn, id);
        Tracking__MergePersonsReply *reply = pb_new(&tracking__merge_persons_reply__descriptor, work->arena);
        reply->files = arena_alloc(work->arena, files.count * sizeof(*reply->files));
        for (size_t i = 0; i < files.count; i++)
                reply->files[reply->n_files++] = id_to(work->arena, files.at[i]);
        return reply_ok(work, reply);
}

/* UnmergePersons: a file that had joined another is by itself again. Of two, either may be named. Caller: a facilitator
 * of its territory. Emits PersonsUnmerged. */
struct reply handle_unmerge_persons(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__UnmergePersons *command = (const Tracking__UnmergePersons *)message;
        struct id id = id_of(command->beneficiary_id);
        struct files files = identity_files(work->txn, id);
        struct refusal refusal;
        struct slice sealed;

        if (!reason_is_sound(command->reason, &refusal))
                return reply_refusal(work, &refusal);
        if (files.count == 1)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "beneficiary_id",
                                    "Ce dossier n'est réuni à aucun autre : il n'y a rien à séparer.");
        if (id_equal(files.at[0], id) && files.count > 2)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "beneficiary_id",
                                    "Ce dossier en réunit %zu : donnez l'identifiant de celui qui est à séparer.",
                                    files.count);
        id = id_equal(files.at[0], id) ? files.at[1] : id;
        int err = seal_reason(work, id, command->reason, &sealed);
        if (err != 0)
                return reply_sealed(work, err);
        Tracking__PersonsUnmerged unmerged = TRACKING__PERSONS_UNMERGED__INIT;
        unmerged.beneficiary_id = id_to(work->arena, id);
        unmerged.from = id_to(work->arena, files.at[0]);
        unmerged.territory = territory_of(work, id);
        work_record_sealed(work, &unmerged.base, sealed);
        Tracking__UnmergePersonsReply *reply = pb_new(&tracking__unmerge_persons_reply__descriptor, work->arena);
        reply->other_id = unmerged.from;
        return reply_ok(work, reply);
}

/* KeepPersonsApart: two files are two persons, and are not shown as a pair again. Caller: a facilitator of both files'
 * territories. Emits PersonsKeptApart. */
struct reply handle_keep_persons_apart(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__KeepPersonsApart *command = (const Tracking__KeepPersonsApart *)message;
        struct id id = id_of(command->beneficiary_id), other = id_of(command->other_id);
        struct refusal refusal;
        struct slice sealed;

        if (!reason_is_sound(command->reason, &refusal) || !are_two(work, id, other, &refusal))
                return reply_refusal(work, &refusal);
        if (id_equal(identity_main(work->txn, id), identity_main(work->txn, other)))
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "other_id",
                                    "Ces deux dossiers sont réunis : séparez-les d'abord.");
        int err = seal_reason(work, id, command->reason, &sealed);
        if (err != 0)
                return reply_sealed(work, err);
        Tracking__PersonsKeptApart apart = TRACKING__PERSONS_KEPT_APART__INIT;
        apart.beneficiary_id = command->beneficiary_id;
        apart.other_id = command->other_id;
        apart.territory = territory_of(work, id);
        work_record_sealed(work, &apart.base, sealed);
        return reply_ok(work, pb_new(&tracking__keep_persons_apart_reply__descriptor, work->arena));
}
