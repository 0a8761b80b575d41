/* imports.c: lists of partners: previewed, imported, undone, and which were. */
#include "common/store/stored.h"
#include "directory/calls.h"
#include "directory/events.pb-c.h"
#include "services/directory/organisations/imports_rows.h"
#include "services/directory/organisations/organisations_rows.h"
#include "services/directory/organisations/partners_list.h"

/* ImportOrganisations: a list of partners. What is wrong is told row by row, the others are put, by the rules of
 * PutOrganisation, in one batch that can be undone. A list that is mostly known stops, unless who sends it says to go
 * on. Caller: operator, coordinator, a facilitator of the territory. Emits OrganisationPut a row that is new or other,
 * then BatchImported. */
static void record_rows(struct work *work, struct partners_list *list)
{
        const Types__Id *batch = intake_batch_id(&list->intake);
        for (size_t i = 0; i < list->intake.sent->n_rows; i++) {
                if (!list->rows[i].is_taken)
                        continue;
                putting_record(work, &list->rows[i].putting, batch);
                intake_recorded(&list->intake, i, list->rows[i].putting.id, 0, slice_of(NULL, 0));
        }
        intake_record_batch(&list->intake);
}

struct reply handle_import_organisations(struct work *work, const ProtobufCMessage *message)
{
        const Directory__ImportOrganisations *command = (const Directory__ImportOrganisations *)message;
        const struct partners_question question = {command->territory, command->source, command->kind, command->list};
        struct partners_list list;
        struct refusal refusal;

        if (!partners_list_judge(work, &question, &list, &refusal) || !intake_may_record(&list.intake, &refusal))
                return reply_refusal(work, &refusal);
        record_rows(work, &list);
        Directory__ImportOrganisationsReply *reply =
                pb_new(&directory__import_organisations_reply__descriptor, work->arena);
        reply->report = list.intake.report;
        return reply_ok(work, reply);
}

/* PreviewOrganisations: what ImportOrganisations would make of a list, row by row, and whether it would stop. Nothing
 * is recorded. Caller: as of ImportOrganisations. */
struct reply handle_preview_organisations(struct work *work, const ProtobufCMessage *message)
{
        const Directory__PreviewOrganisations *query = (const Directory__PreviewOrganisations *)message;
        const struct partners_question question = {query->territory, query->source, query->kind, query->list};
        struct partners_list list;
        struct refusal refusal;

        if (!partners_list_judge(work, &question, &list, &refusal))
                return reply_refusal(work, &refusal);
        intake_preview(&list.intake);
        Directory__PreviewOrganisationsReply *reply =
                pb_new(&directory__preview_organisations_reply__descriptor, work->arena);
        reply->report = list.intake.report;
        return reply_ok(work, reply);
}

/* UndoOrganisationsImport: what an import of partners put is taken back where it still stands as the import left it: a
 * new organisation is in the directory no more, one that was corrected says again what it said before. What was changed
 * or closed since stays, and is told row by row with why. Caller: operator, coordinator, a facilitator of the
 * territory. Emits OrganisationTakenBack or OrganisationPut a row, BatchUndone. */
static const char *why_kept(const struct work *work, const Directory__OrganisationView *row, uint64_t event)
{
        if (row == NULL)
                return "Cette organisation n'est plus dans l'annuaire : il n'y a rien à reprendre.";
        if (!organisation_may_touch(work->actor, row->organisation))
                return "Cette organisation relève d'un territoire qui n'est pas le vôtre : adressez-vous à la "
                       "coordination.";
        if (row->version == event)
                return NULL;
        return row->closed ? "Cette organisation a été fermée ou modifiée depuis : elle reste fermée."
                           : "Cette organisation a été modifiée depuis : corrigez-la, ou fermez-la.";
}

static const char *take_back_organisation(struct work *work, const Types__BatchRow *row, const Types__Id *batch)
{
        struct slice before;
        const Directory__OrganisationView *known = store_find_organisation(work->txn, id_of(row->id), work->arena);
        const char *why = why_kept(work, known, row->event);
        if (why != NULL)
                return why;
        (void)batch_told(work, row->event, &directory__event__descriptor, &before);
        if (before.size > 0) {
                struct putting restored = {.id = id_of(row->id)};
                restored.organisation = pb_decode(&directory__organisation__descriptor, before, work->arena);
                require_stored(restored.organisation != NULL);
                putting_record(work, &restored, NULL);
                return NULL;
        }
        Directory__OrganisationTakenBack taken_back = DIRECTORY__ORGANISATION_TAKEN_BACK__INIT;
        taken_back.organisation_id = row->id;
        taken_back.batch_id = (Types__Id *)(uintptr_t)batch;
        work_record(work, &taken_back.base);
        return NULL;
}

struct reply handle_undo_organisations_import(struct work *work, const ProtobufCMessage *message)
{
        const Directory__UndoOrganisationsImport *command = (const void *)message;
        const struct batch_undo undo = {directory_batches(), PARTNERS_LIST, command->batch_id, command->reason,
                                        take_back_organisation};
        Directory__UndoOrganisationsImportReply *reply =
                pb_new(&directory__undo_organisations_import_reply__descriptor, work->arena);
        struct refusal refusal;

        if (!batch_take_back(work, &undo, &reply->report, &refusal))
                return reply_refusal(work, &refusal);
        return reply_ok(work, reply);
}

/* OrganisationImports: the lists of partners that were taken, newest first, with what came of them: those given in the
 * actor's territories. */
struct reply handle_organisation_imports(struct work *work, const ProtobufCMessage *message)
{
        const Directory__OrganisationImports *query = (const Directory__OrganisationImports *)message;
        Directory__OrganisationImportsReply *reply =
                pb_new(&directory__organisation_imports_reply__descriptor, work->arena);
        const struct batch_tables tables = directory_batches();
        const struct batches_shown shown = {&tables, query->page, directory_import_standing};
        return batches_reply(work, &shown, &reply->base);
}
