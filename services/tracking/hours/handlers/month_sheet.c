/* MonthSheet: a month, a line a placement that ran in it, with all that is needed to decide: who employs, what stood a
 * month before, what is stated and by whom, what counts, and what the checks say. In the order of placements: those of
 * the actor's territories, or those that it employs or hosts. No line is asked for anything more. */
#include <string.h>

#include "common/service/page.h"
#include "services/tracking/copies/copies_rows.h"
#include "services/tracking/hours/history.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/hours/surroundings.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/reference.h"
#include "services/tracking/placements/scope.h"
#include "tracking/calls.h"
#include "tracking/queries.pb-c.h"

/* Lines of a page name the same few organisations and obligations again and again. */
enum { REMEMBERED = 16 };
struct remembered {
        struct id id;
        const void *copy;
};
struct sheet {
        struct work *work;
        struct month month;
        const Tracking__HoursVersion *rules;
        struct remembered organisations[REMEMBERED], obligations[REMEMBERED];
};

static const void *recall(struct sheet *sheet, struct remembered *list, struct id id,
                          const void *(*find)(const struct sheet *sheet, struct id id))
{
        struct remembered *one = &list[id.b[sizeof(id.b) - 1] % REMEMBERED];
        if (!id_equal(one->id, id))
                *one = (struct remembered){id, find(sheet, id)};
        return one->copy;
}

static const void *find_organisation(const struct sheet *sheet, struct id id)
{
        return tracking_organisation(sheet->work->txn, id, sheet->work->arena);
}

static const void *find_obligation(const struct sheet *sheet, struct id id)
{
        return tracking_obligation(sheet->work->txn, id, sheet->work->arena);
}

static char *name_of(struct sheet *sheet, const Types__Id *id)
{
        const Tracking__OrganisationCopy *copy =
                id == NULL ? NULL : recall(sheet, sheet->organisations, id_of(id), find_organisation);
        return copy != NULL ? copy->name : (char *)(uintptr_t)protobuf_c_empty_string;
}

/* ---- a line */

struct placed {
        struct id id;
        struct placement placement;
        struct statement statement;
        bool is_stated;
};

static Types__Hours *shown(const struct sheet *sheet, int64_t hundredths)
{
        return hours_to(sheet->work->arena, hours_of_hundredths(hundredths));
}

static void put_placement(struct sheet *sheet, const struct placed *placed, Tracking__MonthLine *line)
{
        const struct placement *row = &placed->placement;
        struct arena *arena = sheet->work->arena;
        const Tracking__ObligationCopy *obligation =
                recall(sheet, sheet->obligations, row->obligation, find_obligation);
        line->placement_id = id_to(arena, placed->id);
        line->beneficiary_id = id_to(arena, row->beneficiary);
        line->obligation_id = id_to(arena, row->obligation);
        line->contract_id = obligation != NULL ? obligation->contract_id : NULL;
        line->modality = (Types__Modality)row->modality;
        line->employer = id_is_zero(row->employer) ? NULL : id_to(arena, row->employer);
        line->host_company = id_is_zero(row->host) ? NULL : id_to(arena, row->host);
        line->employer_name = name_of(sheet, line->employer);
        line->host_name = name_of(sheet, line->host_company);
        line->starts_on = day_to(arena, row->starts_on);
        line->territory = arena_text(arena, row->territory);
        line->employer_reference = reference_shown(sheet->work, placed->id, row);
        if (day_number(placement_last_day(row)) != DAY_OPEN_NUMBER)
                line->last_day = day_to(arena, placement_last_day(row));
        if (line->employer_name[0] != '\0')
                return;
        const Tracking__PlacementFile *file = tracking_placement_file(sheet->work->txn, placed->id, arena);
        if (file != NULL)
                line->employer_name = file->opened->employer_name;
}

static void put_covered(const struct sheet *sheet, const struct placed *placed, Tracking__MonthLine *line)
{
        struct covered covered = hours_covered(sheet->work, &placed->placement, sheet->month);
        line->eligible_days = hours_covered_told(&covered, sheet->work->arena);
}

static void put_author(const struct sheet *sheet, const struct placed *placed, Tracking__MonthLine *line)
{
        const Tracking__HoursEntry *stated = hours_entry(sheet->work, &placed->placement, placed->statement.stated);
        line->stated_at = stated->at;
        line->stated_by = stated->account;
        line->stated_user = stated->user;
        line->stated_for = stated->organisation;
        line->stated_for_name = stated->organisation_name;
        if (placed->statement.mark != STATEMENT_RETURNED || placed->statement.version == placed->statement.stated)
                return;
        const Tracking__HoursEntry *returned = hours_entry(sheet->work, &placed->placement, placed->statement.version);
        line->return_code = returned->code;
        line->return_label = returned->label;
}

static void put_before(const struct sheet *sheet, const struct placed *placed, Tracking__MonthLine *line)
{
        struct statement before;
        if (!tracking_statement(sheet->work->txn, month_of_number(month_number(sheet->month) - 1), placed->id, &before))
                return;
        line->before = shown(sheet, statement_counts(&before));
        if (before.training_hundredths > 0)
                line->before_training = shown(sheet, before.training_hundredths);
}

static void put_figures(const struct sheet *sheet, const struct placed *placed, Tracking__MonthLine *line)
{
        const struct statement *row = &placed->statement;
        struct findings findings;
        put_before(sheet, placed, line);
        line->state = statement_state(placed->is_stated ? row : NULL);
        if (!placed->is_stated)
                return;
        line->version = row->version;
        line->submitted = shown(sheet, row->submitted_hundredths);
        line->training = row->training_hundredths == 0 ? NULL : shown(sheet, row->training_hundredths);
        line->counted = shown(sheet, statement_declared(row, sheet->rules));
        line->validated = statement_is_validated(row) ? shown(sheet, row->validated_hundredths) : NULL;
        hours_look(sheet->work, &(struct figure){placed->id, &placed->placement, sheet->month, statement_counts(row)},
                   &findings);
        line->warnings = findings_to(sheet->work->arena, &findings, &line->n_warnings);
        put_author(sheet, placed, line);
}

/* ---- which */

/* False: it is not of this month, or not to be shown. Security: line by line. */
static bool is_of_sheet(const struct sheet *sheet, const Tracking__MonthSheet *query, struct placed *placed)
{
        const struct work *work = sheet->work;
        struct day first, last;
        if (!tracking_placement(work->txn, placed->id, &placed->placement) ||
            (query->territory[0] != '\0' && strcmp(query->territory, placed->placement.territory) != 0))
                return false;
        placed->is_stated = tracking_statement(work->txn, sheet->month, placed->id, &placed->statement);
        if (!placed->is_stated && !placement_days_in(&placed->placement, sheet->month, &first, &last))
                return false;
        return (query->state == TRACKING__HOURS_STATE__HOURS_STATE_UNKNOWN ||
                query->state == statement_state(placed->is_stated ? &placed->statement : NULL)) &&
               scope_reads_placement(work, &placed->placement);
}

struct reply handle_month_sheet(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__MonthSheet *query = (const Tracking__MonthSheet *)message;
        Tracking__MonthSheetReply *reply = pb_new(&tracking__month_sheet_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct sheet sheet = {.work = work, .month = month_of(query->month)};
        bool is_own = !scope_is_watcher(work->actor);
        struct placed placed;
        struct walk walk;

        sheet.rules = hours_rules(work, sheet.month);
        placements_walk(work->txn, is_own ? LIST_PLACEMENTS_OF_ORGANISATION : LIST_PLACEMENTS,
                        is_own ? key_of_id(id_of(work->actor->organisation)) : key_empty(), page.after, &walk);
        while (page_next(&page, &walk, &placed.id)) {
                if (!is_of_sheet(&sheet, query, &placed))
                        continue;
                Tracking__MonthLine *line = pb_new(&tracking__month_line__descriptor, work->arena);
                put_placement(&sheet, &placed, line);
                put_covered(&sheet, &placed, line);
                put_figures(&sheet, &placed, line);
                page_add(&page, line);
        }
        return page_reply(&page);
}
