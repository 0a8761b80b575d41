/* lookups.c: the lists that everybody chooses from. Memory alone: no store. */
#include "directory/calls.h"

#include "services/directory/geography/communes.h"
#include "services/directory/geography/trades.h"
#include "services/directory/rules/context.h"

enum { SHOWN = 20 /* where the question does not say */, SHOWN_MAX = 50 };

static size_t most_of(uint32_t limit)
{
        return limit == 0 ? SHOWN : limit < SHOWN_MAX ? limit : SHOWN_MAX;
}

static char **postcodes_of(const struct commune *commune, size_t *ret_count, struct arena *arena)
{
        char *left = arena_text(arena, commune->postcodes), *one, **list = NULL;
        while ((one = strsep(&left, " ")) != NULL)
                if (*one != '\0') {
                        list = arena_extend(arena, list, *ret_count, sizeof(*list));
                        list[(*ret_count)++] = one;
                }
        return list;
}

static void tell_commune(Directory__CommunesReply *reply, const struct commune *commune, const char *asked,
                         struct arena *arena)
{
        Directory__CommuneView *view = pb_new(&directory__commune_view__descriptor, arena);
        view->code = (char *)(uintptr_t)commune->code;
        view->name = (char *)(uintptr_t)commune->name;
        view->territory = (char *)(uintptr_t)commune->territory;
        view->department = (char *)(uintptr_t)commune->department;
        view->region = (char *)(uintptr_t)commune->region;
        view->epci_code = (char *)(uintptr_t)commune->epci_code;
        view->epci = (char *)(uintptr_t)commune->epci;
        view->population = commune->population;
        view->postcodes = postcodes_of(commune, &view->n_postcodes, arena);
        if (strcmp(asked, commune->code) != 0)
                view->asked_code = (char *)(uintptr_t)asked;
        reply->communes = arena_extend(arena, reply->communes, reply->n_communes, sizeof(view));
        reply->communes[reply->n_communes++] = view;
}

/* Communes: by words, or by codes. Refuses where this network has no table of them. */
struct reply handle_communes(struct work *work, const ProtobufCMessage *message)
{
        const Directory__CommunesRequest *query = (const Directory__CommunesRequest *)message;
        const struct communes *communes = directory_of(work)->communes;
        Directory__CommunesReply *reply = pb_new(&directory__communes_reply__descriptor, work->arena);
        if (communes == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__UNAVAILABLE, "",
                                    "Ce réseau n'a pas la liste des communes : tapez le code INSEE, et dites-le à "
                                    "l'exploitant.");
        for (size_t i = 0; i < query->n_codes; i++) {
                const struct commune *commune = communes_of_code(communes, query->codes[i]);
                if (commune != NULL)
                        tell_commune(reply, commune, query->codes[i], work->arena);
        }
        if (query->n_codes == 0) {
                struct best found;
                communes_find(communes, query->words, query->territory, most_of(query->limit), &found);
                for (size_t i = 0; i < found.count; i++) {
                        const struct commune *commune = found.offers[i].thing;
                        tell_commune(reply, commune, commune->code, work->arena);
                }
                reply->more = found.more;
        }
        reply->version = (char *)(uintptr_t)communes_version(communes);
        reply->source = (char *)(uintptr_t)communes_source(communes);
        return reply_ok(work, reply);
}

static void tell_trade(Directory__TradesReply *reply, const Tracking__RomeTrade *trade, struct arena *arena)
{
        Directory__TradeView *view = pb_new(&directory__trade_view__descriptor, arena);
        view->code = trade->code;
        view->label = trade->label;
        reply->trades = arena_extend(arena, reply->trades, reply->n_trades, sizeof(view));
        reply->trades[reply->n_trades++] = view;
}

/* Trades: by words, or by codes, of the ROME in force today. */
struct reply handle_trades(struct work *work, const ProtobufCMessage *message)
{
        const Directory__TradesRequest *query = (const Directory__TradesRequest *)message;
        const struct trades *trades = directory_of(work)->trades;
        Directory__TradesReply *reply = pb_new(&directory__trades_reply__descriptor, work->arena);
        for (size_t i = 0; i < query->n_codes; i++) {
                const Tracking__RomeTrade *trade = trades_of_code(trades, work->today, query->codes[i]);
                if (trade != NULL)
                        tell_trade(reply, trade, work->arena);
        }
        if (query->n_codes == 0) {
                struct best found;
                trades_find(trades, work->today, query->words, most_of(query->limit), &found);
                for (size_t i = 0; i < found.count; i++)
                        tell_trade(reply, found.offers[i].thing, work->arena);
                reply->more = found.more;
        }
        const Tracking__RomeVersion *version = trades_version(trades, work->today);
        reply->version = version->version;
        reply->source = version->source;
        return reply_ok(work, reply);
}
