/* HoursByMonth: the statements of a month, in the order of placements: those of the actor's territories, or of the
 * placements that it employs or hosts. */
#include "services/tracking/handlers/handlers.h"
#include "services/tracking/handlers/scope.h"
#include "services/tracking/statement.h"
#include "services/tracking/store.h"
#include "tracking/queries.pb-c.h"

/* A watcher walks the month; a partner its own placements, which are fewer, and looks each one's month up. */
struct month_walk {
        struct id_walk ids;
        struct month month;
        bool own;
};

static void walk_begin(const struct work *work, struct month month, struct id after, struct month_walk *ret)
{
        ret->month = month;
        ret->own = !scope_is_watcher(work->actor);
        if (ret->own)
                tracking_walk(work->txn, LIST_PLACEMENTS_OF_ORGANISATION,
                              key_of_id(id_of(work->actor->organisation)), after, &ret->ids);
        else
                tracking_walk(work->txn, LIST_HOURS_OF_MONTH, tracking_part_of_month(month), after, &ret->ids);
}

/* False: no statement of this placement that the actor may see. */
static bool statement_at(const struct work *work, const struct month_walk *walk, struct id id, struct statement *ret)
{
        struct placement placement;
        if (!tracking_placement(work->txn, id, &placement) || !scope_reads_placement(work, &placement))
                return false; /* Security: line by line */
        if (walk->own)
                return tracking_statement(work->txn, walk->month, id, ret);
        *ret = tracking_walk_statement(&walk->ids);
        return true;
}

static Tracking__HoursLine *line_of(const struct work *work, struct id id, const struct statement *statement)
{
        Tracking__HoursLine *line = pb_new(&tracking__hours_line__descriptor, work->arena);
        line->placement_id = id_to(work->arena, id);
        line->version = statement->version;
        line->submitted = hours_to(work->arena, hours_of_hundredths(statement->submitted_hundredths));
        if (statement->validated_hundredths != STATEMENT_NOT_VALIDATED)
                line->validated = hours_to(work->arena, hours_of_hundredths(statement->validated_hundredths));
        return line;
}

struct reply handle_hours_by_month(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__HoursByMonth *query = (const Tracking__HoursByMonth *)message;
        Tracking__HoursByMonthReply *reply = pb_new(&tracking__hours_by_month_reply__descriptor, work->arena);
        struct statement statement;
        struct month_walk walk;
        struct id id;

        if (!page_id(query->page, &id))
                return reply_bad_page(work);
        uint32_t limit = page_limit(query->page);
        reply->lines = arena_alloc(work->arena, limit * sizeof(*reply->lines));
        walk_begin(work, month_of(query->month), id, &walk);
        while (tracking_walk_next(&walk.ids, &id)) {
                if (statement_at(work, &walk, id, &statement) &&
                    !(query->to_validate_only && statement.validated_hundredths != STATEMENT_NOT_VALIDATED))
                        reply->lines[reply->n_lines++] = line_of(work, id, &statement);
                if (reply->n_lines == limit || txn_page_is_spent(work->txn)) {
                        reply->next = pb_bytes(arena_copy_slice(work->arena, id_slice(&id)));
                        break;
                }
        }
        tracking_walk_end(&walk.ids);
        return reply_ok(work, reply);
}
