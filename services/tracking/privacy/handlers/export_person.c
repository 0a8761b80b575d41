/* ExportPerson: all that is held on a person, for her. A command, because it is a reading, kept with its reason.
 * Caller: a facilitator of the person's territory, its data protection officer. Emits FileExported. Its reply is never
 * stored. */
#include "services/tracking/documents/documents_rows.h"
#include "services/tracking/hours/history.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/outcomes/outcome.h"
#include "services/tracking/outcomes/outcomes_rows.h"
#include "services/tracking/persons/identity_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/replies.h"
#include "services/tracking/placements/heard_rows.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/reference.h"
#include "services/tracking/privacy/follow_up_notes.h"
#include "services/tracking/privacy/person_file.h"
#include "services/tracking/privacy/privacy_rows.h"
#include "services/tracking/privacy/reading.h"
#include "services/tracking/privacy/sharings.h"
#include "services/tracking/proposals/proposal_view.h"
#include "services/tracking/proposals/proposals_rows.h"
#include "services/tracking/rules/context.h"
#include "tracking/calls.h"

enum { READINGS_MAX = 200 };

/* ---- placements */

enum { HISTORY_MAX = 50 }; /* of a month: nobody corrects one so often */

static void add_history(const struct work *work, struct id id, const struct placement *placement,
                        Tracking__ExportedMonth *month)
{
        struct placement hers = *placement;
        hers.is_frozen = false; /* a restriction keeps others from it, not her */
        for (uint64_t number = hours_newest_event(work, id, month_of(month->month));
             number != 0 && month->n_history < HISTORY_MAX; number = hours_event_before(work->txn, number)) {
                month->history = pb_append(month->history, &month->n_history, sizeof(*month->history), work->arena);
                month->history[month->n_history - 1] = hours_entry(work, &hers, number);
        }
}

static void add_months(const struct work *work, struct id id, const struct placement *placement,
                       Tracking__ExportedPlacement *exported)
{
        int32_t last = month_number(placement_last_month(placement, work->today));
        for (int32_t number = month_number(month_of_day(placement->starts_on)); number <= last; number++) {
                struct month month = month_of_number(number);
                struct statement statement;
                if (!tracking_statement(work->txn, month, id, &statement))
                        continue;
                Tracking__ExportedMonth *one = pb_new(&tracking__exported_month__descriptor, work->arena);
                one->month = month_to(work->arena, month);
                one->submitted = hours_to(work->arena, hours_of_hundredths(statement.submitted_hundredths));
                one->training = hours_to(work->arena, hours_of_hundredths(statement.training_hundredths));
                one->state = statement_state(&statement);
                add_history(work, id, placement, one);
                if (statement_is_validated(&statement))
                        one->validated = hours_to(work->arena, hours_of_hundredths(statement.validated_hundredths));
                exported->months =
                        pb_append(exported->months, &exported->n_months, sizeof(*exported->months), work->arena);
                exported->months[exported->n_months - 1] = one;
        }
}

static void add_outcomes(const struct work *work, struct id id, Tracking__ExportedPlacement *exported)
{
        for (size_t i = 0; i < OUTCOME_MOMENTS; i++) {
                const Tracking__OutcomeRow *row = tracking_outcome(work->txn, id, outcome_moments[i], work->arena);
                if (row == NULL)
                        continue;
                exported->outcomes =
                        pb_append(exported->outcomes, &exported->n_outcomes, sizeof(*exported->outcomes), work->arena);
                exported->outcomes[exported->n_outcomes - 1] = outcome_view(work->arena, outcome_moments[i], row);
        }
}

static void add_visits(const struct work *work, struct id id, Tracking__ExportedPlacement *exported)
{
        struct walk walk;
        visits_walk(work->txn, id, &walk);
        while (walk_step(&walk)) {
                exported->visits =
                        pb_append(exported->visits, &exported->n_visits, sizeof(*exported->visits), work->arena);
                exported->visits[exported->n_visits - 1] = day_to(work->arena, visits_walk_day(&walk));
        }
        walk_end(&walk);
}

static int add_document(const struct work *work, const struct placed_document *document,
                        Tracking__ExportedPlacement *exported)
{
        Tracking__Sealed *content;
        Tracking__ExportedDocument *one = pb_new(&tracking__exported_document__descriptor, work->arena);
        int err = person_file_content(work, id_of(document->row->beneficiary_id), pb_slice(document->row->sealed_title),
                                      TRACKING__SEALED__CONTENT_DOCUMENT_TITLE, &content);
        if (err != 0)
                return err;
        one->document_id = id_to(work->arena, document->document);
        one->title = content->document_title;
        one->size = document->row->size;
        one->attached_at = instant_to(work->arena, document->row->attached_at_ms);
        exported->documents =
                pb_append(exported->documents, &exported->n_documents, sizeof(*exported->documents), work->arena);
        exported->documents[exported->n_documents - 1] = one;
        return 0;
}

static Tracking__ExportedPlacement *placement_as_exported(const struct work *work, struct id id,
                                                          const struct placement *placement)
{
        const Tracking__PlacementFile *file = tracking_placement_file(work->txn, id, work->arena);
        Tracking__ExportedPlacement *exported = pb_new(&tracking__exported_placement__descriptor, work->arena);
        exported->placement_id = id_to(work->arena, id);
        exported->obligation_id = id_to(work->arena, placement->obligation);
        exported->starts_on = day_to(work->arena, placement->starts_on);
        exported->employer_reference = reference_of(work, id, placement);
        exported->eligible_until = day_to(work->arena, placement->eligible_until);
        exported->weekly_hours = hours_to(work->arena, hours_of_hundredths(placement->weekly_hundredths));
        if (file != NULL) {
                exported->employer = file->opened->employer;
                exported->employer_name = file->opened->employer_name;
                exported->host_company = file->opened->host_company;
                exported->ends_on = file->opened->ends_on;
                exported->continues_placement_id = file->opened->continues_placement_id;
                exported->rome_code = file->opened->rome_code;
                exported->work_contract = file->opened->work_contract;
                exported->n_terms = placement_terms(file, work->arena, &exported->terms);
        }
        add_months(work, id, placement, exported);
        add_outcomes(work, id, exported);
        add_visits(work, id, exported);
        return exported;
}

static int add_placements(const struct work *work, const struct erased_things *things, Tracking__PersonExport *whole)
{
        for (size_t i = 0; i < things->placement_count; i++) {
                struct placement placement;
                if (!tracking_placement(work->txn, things->placements[i], &placement))
                        continue; /* the transaction has failed; its commit will tell */
                Tracking__ExportedPlacement *exported = placement_as_exported(work, things->placements[i], &placement);
                for (size_t n = 0; n < things->document_count; n++) {
                        const struct placed_document *document = &things->documents[n];
                        int err = id_equal(document->placement, things->placements[i])
                                          ? add_document(work, document, exported)
                                          : 0;
                        if (err != 0)
                                return err;
                }
                whole->placements =
                        pb_append(whole->placements, &whole->n_placements, sizeof(*whole->placements), work->arena);
                whole->placements[whole->n_placements - 1] = exported;
        }
        return 0;
}

/* ---- who read it, and what was set right */

static void add_readings(const struct work *work, struct id id, Tracking__PersonExport *whole)
{
        struct walk walk;
        tracking_readings(work->txn, id, slice_of(NULL, 0), &walk);
        while (whole->n_readings < READINGS_MAX && walk_step(&walk)) {
                const Tracking__ReadingRow *row = tracking_reading(work->txn, walk_number(&walk), work->arena);
                int err;
                if (row == NULL)
                        continue; /* the transaction has failed; its commit will tell */
                Tracking__ExportedReading *one = pb_new(&tracking__exported_reading__descriptor, work->arena);
                one->at = instant_to(work->arena, row->at_ms);
                one->user = row->user;
                one->document_id = row->document_id;
                one->exported = row->exported;
                one->sought = row->sought;
                one->reason_label = (char *)(uintptr_t)reading_label(
                        dated_on(&tracking_of(work)->readings, day_of_instant_ms(row->at_ms)), row->reason_code);
                const Tracking__ReadingNote *note = person_file_reading(work, id, pb_slice(row->sealed_reason), &err);
                if (note != NULL)
                        one->reason = note->reason;
                whole->readings = pb_append(whole->readings, &whole->n_readings, sizeof(*whole->readings), work->arena);
                whole->readings[whole->n_readings - 1] = one;
        }
        walk_end(&walk);
}

static int add_rectifications(const struct work *work, struct id id, const Tracking__BeneficiaryRow *row,
                              Tracking__PersonExport *whole)
{
        whole->rectifications =
                arena_alloc(work->arena, row->n_sealed_rectifications * sizeof(*whole->rectifications) + 1);
        for (size_t i = 0; i < row->n_sealed_rectifications; i++) {
                Tracking__Sealed *content;
                int err = person_file_content(work, id, pb_slice(row->sealed_rectifications[i]),
                                              TRACKING__SEALED__CONTENT_RECTIFICATION, &content);
                if (err != 0)
                        return err;
                whole->rectifications[whole->n_rectifications++] = content->rectification;
        }
        return 0;
}

static int add_corrections(const struct work *work, struct id id, Tracking__PersonExport *whole)
{
        struct walk walk;
        int err = 0;
        corrected_acts_walk(work->txn, id, &walk);
        while (err == 0 && walk_step(&walk)) {
                Tracking__Sealed *content;
                err = person_file_content(work, id, walk.scan.value, TRACKING__SEALED__CONTENT_EXIT, &content);
                if (err != 0 || content->exit->corrected == NULL)
                        continue;
                Tracking__CorrectedAct *one = content->exit->corrected;
                one->end_code = content->exit->end_code;
                one->reason = content->exit->reason;
                whole->corrections =
                        pb_append(whole->corrections, &whole->n_corrections, sizeof(*whole->corrections), work->arena);
                whole->corrections[whole->n_corrections - 1] = one;
        }
        walk_end(&walk);
        return err;
}

/* All of them, whoever takes them out: they are hers. */
static void add_proposals(const struct work *work, struct id id, Tracking__PersonExport *whole)
{
        struct proposal_ids ids = proposals_of(work->txn, LIST_PROPOSALS_OF_BENEFICIARY, id, work->arena);
        for (size_t i = 0; i < ids.count; i++) {
                const Tracking__ProposalRow *row = tracking_proposal(work->txn, ids.at[i], work->arena);
                if (row == NULL)
                        continue; /* the transaction has failed; its commit will tell */
                whole->proposals =
                        pb_append(whole->proposals, &whole->n_proposals, sizeof(*whole->proposals), work->arena);
                whole->proposals[whole->n_proposals - 1] = view_of_whole_proposal(work, ids.at[i], row);
        }
}

static void add_identity_facts(const struct work *work, struct id id, Tracking__PersonExport *whole)
{
        const Tracking__DigestsRow *digests = identity_digests(work->txn, id, work->arena);
        whole->identity_digests =
                digests == NULL || digests->digests == NULL ? 0 : (uint32_t)digests_count(digests->digests);
        whole->merged_with = whole->file->merged_with;
        whole->n_merged_with = whole->file->n_merged_with;
}

static int fill(const struct work *work, struct id id, const Tracking__BeneficiaryRow *row,
                Tracking__PersonExport *whole)
{
        struct erased_things things;
        whole->file = pb_new(&tracking__beneficiary_file__descriptor, work->arena);
        int err = person_file_unseal(work, id, row, whole->file);
        erased_things_of(work->txn, id, work->arena, &things);
        if (err == 0)
                err = add_placements(work, &things, whole);
        if (err == 0)
                err = add_rectifications(work, id, row, whole);
        if (err == 0)
                err = add_corrections(work, id, whole);
        if (err == 0)
                err = follow_up_notes(work, id, NOTES_FOR_HER, &whole->follow_up);
        if (err != 0)
                return err;
        struct sharings sharings = sharings_of(work, id, &things);
        whole->sharings = sharings.rows;
        whole->n_sharings = sharings.count;
        add_readings(work, id, whole);
        add_proposals(work, id, whole);
        add_identity_facts(work, id, whole);
        whole->referred_at = instant_to(work->arena, row->referred_at_ms);
        whole->need_id = row->need_id;
        whole->restriction_code = row->restriction_code;
        whole->restricted_at = row->restricted_at_ms != 0 ? instant_to(work->arena, row->restricted_at_ms) : NULL;
        whole->ends_at = row->ends_at_ms != 0 ? instant_to(work->arena, row->ends_at_ms) : NULL;
        return 0;
}

struct reply handle_export_person(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__ExportPerson *command = (const Tracking__ExportPerson *)message;
        struct id id = id_of(command->beneficiary_id);
        struct refusal refusal;
        struct slice sealed;

        const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, id, work->arena);
        if (row == NULL)
                return reply_no_beneficiary(work);
        Tracking__PersonExport *whole = pb_new(&tracking__person_export__descriptor, work->arena);
        int err = fill(work, id, row, whole);
        if (err != 0)
                return reply_sealed(work, err);
        if (!person_file_may_open(work, command->reason, command->reason_code, whole->file->identity, &refusal))
                return reply_refusal(work, &refusal);
        err = person_file_seal_reason(work, id, command->reason, &sealed);
        if (err != 0)
                return reply_sealed(work, err);
        Tracking__FileExported exported = TRACKING__FILE_EXPORTED__INIT;
        exported.beneficiary_id = command->beneficiary_id;
        exported.reason_code = command->reason_code;
        work_record_sealed(work, &exported.base, sealed);
        return reply_ok(work, whole);
}
