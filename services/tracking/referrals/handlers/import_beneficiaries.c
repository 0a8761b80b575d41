/* import_beneficiaries.c: lists of persons: previewed, imported, undone. */
#include "services/tracking/persons/known.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/referral.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/privacy/erasure.h"
#include "services/tracking/privacy/privacy_rows.h"
#include "services/tracking/proposals/proposals.h"
#include "services/tracking/proposals/proposals_rows.h"
#include "services/tracking/referrals/persons_list.h"
#include "tracking/calls.h"
#include "tracking/queries.pb-c.h"

/* ImportBeneficiaries: a prescriber's list of persons. What is wrong is told row by row, the others are referred, by
 * the rules of ReferBeneficiary, in one batch that can be undone. A list that is mostly known stops, unless who sends
 * it says to go on. Caller: a prescriber for its organisation, a facilitator of the territory. Emits
 * BeneficiaryReferred a row that is new, with ProposalMade where the need is known here, then BatchImported. */
static int record_rows(struct work *work, struct beneficiaries_list *list)
{
        const Types__Id *batch = intake_batch_id(&list->intake);
        for (size_t i = 0; i < list->intake.sent->n_rows; i++) {
                struct persons_row *row = &list->rows[i];
                struct known_list known;
                struct id id, proposal;
                if (!row->is_taken)
                        continue;
                known_find(work->txn, row->digests, &known);
                digests_pair(row->digests, &known, (struct id){{0}}, work->arena);
                int err = referral_record(work, row->command, row->digests, batch, &id);
                if (err != 0)
                        return err;
                intake_recorded(&list->intake, i, id, 0, slice_of(NULL, 0));
                (void)proposal_with_referral(work, id, list->rows[i].command->need_id, &proposal);
        }
        intake_record_batch(&list->intake);
        return 0;
}

struct reply handle_import_beneficiaries(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__ImportBeneficiaries *command = (const Tracking__ImportBeneficiaries *)message;
        const struct persons_question question = {command->territory, command->prescriber, command->need_id,
                                                  command->list};
        struct beneficiaries_list list;
        struct refusal refusal;

        if (!persons_list_judge(work, &question, &list, &refusal) || !intake_may_record(&list.intake, &refusal))
                return reply_refusal(work, &refusal);
        int err = record_rows(work, &list);
        if (err != 0)
                return reply_sealed(work, err);
        Tracking__ImportBeneficiariesReply *reply =
                pb_new(&tracking__import_beneficiaries_reply__descriptor, work->arena);
        reply->report = list.intake.report;
        return reply_ok(work, reply);
}

/* PreviewBeneficiaries: what ImportBeneficiaries would make of a list, row by row, and whether it would stop. Nothing
 * is recorded. Caller: as of ImportBeneficiaries. */
struct reply handle_preview_beneficiaries(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__PreviewBeneficiaries *query = (const Tracking__PreviewBeneficiaries *)message;
        const struct persons_question question = {query->territory, query->prescriber, query->need_id, query->list};
        struct beneficiaries_list list;
        struct refusal refusal;

        if (!persons_list_judge(work, &question, &list, &refusal))
                return reply_refusal(work, &refusal);
        intake_preview(&list.intake);
        Tracking__PreviewBeneficiariesReply *reply =
                pb_new(&tracking__preview_beneficiaries_reply__descriptor, work->arena);
        reply->report = list.intake.report;
        return reply_ok(work, reply);
}

/* UndoBeneficiariesImport: who was referred by an import, and to whose file nothing has happened since, is erased: no
 * byte of her is left, and nobody counts her. The others stay, and are told row by row with why. Caller: the prescriber
 * whose list it was; a facilitator of the territory. Emits BeneficiaryErased a row, BatchUndone. */
static bool is_theirs(const struct work *work, const Tracking__BeneficiaryRow *row)
{
        return work->actor->role == TYPES__ROLE__FACILITATOR
                       ? passport_covers(work->actor, row->territory)
                       : passport_is_organisation(work->actor, id_of(row->prescriber));
}

/* Who was sought was not opened. */
static bool was_opened(const struct work *work, struct id id)
{
        struct walk walk;
        bool has_one = false;
        tracking_readings(work->txn, id, slice_of(NULL, 0), &walk);
        while (!has_one && walk_step(&walk)) {
                const Tracking__ReadingRow *row = tracking_reading(work->txn, walk_number(&walk), work->arena);
                has_one = row != NULL && !row->sought;
        }
        walk_end(&walk);
        return has_one;
}

/* What was proposed with her referral, and nobody touched since, is no reason to keep her. */
static bool was_followed_up(const struct work *work, struct id id)
{
        struct proposal_ids ids = proposals_of(work->txn, LIST_PROPOSALS_OF_BENEFICIARY, id, work->arena);
        const Tracking__ProposalRow *row = ids.count == 0 ? NULL : tracking_proposal(work->txn, ids.at[0], work->arena);
        return ids.count > 1 || (row != NULL && row->n_steps > 1);
}

static const char *why_kept(const struct work *work, struct id id, const Tracking__BeneficiaryRow *row,
                            const struct erased_things *things)
{
        if (row == NULL || !is_theirs(work, row))
                return "Cette personne n'est plus suivie ici, ou pas par vous : il n'y a rien à reprendre.";
        if (row->placements > 0)
                return "Cette personne a eu un parcours depuis : son dossier reste.";
        if (row->n_sealed_eligibilities > 0)
                return "Son éligibilité a été décidée depuis : son dossier reste.";
        if (row->restriction_code[0] != '\0')
                return "L'usage de son dossier est limité : il est conservé, et rien d'autre.";
        if (was_followed_up(work, id))
                return "Elle a été proposée pour un besoin depuis : son dossier reste.";
        if (was_opened(work, id))
                return "Son dossier a été ouvert depuis : la trace de cette lecture reste, et lui avec.";
        const Tracking__DigestsRow *digests = identity_digests(work->txn, id, work->arena);
        size_t by_itself = digests == NULL ? 0 : digests->made_again;
        return things->sealed_count > 1 + by_itself ? "Son dossier a été complété ou rectifié depuis : il reste."
                                                    : NULL;
}

static const char *take_back_person(struct work *work, const Types__BatchRow *row, const Types__Id *batch)
{
        struct id id = id_of(row->id);
        struct erased_things things;
        (void)batch;
        erased_things_of(work->txn, id, work->arena, &things);
        const char *why = why_kept(work, id, tracking_beneficiary(work->txn, id, work->arena), &things);
        if (why != NULL)
                return why;
        erasure_record(work, id, &things, ERASURE_UNDONE);
        return NULL;
}

struct reply handle_undo_beneficiaries_import(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__UndoBeneficiariesImport *command = (const void *)message;
        const struct batch_undo undo = {tracking_batches(), PERSONS_LIST, command->batch_id, command->reason,
                                        take_back_person};
        Tracking__UndoBeneficiariesImportReply *reply =
                pb_new(&tracking__undo_beneficiaries_import_reply__descriptor, work->arena);
        struct refusal refusal;

        if (!batch_take_back(work, &undo, &reply->report, &refusal))
                return reply_refusal(work, &refusal);
        return reply_ok(work, reply);
}
