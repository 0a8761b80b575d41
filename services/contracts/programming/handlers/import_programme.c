/* import_programme: a buyer's list of the contracts of a year; each row becomes, or changes, a line of its programme,
 * in one batch that can be taken back. What is wrong is told row by row, the others are kept. The same list again
 * changes nothing. Caller: facilitator (of the buyer's territory), coordinator, operator; the buyer itself. Emits:
 * ProgrammeImported where what is remembered of the buyer changes; ProgrammeLinePut a line that changes, then
 * BatchImported. Refuses: INVALID_FIELD (buyer_siret, year, territory, header, mapping, rows), NOT_ALLOWED,
 * ALREADY_EXISTS (the same file would change something again). */
#include "contracts/calls.h"
#include "services/contracts/programming/programming.h"

#include "services/contracts/programming/line_contact.h"
#include "services/contracts/programming/programme_list.h"

static void record_settings(struct work *work, const struct programme_list *list)
{
        Contracts__ProgrammeImported body = CONTRACTS__PROGRAMME_IMPORTED__INIT;
        body.settings = list->settings;
        body.year = list->command->year;
        work_record(work, &body.base);
}

/* Of all rows that are to be recorded, before one is. False with *ret_refusal. */
static bool seal_contacts(struct work *work, const struct programme_list *list, struct line_contact *ret,
                          struct refusal *ret_refusal)
{
        for (size_t i = 0; i < list->intake.sent->n_rows; i++) {
                const struct programme_row *row = &list->rows[i];
                if (!row->is_taken)
                        continue;
                if (!(row->is_same_contact ? line_contact_again(work, row->known, &ret[i], ret_refusal)
                                           : line_contact_seal(work, row->contact, &ret[i], ret_refusal)))
                        return false;
        }
        return true;
}

static struct slice row_before(struct work *work, const Contracts__ProgrammeLineRow *known)
{
        Contracts__LineBefore before = CONTRACTS__LINE_BEFORE__INIT; /* Security: this part is published */
        if (known == NULL)
                return slice_of(NULL, 0);
        before.row = known->row;
        return pb_encode(&before, work->arena);
}

static void record_line(struct work *work, struct programme_list *list, size_t index,
                        const struct line_contact *contact)
{
        const struct programme_row *row = &list->rows[index];
        Types__RowVerdict *verdict = list->intake.report->rows[index];
        Contracts__ProgrammeLinePut body = CONTRACTS__PROGRAMME_LINE_PUT__INIT;

        if (row->known == NULL)
                verdict->id = id_to(work->arena, work_new_id(work));
        else
                line_contact_forget_before(work, row->known);
        body.line_id = verdict->id;
        body.contract_id = row->known == NULL ? NULL : row->known->contract_id;
        body.buyer_siret = list->settings->buyer_siret;
        body.year = list->command->year;
        body.row = verdict->number;
        body.line = row->line;
        body.previous = row->known == NULL ? NULL : row->known->line;
        body.contact_id = contact->id;
        body.batch_id = (Types__Id *)(uintptr_t)intake_batch_id(&list->intake);
        work_record_sealed(work, &body.base, contact->sealed); /* Security: the name of a person is not published */
        intake_recorded(&list->intake, index, id_of(verdict->id), 0, row_before(work, row->known));
}

struct reply handle_import_programme(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ImportProgramme *command = (const Contracts__ImportProgramme *)message;
        struct line_contact *contacts =
                arena_zalloc(work->arena, (command->list->n_rows + 1) * sizeof(struct line_contact));
        struct programme_list list;
        struct refusal refusal;

        if (!programme_list_judge(work, command, &list, &refusal) || !intake_may_record(&list.intake, &refusal) ||
            !seal_contacts(work, &list, contacts, &refusal))
                return reply_refusal(work, &refusal);
        if (list.settings_changed)
                record_settings(work, &list);
        for (size_t i = 0; i < command->list->n_rows; i++)
                if (list.rows[i].is_taken)
                        record_line(work, &list, i, &contacts[i]);
        if (intake_is_news(&list.intake))
                intake_record_batch(&list.intake);
        Contracts__ImportProgrammeReply *reply = pb_new(&contracts__import_programme_reply__descriptor, work->arena);
        reply->report = list.intake.report;
        return reply_ok(work, reply);
}
