#include "services/gateway/stream/streams.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/service/engine.h"
#include "services/gateway/stream/news.h"

enum {
        TICK_MS = 50,
        LOOKS_PER_SECOND = 2, /* at each reader's session */
        ASKING_MAX = 64,      /* questions under way */
        ASK_EVERY_MS = 100,   /* of one reader: what happens meanwhile is asked for together */
        ASK_AGAIN_MS = 1000,  /* after a question that nobody answered */
};

/* One open stream, or one that is about to be: then it has a request, and no visitor. */
struct listener {
        struct listener *next, **link; /* of its reader's */
        struct reader *reader;
        struct http_request *request;
        struct visitor *visitor;
        uint64_t position; /* told up to here */
        uint64_t told_ms;
        boxes_t boxes;
        bool resumes;
};

/* Whoever shows one token. */
struct reader {
        struct streams *streams;
        struct reader *next, **link; /* of all */
        struct reader *turn;         /* the next of those who wait to ask; see is_waiting */
        struct listener *listeners;
        size_t count;
        struct arena arena;
        char *authorization;
        const Wire__Passport *passport; /* whom it concerns, not what it may: that is asked with a new one */
        uint64_t asked_ms;
        uint64_t asked_after;
        size_t asking;     /* questions under way that hold on to it */
        bool is_awaiting;  /* one of them is for news */
        bool is_waiting;   /* stands in line */
        bool is_concerned; /* something was told since it last asked */
};

struct streams {
        struct streams_options options;
        struct client_target target;
        struct news *news;
        uv_timer_t tick;
        struct reader *readers;
        struct reader *looked_at;    /* whose session is looked at next; NULL: the first's */
        struct reader *first, *last; /* who waits to ask */
        size_t reader_count, count, asking;
        uint64_t head, ticks;
        bool ending;
};

static uint64_t now_of(const struct streams *streams)
{
        return uv_now(service_loop(streams->options.service));
}

/* --- readers and listeners -----------------------------------------------------------------------------------------
 */

static struct reader *reader_of(struct streams *streams, const struct session *session, const char *authorization)
{
        for (struct reader *reader = streams->readers; reader != NULL; reader = reader->next)
                if (id_equal(id_of(reader->passport->account), id_of(session->passport->account)) &&
                    strcmp(reader->authorization, authorization) == 0)
                        return reader;
        struct reader *reader = calloc(1, sizeof(*reader));
        require(reader != NULL);
        reader->streams = streams;
        reader->authorization = strdup(authorization);
        require(reader->authorization != NULL);
        struct arena once scoped(arena_fini) = {0};
        reader->passport = pb_decode(&wire__passport__descriptor, pb_encode(session->passport, &once), &reader->arena);
        require(reader->passport != NULL);
        reader->next = streams->readers;
        reader->link = &streams->readers;
        if (reader->next != NULL)
                reader->next->link = &reader->next;
        streams->readers = reader;
        streams->reader_count++;
        return reader;
}

/* Once nobody listens and no question is under way: the line of those who wait leaves it by itself. */
static void reader_free_if_idle(struct reader *reader)
{
        struct streams *streams = reader->streams;
        if (reader->listeners != NULL || reader->asking > 0 || reader->is_waiting)
                return;
        *reader->link = reader->next;
        if (reader->next != NULL)
                reader->next->link = reader->link;
        if (streams->looked_at == reader)
                streams->looked_at = reader->next;
        streams->reader_count--;
        sodium_memzero(reader->authorization, strlen(reader->authorization));
        free(reader->authorization);
        arena_fini(&reader->arena);
        free(reader);
}

static void listener_free(struct listener *listener)
{
        struct reader *reader = listener->reader;
        *listener->link = listener->next;
        if (listener->next != NULL)
                listener->next->link = listener->link;
        reader->count--;
        reader->streams->count--;
        free(listener);
        reader_free_if_idle(reader);
}

static void on_gone(void *argument)
{
        listener_free(argument);
}

/* False: it is gone. */
static bool tell_listener(struct listener *listener, struct slice text)
{
        listener->told_ms = now_of(listener->reader->streams);
        return text.size == 0 || visitor_tell(listener->visitor, text);
}

static void end_listener(struct listener *listener, const char *code)
{
        struct arena arena scoped(arena_fini) = {0};
        if (tell_listener(listener, sse_end(code, &arena)))
                visitor_end(listener->visitor);
}

/* Those that are not answered yet are answered by their question, or by the end of the server. */
static void end_reader(struct reader *reader, const char *code)
{
        reader->asking++; /* it must not go under our feet */
        for (struct listener *listener = reader->listeners, *next; listener != NULL; listener = next) {
                next = listener->next;
                if (listener->visitor != NULL)
                        end_listener(listener, code);
        }
        reader->asking--;
        reader_free_if_idle(reader);
}

/* --- asking --------------------------------------------------------------------------------------------------------
 */

static void ask_the_next(struct streams *streams);

/* `passport` in the arena; false: nobody's any more. */
static bool open_session(struct reader *reader, struct arena *arena, struct slice *ret_passport)
{
        struct streams *streams = reader->streams;
        const struct session *session = streams->options.session(streams->options.argument, reader->authorization);
        if (session == NULL)
                return false;
        *ret_passport = arena_copy_slice(arena, session->signed_passport);
        return true;
}

static void ask(struct reader *reader, const Notifications__NewNoticesRequest *request, struct slice passport,
                client_answer_f answer, void *argument)
{
        struct streams *streams = reader->streams;
        struct arena arena scoped(arena_fini) = {0};
        struct world *world = engine_world(service_engine(streams->options.service));
        struct id id = id_new(world, world->now_ms(world), 0);
        Wire__Envelope envelope = WIRE__ENVELOPE__INIT;
        envelope.version = 1;
        envelope.method = (char *)(uintptr_t) "notifications.NewNotices";
        envelope.id = pb_bytes(id_slice(&id));
        envelope.passport = pb_bytes(passport);
        envelope.body = pb_bytes(pb_encode(request, &arena));
        reader->asking++;
        streams->asking++;
        client_ask(service_client(streams->options.service), &streams->target, &envelope, streams->options.timeout_ms,
                   answer, argument);
}

/* NULL: it did not answer, or not with this. */
static const Notifications__NewNoticesReply *reply_of(int err, const Wire__Reply *reply, struct arena *arena)
{
        if (err != 0 || reply->outcome_case != WIRE__REPLY__OUTCOME_BODY)
                return NULL;
        return pb_decode(&notifications__new_notices_reply__descriptor, pb_slice(reply->body), arena);
}

static void stand_in_line(struct reader *reader)
{
        struct streams *streams = reader->streams;
        if (reader->is_waiting)
                return;
        reader->is_waiting = true;
        reader->turn = NULL;
        *(streams->first == NULL ? &streams->first : &streams->last->turn) = reader;
        streams->last = reader;
}

static void concern(struct reader *reader)
{
        reader->is_concerned = true;
        if (!reader->is_awaiting)
                stand_in_line(reader);
}

static void answered(struct reader *reader)
{
        reader->asking--;
        reader->streams->asking--;
}

/* --- what is new ---------------------------------------------------------------------------------------------------
 */

static void tell_news(struct listener *listener, const Notifications__NewNoticesReply *reply, struct arena *arena)
{
        uint64_t before = listener->position;
        if (reply->has_gap && before != listener->reader->asked_after)
                return; /* it is not as far behind, and asks for itself */
        if (reply->has_gap || reply->upto > before)
                listener->position = reply->upto;
        struct slice text =
                reply->has_gap ? sse_reset(reply->upto, arena) : sse_notices(reply, before, listener->boxes, arena);
        if (text.size > 0)
                (void)tell_listener(listener, text);
}

static void on_news(void *argument, int err, const Wire__Reply *reply, struct arena *arena)
{
        struct reader *reader = argument;
        struct streams *streams = reader->streams;
        const Notifications__NewNoticesReply *news = reply_of(err, reply, arena);
        reader->is_awaiting = false;
        for (struct listener *listener = reader->listeners, *next; news != NULL && listener != NULL; listener = next) {
                next = listener->next;
                if (listener->visitor != NULL)
                        tell_news(listener, news, arena);
        }
        if (news == NULL)
                reader->asked_ms = now_of(streams) + ASK_AGAIN_MS - ASK_EVERY_MS;
        if (news == NULL || news->has_gap || news->upto < streams->head)
                reader->is_concerned = true;
        if (reader->is_concerned && reader->listeners != NULL)
                stand_in_line(reader);
        answered(reader);
        reader_free_if_idle(reader);
        ask_the_next(streams);
}

/* For all of its listeners that are open: from where the last of them stands. False: there are none. */
static bool question_of(struct reader *reader, Notifications__NewNoticesRequest *request,
                        Notifications__NoticeBox ret_boxes[3])
{
        boxes_t boxes = 0;
        bool all_boxes = false, is_open = false;
        request->after = UINT64_MAX;
        for (const struct listener *listener = reader->listeners; listener != NULL; listener = listener->next) {
                if (listener->visitor == NULL)
                        continue;
                is_open = true;
                all_boxes = all_boxes || listener->boxes == 0;
                boxes |= listener->boxes;
                if (listener->position < request->after)
                        request->after = listener->position;
        }
        request->boxes = ret_boxes;
        request->n_boxes = boxes_list(all_boxes ? 0 : boxes, ret_boxes);
        return is_open;
}

static void ask_for_news(struct reader *reader)
{
        Notifications__NewNoticesRequest request = NOTIFICATIONS__NEW_NOTICES_REQUEST__INIT;
        Notifications__NoticeBox boxes[3];
        struct arena arena scoped(arena_fini) = {0};
        struct slice passport;
        reader->is_concerned = false;
        if (!question_of(reader, &request, boxes)) {
                reader_free_if_idle(reader);
                return;
        }
        if (!open_session(reader, &arena, &passport)) {
                end_reader(reader, "NOT_AUTHENTICATED");
                return;
        }
        reader->asked_ms = now_of(reader->streams);
        reader->asked_after = request.after;
        reader->is_awaiting = true;
        ask(reader, &request, passport, on_news, reader);
}

/* As long as there is room for questions; who has asked a moment ago has to wait for the next tick. */
static void ask_the_next(struct streams *streams)
{
        const struct reader *last = streams->last;
        for (bool is_last = streams->first == NULL; !is_last && streams->asking < ASKING_MAX;) {
                struct reader *reader = streams->first;
                is_last = reader == last;
                streams->first = reader->turn;
                reader->is_waiting = false;
                if (reader->is_awaiting || !reader->is_concerned || reader->listeners == NULL)
                        reader_free_if_idle(reader);
                else if (now_of(streams) < reader->asked_ms + ASK_EVERY_MS)
                        stand_in_line(reader);
                else
                        ask_for_news(reader);
        }
}

static void on_heard(void *argument, uint64_t head, const Notifications__Event *event)
{
        struct streams *streams = argument;
        streams->head = head;
        for (struct reader *reader = streams->readers; reader != NULL; reader = reader->next)
                if (!reader->is_concerned && news_concern(event, reader->passport))
                        concern(reader);
        ask_the_next(streams);
}

static void on_unclear(void *argument, uint64_t head)
{
        struct streams *streams = argument;
        streams->head = head;
        for (struct reader *reader = streams->readers; reader != NULL; reader = reader->next)
                concern(reader);
        ask_the_next(streams);
}

/* --- opening -------------------------------------------------------------------------------------------------------
 */

int streams_refusal(const struct streams *streams, struct id account, struct refusal *ret)
{
        size_t own = 0;
        if (streams == NULL || streams->ending || streams->count >= streams->options.most) {
                (void)refuse(
                        ret, TYPES__REFUSAL_CODE__UNAVAILABLE, "",
                        "Aucun flux ne peut être ouvert de plus ici pour le moment : réessayez dans un instant, ou "
                        "posez la question à intervalles.");
                return 503;
        }
        for (const struct reader *reader = streams->readers; reader != NULL; reader = reader->next)
                if (id_equal(id_of(reader->passport->account), account))
                        own += reader->count;
        if (own < streams->options.most_per_account)
                return 0;
        (void)refuse(ret, TYPES__REFUSAL_CODE__UNAVAILABLE, "",
                     "Ce compte a déjà %u flux ouverts, autant qu'il peut en avoir : fermez-en un.",
                     streams->options.most_per_account);
        return 429;
}

static void open_listener(struct listener *listener, const Notifications__NewNoticesReply *reply)
{
        static const struct http_response head = {.status = 200,
                                                  .headers = {{"Content-Type", "text/event-stream; charset=utf-8"},
                                                              {"Cache-Control", "no-store"},
                                                              {"X-Accel-Buffering", "no"}}};
        struct arena arena scoped(arena_fini) = {0};
        struct reader *reader = listener->reader;
        bool has_gap = listener->resumes && reply->has_gap;
        if (!listener->resumes || has_gap)
                listener->position = reply->upto;
        listener->visitor = http_stream(listener->request, &head, on_gone, listener);
        listener->request = NULL;
        if (listener->visitor == NULL) {
                listener_free(listener);
                return;
        }
        if (!tell_listener(listener, sse_open(listener->position, &arena)))
                return;
        if (has_gap && !tell_listener(listener, sse_reset(listener->position, &arena)))
                return;
        if (listener->position < reply->upto || reply->upto < reader->streams->head)
                concern(reader);
}

/* The first question of each listener: whether it may have these boxes, and where the log ends. */
static void on_opening(void *argument, int err, const Wire__Reply *reply, struct arena *arena)
{
        struct listener *listener = argument;
        struct reader *reader = listener->reader;
        struct streams *streams = reader->streams;
        const Notifications__NewNoticesReply *news = reply_of(err, reply, arena);
        answered(reader);
        if (news != NULL && !streams->ending) {
                reader->asking++;
                open_listener(listener, news);
                reader->asking--;
                reader_free_if_idle(reader);
        } else {
                bool refused = err == 0 && reply->outcome_case == WIRE__REPLY__OUTCOME_REFUSAL;
                streams->options.refuse(streams->options.argument, listener->request, refused ? reply->refusal : NULL,
                                        !refused);
                listener_free(listener);
        }
        ask_the_next(streams);
}

void streams_add(struct streams *streams, struct http_request *request, const struct session *session,
                 const struct stream_wish *wish)
{
        Notifications__NewNoticesRequest question = NOTIFICATIONS__NEW_NOTICES_REQUEST__INIT;
        Notifications__NoticeBox boxes[3];
        struct arena arena scoped(arena_fini) = {0};
        struct slice passport = arena_copy_slice(&arena, session->signed_passport);
        struct listener *listener = calloc(1, sizeof(*listener));
        require(listener != NULL);
        struct reader *reader = reader_of(streams, session, wish->authorization);
        *listener = (struct listener){.reader = reader,
                                      .request = request,
                                      .position = wish->after,
                                      .boxes = wish->boxes,
                                      .resumes = wish->resumes,
                                      .next = reader->listeners,
                                      .link = &reader->listeners};
        if (listener->next != NULL)
                listener->next->link = &listener->next;
        reader->listeners = listener;
        reader->count++;
        streams->count++;
        question.after = wish->resumes ? wish->after : 0;
        question.boxes = boxes;
        question.n_boxes = boxes_list(wish->boxes, boxes);
        question.position_only = true;
        ask(reader, &question, passport, on_opening, listener);
}

/* --- time ----------------------------------------------------------------------------------------------------------
 */

/* Each reader's session is looked at so often: who has none any more is out. */
static void look_at_sessions(struct streams *streams)
{
        const size_t ticks_per_look = 1000 / TICK_MS / LOOKS_PER_SECOND;
        size_t some = streams->reader_count / ticks_per_look + 1;
        for (size_t i = 0; i < some && streams->readers != NULL; i++) {
                struct reader *reader = streams->looked_at == NULL ? streams->readers : streams->looked_at;
                streams->looked_at = reader->next;
                if (!streams->options.stands(streams->options.argument, reader->authorization))
                        end_reader(reader, "NOT_AUTHENTICATED");
        }
}

static void beat(struct streams *streams)
{
        const uint64_t every_ms = streams->options.heartbeat_s * UINT64_C(1000);
        for (struct reader *reader = streams->readers, *next; reader != NULL; reader = next) {
                next = reader->next;
                reader->asking++;
                for (struct listener *listener = reader->listeners, *then; listener != NULL; listener = then) {
                        struct arena arena scoped(arena_fini) = {0};
                        then = listener->next;
                        if (listener->visitor != NULL && now_of(streams) - listener->told_ms >= every_ms)
                                (void)tell_listener(listener, sse_heartbeat(listener->position, &arena));
                }
                reader->asking--;
                reader_free_if_idle(reader);
        }
}

static void on_tick(uv_timer_t *timer)
{
        struct streams *streams = timer->data;
        look_at_sessions(streams);
        ask_the_next(streams);
        if (++streams->ticks % (1000 / TICK_MS) != 0)
                return;
        beat(streams);
        news_look(streams->news);
}

/* --- life ----------------------------------------------------------------------------------------------------------
 */

struct streams *streams_open(const struct streams_options *options, struct err_info *info)
{
        const struct instance *source = topology_of_service(service_topology(options->service), "notifications", 0);
        struct streams *streams = calloc(1, sizeof(*streams));
        require(streams != NULL);
        streams->options = *options;
        require(uv_timer_init(service_loop(options->service), &streams->tick) == 0);
        streams->tick.data = streams;
        streams->ending = source == NULL || source->events == NULL;
        if (streams->ending)
                return streams;
        streams->target = (struct client_target){source->name, source->endpoint, source->public_key};
        const struct news_options news = {.bus = service_bus(options->service),
                                          .source = source,
                                          .heard = on_heard,
                                          .unclear = on_unclear,
                                          .argument = streams};
        streams->news = news_open(&news, info);
        if (streams->news == NULL) {
                streams_close(streams);
                return NULL;
        }
        require(uv_timer_start(&streams->tick, on_tick, TICK_MS, TICK_MS) == 0);
        return streams;
}

size_t streams_count(const struct streams *streams)
{
        return streams->count;
}

void streams_end_all(struct streams *streams)
{
        streams->ending = true;
        for (struct reader *reader = streams->readers, *next; reader != NULL; reader = next) {
                next = reader->next;
                end_reader(reader, "UNAVAILABLE");
        }
}

/* No question is answered any more: what they hold on to goes too. */
static void forget(struct streams *streams)
{
        while (streams->readers != NULL) {
                struct reader *reader = streams->readers;
                reader->asking = 1;
                while (reader->listeners != NULL)
                        listener_free(reader->listeners);
                reader->asking = 0;
                reader->is_waiting = false;
                reader_free_if_idle(reader);
        }
}

static void on_closed(uv_handle_t *handle)
{
        free(handle->data);
}

void streams_close(struct streams *streams)
{
        if (streams == NULL)
                return;
        streams_end_all(streams);
        forget(streams);
        news_close(streams->news);
        uv_close((uv_handle_t *)&streams->tick, on_closed);
}
