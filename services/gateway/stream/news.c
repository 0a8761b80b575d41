#include "services/gateway/stream/news.h"

#include <stdlib.h>

#include "common/base/log.h"
#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "envelope.pb-c.h"

enum { SILENT_MS = 5000 };

struct news {
        struct news_options options;
        struct bus_socket *socket;
        uint64_t head; /* of the last batch that was heard; 0: none yet */
        uint64_t heard_ms;
};

/* --- whom it concerns --------------------------------------------------------------------------------------------- */

static bool is_told(const Notifications__AccountsTold *told, struct id account)
{
        for (size_t i = 0; told->change != NULL && i < told->change->n_accounts; i++)
                if (id_equal(id_of(told->change->accounts[i]), account))
                        return true;
        return false;
}

static bool is_recipient(const Notifications__NoticePosted *posted, const Wire__Passport *passport)
{
        for (size_t i = 0; i < posted->n_recipients; i++)
                if (passport_is_organisation(passport, id_of(posted->recipients[i]->organisation_id)))
                        return true;
        return false;
}

bool news_concern(const Notifications__Event *event, const Wire__Passport *passport)
{
        switch ((int)event->body_case) {
        case NOTIFICATIONS__EVENT__BODY_NOTICE_POSTED:
                return is_recipient(event->notice_posted, passport) ||
                       (passport->organisation == NULL && passport_covers(passport, event->notice_posted->territory));
        case NOTIFICATIONS__EVENT__BODY_ACCOUNTS_TOLD: return is_told(event->accounts_told, id_of(passport->account));
        case NOTIFICATIONS__EVENT__BODY__NOT_SET: return true; /* of a newer program */
        default: return false; /* subscriptions, addresses, mails: they tell nobody anything */
        }
}

/* --- what is heard ------------------------------------------------------------------------------------------------ */

/* False: it cannot be read. */
static bool hear_record(struct news *news, struct slice bytes, struct arena *arena)
{
        const Wire__EventRecord *record = pb_decode(&wire__event_record__descriptor, bytes, arena);
        if (record == NULL || record->number != news->head + 1)
                return false;
        const Notifications__Event *event = pb_decode(&notifications__event__descriptor, pb_slice(record->body), arena);
        if (event == NULL)
                return false;
        news->head = record->number;
        news->options.heard(news->options.argument, news->head, event);
        return true;
}

static void on_batch(void *argument, struct slice peer, struct slice frame)
{
        struct news *news = argument;
        struct arena arena scoped(arena_fini) = {0};
        (void)peer;
        const Wire__EventBatch *batch = pb_decode(&wire__event_batch__descriptor, frame, &arena);
        if (batch == NULL)
                return;
        news->heard_ms = uv_now(bus_loop(news->options.bus));
        bool is_clear = news->head != 0;
        for (size_t i = 0; is_clear && i < batch->n_records; i++)
                is_clear = hear_record(news, pb_slice(batch->records[i]), &arena);
        if (is_clear && (news->head == batch->head || batch->n_records > 0))
                return; /* of a batch that is followed by another, the rest is on its way */
        news->head = batch->head;
        news->options.unclear(news->options.argument, news->head);
}

static int listen_to(struct news *news, struct err_info *info)
{
        struct bus_socket_spec socket = {
                .kind = BUS_SUBSCRIBER,
                .endpoint = news->options.source->events,
                .server_key = news->options.source->public_key,
                .receive = on_batch,
                .argument = news,
        };
        news->socket = bus_open(news->options.bus, &socket, info);
        return news->socket == NULL ? ERR_TRANSPORT : 0;
}

void news_look(struct news *news)
{
        uint64_t now_ms = uv_now(bus_loop(news->options.bus));
        if (now_ms - news->heard_ms <= SILENT_MS)
                return;
        news->heard_ms = now_ms;
        if (news->socket != NULL)
                bus_close(news->socket);
        (void)listen_to(news, NULL);
}

struct news *news_open(const struct news_options *options, struct err_info *info)
{
        struct news *news = calloc(1, sizeof(*news));
        require(news != NULL);
        news->options = *options;
        news->heard_ms = uv_now(bus_loop(options->bus));
        if (listen_to(news, info) == 0)
                return news;
        free(news);
        return NULL;
}

void news_close(struct news *news)
{
        if (news != NULL && news->socket != NULL)
                bus_close(news->socket);
        free(news);
}
