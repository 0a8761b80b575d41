/* Figures beside lines in what several daemons answer. */
#include "common/base/attr.h"
#include "common/codec/types.h"
#include "notifications/queries.pb-c.h"
#include "tests/integration/totals/totals.h"

static void check_rows(const void *message)
{
        const Types__ListReport *reply = message;
        uint32_t rows[TYPES__ROW_OUTCOME__ROW_NOT_CHOSEN + 1] = {0};
        for (size_t i = 0; i < reply->n_rows; i++)
                rows[reply->rows[i]->outcome]++;
        same("created", reply->created, rows[TYPES__ROW_OUTCOME__ROW_CREATED]);
        same("updated", reply->updated, rows[TYPES__ROW_OUTCOME__ROW_UPDATED]);
        same("unchanged", reply->unchanged, rows[TYPES__ROW_OUTCOME__ROW_UNCHANGED]);
        same("doubtful", reply->doubtful, rows[TYPES__ROW_OUTCOME__ROW_DOUBTFUL]);
        same("rejected", reply->rejected, rows[TYPES__ROW_OUTCOME__ROW_REJECTED]);
        same("empty", reply->empty, rows[TYPES__ROW_OUTCOME__ROW_EMPTY]);
        same("not chosen", reply->not_chosen, rows[TYPES__ROW_OUTCOME__ROW_NOT_CHOSEN]);
}

/* Of all pages: whole where the last one is read. */
static void check_my_day(const void *message)
{
        const Notifications__MyDayReply *reply = message;
        const Notifications__MyDayRequest *request = asking.request;
        bool is_narrowed = request->n_kinds > 0 || request->territory[0] != '\0';
        int64_t by_kind = 0;
        for (size_t i = 0; i < reply->n_totals; i++)
                by_kind += reply->totals[i]->items;
        if (reply->n_totals > 0) /* of the first page */
                same("all_items", reply->all_items, by_kind);
        asking.of_pages_before += (int64_t)reply->n_items;
        if (reply->next.len == 0 && !is_narrowed)
                same("all_items", reply->all_items, asking.of_pages_before);
}

static struct figure figures[] = {
        {"notifications.MyDayReply", "all_items", check_my_day, NULL, 0},
        {"types.ListReport", "rejected", check_rows, NULL, 0},
        NO_SUM("types.ListReport", "created", OF_LINES),
        NO_SUM("types.ListReport", "updated", OF_LINES),
        NO_SUM("types.ListReport", "unchanged", OF_LINES),
        NO_SUM("types.ListReport", "doubtful", OF_LINES),
        NO_SUM("types.ListReport", "empty", OF_LINES),
        NO_SUM("types.ListReport", "not_chosen", OF_LINES),
        NO_SUM("runtime.HealthReply", "position", IN_THE_LOG),
        NO_SUM("notifications.NewNoticesReply", "upto", IN_THE_LOG),
        NO_SUM("runtime.HealthReply", "uptime_ms", OF_THING),
        NO_SUM("runtime.HealthReply", "pid", OF_THING),
        NO_SUM("accounts.OwnAccessReply", "recovery_codes_left", OF_THING),
};

struct figures figures_of_all(void)
{
        return (struct figures){figures, ARRAY_SIZE(figures)};
}
