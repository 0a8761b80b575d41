#include "services/tracking/privacy/person_file.h"

#include "services/tracking/controls/controls_rows.h"
#include "services/tracking/persons/decisions_rows.h"
#include "services/tracking/outcomes/outcomes_rows.h"
#include "services/tracking/persons/beneficiary.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/placement.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/privacy/reading.h"
#include "services/tracking/proposals/proposals_rows.h"
#include "services/tracking/rules/context.h"

int person_file_content(const struct work *work, struct id id, struct slice sealed,
                        Tracking__Sealed__ContentCase wanted, Tracking__Sealed **ret)
{
        int err;
        *ret = work_unseal(work, id, sealed, &tracking__sealed__descriptor, &err);
        return err == 0 && (*ret)->content_case != wanted ? ERR_FORGED : err;
}

/* `sealed` may be empty: nobody undid it. */
static int unseal_act(const struct work *work, struct id id, ProtobufCBinaryData sealed, Tracking__EligibilityAct **ret)
{
        Tracking__Sealed *content;
        if (sealed.len == 0)
                return 0;
        int err = person_file_content(work, id, pb_slice(sealed), TRACKING__SEALED__CONTENT_ELIGIBILITY_ACT, &content);
        if (err == 0)
                *ret = content->eligibility_act;
        return err;
}

static int unseal_decisions(const struct work *work, struct id id, const Tracking__BeneficiaryRow *person,
                            const Tracking__EligibilityRow *row, Tracking__BeneficiaryFile *file)
{
        int err = 0;
        for (size_t i = 0; i < row->n_decisions && err == 0; i++) {
                const Tracking__DecisionRow *decision = row->decisions[i];
                Tracking__Sealed *content;
                err = person_file_content(work, id, eligibility_sealed(person, decision),
                                          TRACKING__SEALED__CONTENT_ELIGIBILITY, &content);
                if (err != 0)
                        return err;
                Tracking__Eligibility *eligibility = content->eligibility;
                eligibility->decision_id = decision->decision_id;
                eligibility->state = decision->state;
                file->eligibilities = pb_append(file->eligibilities, &file->n_eligibilities,
                                                sizeof(*file->eligibilities), work->arena);
                file->eligibilities[file->n_eligibilities - 1] = eligibility;
                err = unseal_act(work, id, decision->sealed_act, &eligibility->undone);
        }
        return err;
}

static int unseal_proofs(const struct work *work, struct id id, const Tracking__EligibilityRow *row,
                         Tracking__BeneficiaryFile *file)
{
        int err = 0;
        for (size_t i = 0; i < row->n_proofs && err == 0; i++) {
                Tracking__Sealed *content;
                err = person_file_content(work, id, pb_slice(row->proofs[i]->sealed),
                                          TRACKING__SEALED__CONTENT_SEEN_PROOF, &content);
                if (err != 0)
                        return err;
                file->proofs = pb_append(file->proofs, &file->n_proofs, sizeof(*file->proofs), work->arena);
                file->proofs[file->n_proofs - 1] = content->seen_proof;
                err = unseal_act(work, id, row->proofs[i]->sealed_act, &content->seen_proof->withdrawn);
        }
        return err;
}

static int unseal_suspensions(const struct work *work, struct id id, const Tracking__EligibilityRow *row,
                              Tracking__BeneficiaryFile *file)
{
        int err = 0;
        for (size_t i = 0; i < row->n_suspensions && err == 0; i++) {
                Tracking__Suspension *one = pb_new(&tracking__suspension__descriptor, work->arena);
                one->suspension_id = row->suspensions[i]->suspension_id;
                one->suspended_from = row->suspensions[i]->suspended_from;
                one->suspended_until = row->suspensions[i]->suspended_until;
                err = unseal_act(work, id, row->suspensions[i]->sealed_act, &one->act);
                if (err == 0)
                        err = unseal_act(work, id, row->suspensions[i]->sealed_resumed, &one->resumed);
                file->suspensions =
                        pb_append(file->suspensions, &file->n_suspensions, sizeof(*file->suspensions), work->arena);
                file->suspensions[file->n_suspensions - 1] = one;
        }
        return err;
}

/* Decisions, proofs and suspensions of one file. */
static int unseal_eligibility(const struct work *work, struct id id, const Tracking__BeneficiaryRow *person,
                              Tracking__BeneficiaryFile *file)
{
        const Tracking__EligibilityRow *row = tracking_eligibility(work->txn, id, work->arena);
        int err = unseal_decisions(work, id, person, row, file);
        if (err == 0)
                err = unseal_proofs(work, id, row, file);
        return err != 0 ? err : unseal_suspensions(work, id, row, file);
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
                int err = person_file_content(work, id, sealed, TRACKING__SEALED__CONTENT_EXIT, &content);
                if (err == ERR_FORGED) /* of before there were codes */
                        err = person_file_content(work, id, sealed, TRACKING__SEALED__CONTENT_EXIT_REASON, &content);
                if (err != 0)
                        return err;
                bool has_code = content->content_case == TRACKING__SEALED__CONTENT_EXIT;
                exit->reason = has_code ? content->exit->reason : content->exit_reason;
                exit->end_code = has_code ? content->exit->end_code : exit->end_code;
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

static int unseal_step(const struct work *work, struct id id, const Tracking__ProposalStepRow *step,
                       Tracking__BeneficiaryFile *file)
{
        Tracking__Sealed *content;
        if (step->sealed_words.len == 0)
                return 0;
        int err = person_file_content(work, id, pb_slice(step->sealed_words), TRACKING__SEALED__CONTENT_PROPOSAL_WORDS,
                                      &content);
        if (err != 0)
                return err;
        file->proposal_words =
                pb_append(file->proposal_words, &file->n_proposal_words, sizeof(*file->proposal_words), work->arena);
        file->proposal_words[file->n_proposal_words - 1] = content->proposal_words;
        return 0;
}

static int unseal_proposals(const struct work *work, struct id id, Tracking__BeneficiaryFile *file)
{
        struct proposal_ids ids = proposals_of(work->txn, LIST_PROPOSALS_OF_BENEFICIARY, id, work->arena);
        int err = 0;
        for (size_t i = 0; i < ids.count; i++) {
                const Tracking__ProposalRow *row = tracking_proposal(work->txn, ids.at[i], work->arena);
                for (size_t n = 0; row != NULL && err == 0 && n < row->n_steps; n++)
                        err = unseal_step(work, id, row->steps[n], file);
        }
        return err;
}

static int unseal_evidence(const struct work *work, struct id id, ProtobufCBinaryData sealed,
                           Tracking__BeneficiaryFile *file)
{
        Tracking__Sealed *content;
        if (sealed.len == 0)
                return 0;
        int err = person_file_content(work, id, pb_slice(sealed), TRACKING__SEALED__CONTENT_EVIDENCE_WORDS, &content);
        if (err != 0)
                return err;
        file->evidence_words =
                pb_append(file->evidence_words, &file->n_evidence_words, sizeof(*file->evidence_words), work->arena);
        file->evidence_words[file->n_evidence_words - 1] = content->evidence_words;
        return 0;
}

/* What was said of a placement of hers in the controls where it was drawn. */
static int unseal_controls_of(const struct work *work, struct id id, struct id placement,
                              Tracking__BeneficiaryFile *file)
{
        struct id *controls;
        size_t count = evidence_controls_of(work->txn, placement, work->arena, &controls);
        int err = 0;
        for (size_t i = 0; err == 0 && i < count; i++) {
                struct evidence evidence;
                if (!tracking_evidence(work->txn, controls[i], placement, work->arena, &evidence))
                        continue;
                for (size_t n = 0; err == 0 && n < evidence.row->n_steps; n++) {
                        err = unseal_evidence(work, id, evidence.row->steps[n]->sealed_words, file);
                        if (err == 0)
                                err = unseal_evidence(work, id, evidence.row->steps[n]->sealed_correction, file);
                }
        }
        return err;
}

static int unseal_controls(const struct work *work, struct id id, Tracking__BeneficiaryFile *file)
{
        struct walk walk;
        struct id placement;
        int err = 0;
        placements_walk(work->txn, LIST_PLACEMENTS_OF_BENEFICIARY, key_of_id(id), slice_of(NULL, 0), &walk);
        while (err == 0 && walk_next(&walk, &placement))
                err = unseal_controls_of(work, id, placement, file);
        walk_end(&walk);
        return err;
}

/* Of the other files of the same person: decisions and exits, each with the key of its own. */
static int unseal_merged(const struct work *work, struct id id, Tracking__BeneficiaryFile *file)
{
        struct files files = identity_files(work->txn, id);
        int err = 0;
        for (size_t i = 0; err == 0 && i < files.count; i++) {
                const Tracking__BeneficiaryRow *row =
                        id_equal(files.at[i], id) ? NULL : tracking_beneficiary(work->txn, files.at[i], work->arena);
                if (row == NULL)
                        continue;
                err = unseal_eligibility(work, files.at[i], row, file);
                if (err == 0)
                        err = unseal_exits(work, files.at[i], file);
                if (err == 0)
                        err = unseal_proposals(work, files.at[i], file);
                if (err == 0)
                        err = unseal_controls(work, files.at[i], file);
                file->merged_with =
                        pb_append(file->merged_with, &file->n_merged_with, sizeof(*file->merged_with), work->arena);
                file->merged_with[file->n_merged_with - 1] = id_to(work->arena, files.at[i]);
        }
        return err;
}

int person_file_unseal(const struct work *work, struct id id, const Tracking__BeneficiaryRow *row,
                       Tracking__BeneficiaryFile *file)
{
        Tracking__Sealed *content;
        int err = person_file_content(work, id, pb_slice(row->sealed_identity), TRACKING__SEALED__CONTENT_IDENTITY,
                                      &content);
        if (err != 0)
                return err;
        file->beneficiary_id = id_to(work->arena, id);
        file->identity = content->identity;
        file->territory = row->territory;
        file->prescriber = row->prescriber;
        err = unseal_eligibility(work, id, row, file);
        if (err == 0)
                err = unseal_exits(work, id, file);
        if (err == 0)
                err = unseal_proposals(work, id, file);
        if (err == 0)
                err = unseal_controls(work, id, file);
        return err != 0 ? err : unseal_merged(work, id, file);
}

bool person_file_may_open(const struct work *work, char *reason, char *reason_code, const Tracking__Identity *identity,
                          struct refusal *ret)
{
        Tracking__OpenBeneficiaryFile question = TRACKING__OPEN_BENEFICIARY_FILE__INIT;
        question.reason = reason;
        question.reason_code = reason_code;
        return reason_is_sound(reason, ret) &&
               reading_may_open(dated_on(&tracking_of(work)->readings, work->today), &question, identity, ret);
}

int person_file_seal_reason(struct work *work, struct id id, char *reason, struct slice *ret_sealed)
{
        Tracking__Sealed content = TRACKING__SEALED__INIT;
        Tracking__ReadingNote note = TRACKING__READING_NOTE__INIT;
        note.reason = reason;
        note.place = work->actor->place;
        content.content_case = TRACKING__SEALED__CONTENT_READING;
        content.reading = &note;
        return work_seal(work, id, &content, ret_sealed);
}

Tracking__ReadingNote *person_file_reading(const struct work *work, struct id id, struct slice sealed, int *ret_err)
{
        const Tracking__Sealed *content = work_unseal(work, id, sealed, &tracking__sealed__descriptor, ret_err);
        Tracking__ReadingNote *note = pb_new(&tracking__reading_note__descriptor, work->arena);
        if (content == NULL)
                return NULL;
        if (content->content_case == TRACKING__SEALED__CONTENT_READING)
                return content->reading;
        if (content->content_case == TRACKING__SEALED__CONTENT_READING_REASON)
                note->reason = content->reading_reason;
        return note;
}
