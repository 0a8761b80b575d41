/* MyDay: what waits for the one who acts, what is to be done first, first: of her organisation, or of her territories.
 * Caller: facilitator, coordinator, buyer, company, structure, prescriber. */
#include <string.h>

#include "common/service/page.h"
#include "notifications/calls.h"
#include "services/notifications/daemon.h"
#include "services/notifications/deadlines/kinds.h"
#include "services/notifications/deadlines/waits_rows.h"
#include "services/notifications/deadlines/wording.h"
#include "services/notifications/store.h"

enum { HOLDERS_MAX = 128, WEEK_DAYS = 7 }; /* more than there are departments */

/* --- for whom ----------------------------------------------------------------------------------------------------- */

struct holders {
        struct holder list[HOLDERS_MAX];
        size_t count;
};

static void add_holder(struct holders *holders, struct holder holder)
{
        if (holders->count < HOLDERS_MAX)
                holders->list[holders->count++] = holder;
}

static void add_territories(const Wire__Passport *actor, struct holders *holders)
{
        for (size_t i = 0; i < actor->n_territories; i++) {
                if (strcmp(actor->territories[i], "*") == 0) {
                        holders->list[0] = holder_region();
                        holders->count = 1;
                        return;
                }
                add_holder(holders, holder_of_territory(actor->territories[i]));
        }
}

static void add_buyer(const struct work *work, struct holders *holders)
{
        const Notifications__OrganisationCopy *own =
                store_organisation_copy(work->txn, id_of(work->actor->organisation), work->arena);
        if (own != NULL && own->siret[0] != '\0')
                add_holder(holders, holder_of_buyer(own->siret));
}

/* Security: who acts reads what waits for her own organisation in the role in which she acts, or, as facilitator or
 * coordinator, what waits in her territories; nobody else has a day. */
static struct holders holders_of(const struct work *work)
{
        struct id organisation = id_of(work->actor->organisation);
        struct holders holders = {.count = 0};
        switch ((int)work->actor->role) {
        case TYPES__ROLE__FACILITATOR:
        case TYPES__ROLE__COORDINATOR: add_territories(work->actor, &holders); break;
        case TYPES__ROLE__BUYER: add_buyer(work, &holders); break;
        case TYPES__ROLE__COMPANY:
        case TYPES__ROLE__STRUCTURE:
                if (!id_is_zero(organisation))
                        add_holder(&holders, holder_of_partner(organisation));
                break;
        case TYPES__ROLE__PRESCRIBER:
                if (!id_is_zero(organisation))
                        add_holder(&holders, holder_of_prescriber(organisation));
                break;
        }
        return holders;
}

/* --- their days as one -------------------------------------------------------------------------------------------- */

struct days {
        struct day_walk walks[HOLDERS_MAX];
        bool has[HOLDERS_MAX];
        size_t count;
};

static void days_begin(struct txn *txn, const struct holders *holders, struct slice after, struct days *ret)
{
        ret->count = holders->count;
        for (size_t i = 0; i < ret->count; i++) {
                day_walk_begin(txn, &holders->list[i], after, &ret->walks[i]);
                ret->has[i] = day_walk_next(&ret->walks[i]);
        }
}

/* The walk that stands at the earliest; NULL: there is no more. */
static struct day_walk *days_first(struct days *days, size_t *ret_at)
{
        struct day_walk *first = NULL;
        for (size_t i = 0; i < days->count; i++) {
                if (!days->has[i] ||
                    (first != NULL && memcmp(days->walks[i].cursor, first->cursor, DAY_CURSOR_SIZE) >= 0))
                        continue;
                first = &days->walks[i];
                *ret_at = i;
        }
        return first;
}

static void days_end(struct days *days)
{
        for (size_t i = 0; i < days->count; i++)
                day_walk_end(&days->walks[i]);
}

/* --- lines -------------------------------------------------------------------------------------------------------- */

static Notifications__WaitUrgency urgency_of(const struct work *work, const Notifications__Wait *wait)
{
        int32_t left = wait->until->days - day_number(work->today);
        if (left < 0)
                return NOTIFICATIONS__WAIT_URGENCY__URGENT_LATE;
        if (left == 0)
                return NOTIFICATIONS__WAIT_URGENCY__URGENT_TODAY;
        return left < WEEK_DAYS ? NOTIFICATIONS__WAIT_URGENCY__URGENT_THIS_WEEK
                                : NOTIFICATIONS__WAIT_URGENCY__NOT_URGENT;
}

static Notifications__DayItem *line_of(const struct work *work, const Notifications__Wait *wait)
{
        const struct wait_kind *kind = wait_kind_of(wait->kind);
        const struct wait_face *face = wait_face_of(kind, wait->detail);
        struct words words = wording_of_wait(daemon_texts(work->context, work->today), wait, work->arena);
        Notifications__DayItem *item = pb_new(&notifications__day_item__descriptor, work->arena);
        item->wait_id = wait->wait_id;
        item->kind = wait->kind;
        item->title = words.title;
        item->text = words.text;
        item->since = wait->since;
        item->until = wait->until;
        item->urgency = urgency_of(work, wait);
        item->thing_service = (char *)(uintptr_t)kind->service;
        item->thing_kind = (char *)(uintptr_t)kind->thing;
        item->thing_id = wait->thing_id;
        item->act = (char *)(uintptr_t)face->act;
        item->territory = wait->territory;
        item->month = wait->month;
        return item;
}

/* How many there are in all; on the first page, how many of each kind. */
static void put_totals(const struct work *work, const struct holders *holders, bool is_first,
                       Notifications__MyDayReply *reply)
{
        for (size_t i = 0; i < wait_kind_count; i++) {
                uint32_t sum = 0;
                for (size_t n = 0; n < holders->count; n++)
                        sum += day_count(work->txn, &holders->list[n], wait_kinds[i].number);
                reply->all_items += sum;
                if (sum == 0 || !is_first)
                        continue;
                Notifications__DayTotal *total = pb_new(&notifications__day_total__descriptor, work->arena);
                total->kind = wait_kinds[i].number;
                total->items = sum;
                reply->totals = pb_append(reply->totals, &reply->n_totals, sizeof(total), work->arena);
                reply->totals[reply->n_totals - 1] = total;
        }
}

static bool is_asked_for(const Notifications__MyDayRequest *query, const Notifications__Wait *wait)
{
        bool is_of_kind = query->n_kinds == 0;
        for (size_t i = 0; i < query->n_kinds; i++)
                is_of_kind |= query->kinds[i] == wait->kind;
        return is_of_kind && (query->territory[0] == '\0' || strcmp(query->territory, wait->territory) == 0);
}

struct reply handle_my_day(struct work *work, const ProtobufCMessage *message)
{
        const Notifications__MyDayRequest *query = (const Notifications__MyDayRequest *)message;
        Notifications__MyDayReply *reply = pb_new(&notifications__my_day_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct holders holders = holders_of(work);
        struct days *days = arena_alloc(work->arena, sizeof(*days));
        struct day_walk *first;
        size_t at = 0;

        if (page.after.size != 0 && page.after.size != DAY_CURSOR_SIZE)
                return page_refuse(work);
        reply->today = day_to(work->arena, work->today);
        put_totals(work, &holders, page.after.size == 0, reply);
        days_begin(work->txn, &holders, page.after, days);
        while ((first = days_first(days, &at)) != NULL &&
               page_goes_on(&page, arena_copy_slice(work->arena, slice_of(first->cursor, DAY_CURSOR_SIZE)))) {
                const Notifications__WaitRow *row = wait_find(work->txn, first->wait, work->arena);
                if (row != NULL && is_asked_for(query, row->wait))
                        page_add(&page, line_of(work, row->wait));
                days->has[at] = day_walk_next(first);
        }
        days_end(days);
        return page_reply(&page);
}
