/* import_programme: a buyer's list of the contracts of a year; each row becomes, or changes, a line of its programme.
 * What is wrong is told row by row, the others are kept. The same list again changes nothing. Caller: facilitator (of
 * the buyer's territory), coordinator, operator; the buyer itself. Emits: ProgrammeImported where what is remembered of
 * the buyer changes; ProgrammeLinePut a line that changes. Refuses: INVALID_FIELD (buyer_siret, year, territory,
 * header, mapping, rows), NOT_ALLOWED. */
#include "contracts/calls.h"
#include "services/contracts/programming/programming.h"

#include "services/contracts/programming/programme_list.h"

static void record_settings(struct work *work, const struct programme_list *intake)
{
        Contracts__ProgrammeImported body = CONTRACTS__PROGRAMME_IMPORTED__INIT;
        body.settings = intake->settings;
        body.year = intake->command->year;
        work_record(work, &body.base);
}

static void record_line(struct work *work, const struct programme_list *intake, const struct programme_list_row *line)
{
        Contracts__ProgrammeLinePut body = CONTRACTS__PROGRAMME_LINE_PUT__INIT;
        Contracts__LineContact sealed = CONTRACTS__LINE_CONTACT__INIT;

        if (line->known == NULL)
                line->report->id = id_to(work->arena, work_new_id(work));
        body.line_id = line->report->id;
        body.contract_id = line->known == NULL ? NULL : line->known->contract_id;
        body.buyer_siret = intake->settings->buyer_siret;
        body.year = intake->command->year;
        body.row = line->report->number;
        body.line = line->line;
        body.previous = line->known == NULL ? NULL : line->known->line;
        sealed.contact = line->contact; /* Security: the name of a person is not published */
        work_record_sealed(work, &body.base, pb_encode(&sealed, work->arena));
}

struct reply handle_import_programme(struct work *work, const ProtobufCMessage *message)
{
        struct programme_list intake;
        struct refusal refusal;

        if (!programme_list_open(work, (const Contracts__ImportProgramme *)message, &intake, &refusal))
                return reply_refusal(work, &refusal);
        if (intake.settings_changed)
                record_settings(work, &intake);
        for (size_t i = 0; i < intake.command->n_rows; i++) {
                struct programme_list_row line = programme_list_row(work, &intake, i);
                if (line.report->outcome == TYPES__ROW_OUTCOME__ROW_CREATED ||
                    line.report->outcome == TYPES__ROW_OUTCOME__ROW_UPDATED)
                        record_line(work, &intake, &line);
        }
        return reply_ok(work, intake.reply);
}
