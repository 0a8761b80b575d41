/* HoursByMonth: the statements of a month, in the order of placements: those of the actor's territories, or of the
 * placements that it employs or hosts. */
#include "common/service/page.h"
#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/hours/statement.h"
#include "services/tracking/placements/placement.h"
#include "services/tracking/placements/placements_rows.h"
#include "services/tracking/placements/scope.h"
#include "tracking/calls.h"
#include "tracking/queries.pb-c.h"

/* A watcher walks the month; a partner its own placements, which are fewer, and looks each one's month up. */
struct month_walk {
        struct walk ids;
        struct month month;
        bool own;
};

static void walk_month(const struct work *work, struct month month, struct slice after, struct month_walk *ret)
{
        ret->month = month;
        ret->own = !scope_is_watcher(work->actor);
        if (ret->own)
                placements_walk(work->txn, LIST_PLACEMENTS_OF_ORGANISATION, key_of_id(id_of(work->actor->organisation)),
                                after, &ret->ids);
        else
                tracking_walk_month(work->txn, month, after, &ret->ids);
}

/* False: no statement of this placement that the actor may see. */
static bool statement_at(const struct work *work, const struct month_walk *walk, struct id id, struct statement *ret)
{
        struct placement placement;
        if (!tracking_placement(work->txn, id, &placement) || !scope_reads_placement(work, &placement))
                return false; /* Security: line by line */
        return walk->own ? tracking_statement(work->txn, walk->month, id, ret)
                         : tracking_walk_statement(&walk->ids, ret);
}

static Tracking__HoursLine *line_of(const struct work *work, struct id id, const struct statement *statement)
{
        Tracking__HoursLine *line = pb_new(&tracking__hours_line__descriptor, work->arena);
        line->placement_id = id_to(work->arena, id);
        line->version = statement->version;
        line->submitted = hours_to(work->arena, hours_of_hundredths(statement->submitted_hundredths));
        line->state = statement_state(statement);
        if (statement->training_hundredths > 0)
                line->training = hours_to(work->arena, hours_of_hundredths(statement->training_hundredths));
        if (statement_is_validated(statement))
                line->validated = hours_to(work->arena, hours_of_hundredths(statement->validated_hundredths));
        return line;
}

/* What a facilitator has to act on: stated, or to be looked at again. What was sent back waits for others. */
static bool is_to_validate(const struct statement *statement)
{
        return statement->mark == STATEMENT_TO_CHECK ||
               (!statement_is_validated(statement) && statement->mark != STATEMENT_RETURNED);
}

struct reply handle_hours_by_month(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__HoursByMonth *query = (const Tracking__HoursByMonth *)message;
        Tracking__HoursByMonthReply *reply = pb_new(&tracking__hours_by_month_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct statement statement;
        struct month_walk walk;
        struct id id;

        walk_month(work, month_of(query->month), page.after, &walk);
        while (page_next(&page, &walk.ids, &id)) {
                if (statement_at(work, &walk, id, &statement) &&
                    (!query->to_validate_only || is_to_validate(&statement)))
                        page_add(&page, line_of(work, id, &statement));
        }
        return page_reply(&page);
}
