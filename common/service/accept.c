/* The loop side of the engine: from a frame to an answer, or to a piece of work for the writer. */
#include <string.h>

#include "common/base/limits.h"
#include "common/base/require.h"
#include "common/codec/field_rules.h"
#include "common/codec/french_names.h"
#include "common/codec/validate.h"
#include "common/service/engine.h"
#include "common/service/engine_inside.h"
#include "common/service/page.h"
#include "common/store/dedup.h"
#include "common/store/position.h"
#include "runtime/queries.pb-c.h"

/* --- what every daemon answers (proto/runtime); peers are known by their keys, nothing is about a person ---------- */

static bool describe(struct engine *engine, bool metrics, struct arena *arena, struct slice *ret_body)
{
        if (engine->options.describe == NULL)
                return false;
        *ret_body = engine->options.describe(engine->options.describe_argument, metrics, arena);
        return true;
}

static bool answer_health(struct engine *engine, struct slice body, struct arena *arena, struct slice *ret_body)
{
        (void)body;
        return describe(engine, false, arena, ret_body);
}

static bool answer_metrics(struct engine *engine, struct slice body, struct arena *arena, struct slice *ret_body)
{
        (void)body;
        return describe(engine, true, arena, ret_body);
}

static bool answer_events_after(struct engine *engine, struct slice body, struct arena *arena, struct slice *ret_body)
{
        Runtime__EventsAfterReply reply = RUNTIME__EVENTS_AFTER_REPLY__INIT;
        const Runtime__EventsAfterRequest *request = pb_decode(&runtime__events_after_request__descriptor, body, arena);
        if (request == NULL || engine->spec->event == NULL)
                return false;
        reply.batch = pb_bytes(engine_events_after(engine, request->after, request->bytes_max, arena));
        *ret_body = pb_encode(&reply, arena);
        return true;
}

static const struct {
        const char *method;
        bool (*answer)(struct engine *engine, struct slice body, struct arena *arena, struct slice *ret_body);
} runtime_dispatch[] = {
        {"Health", answer_health},
        {"Metrics", answer_metrics},
        {"EventsAfter", answer_events_after},
};

static bool answer_runtime(struct engine *engine, const Wire__Envelope *envelope, struct asked asked,
                           struct arena *arena, struct slice *ret_reply)
{
        static const char prefix[] = "runtime.";
        Wire__Reply reply = WIRE__REPLY__INIT;
        struct slice body;

        if (strncmp(envelope->method, prefix, strlen(prefix)) != 0)
                return false;
        for (size_t i = 0; i < ARRAY_SIZE(runtime_dispatch); i++) {
                if (strcmp(envelope->method + strlen(prefix), runtime_dispatch[i].method) != 0)
                        continue;
                if (!runtime_dispatch[i].answer(engine, pb_slice(envelope->body), arena, &body))
                        return false;
                reply.id = pb_bytes(id_slice(&asked.id));
                reply.tag = asked.tag;
                reply.outcome_case = WIRE__REPLY__OUTCOME_BODY;
                reply.body = pb_bytes(body);
                *ret_reply = pb_encode(&reply, arena);
                return true;
        }
        return false;
}

/* --- everything else ---------------------------------------------------------------------------------------- */

static bool role_refused(const struct dispatch_row *row, struct refusal *refusal)
{
        char roles[FRENCH_ROLES_SIZE];
        french_roles(row->roles, roles);
        return refuse(refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "role",
                      "votre rôle ne permet pas cette opération (%s) ; qui le peut : %s", row->method, roles);
}

/* Security: no row, no passport, no role in the row: refused. In this order, so that a stranger learns nothing. */
static bool authorise(struct engine *engine, const Wire__Envelope *envelope, const struct method *method,
                      const struct verified_passport **ret_passport, struct refusal *refusal)
{
        struct err_info why;
        struct world *world = engine_world(engine);
        const struct verified_passport *passport;

        if (passport_verify(engine->passports, pb_slice(envelope->passport), world->now_ms(world), &passport, &why) !=
            0)
                return refuse(refusal, TYPES__REFUSAL_CODE__NOT_AUTHENTICATED, "passport",
                              "identité absente, falsifiée ou expirée (%s) : identifiez-vous à nouveau", why.text);
        if (method == NULL) {
                passport_release(passport);
                return refuse(refusal, TYPES__REFUSAL_CODE__UNKNOWN_METHOD, "method", "« %.60s » n'existe pas ici",
                              envelope->method);
        }
        uint32_t role = (uint32_t)passport_of(passport)->role;
        if (role > 31 || (method->row->roles & (1u << role)) == 0) {
                passport_release(passport);
                return role_refused(method->row, refusal);
        }
        *ret_passport = passport;
        return true;
}

/* Idempotency rests on the time in the key: an old one may be forgotten already, one far ahead would never be. */
static bool key_is_of_today(struct engine *engine, struct id key, struct refusal *refusal)
{
        const int64_t day_ms = 86400000;
        struct world *world = engine_world(engine);
        int64_t age_ms = world->now_ms(world) - id_instant_ms(key);
        if (age_ms > -day_ms && age_ms < (LIMIT_DEDUP_DAYS - 1) * day_ms)
                return true;
        return refuse(refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "id",
                      "la clé d'idempotence a plus de %d jours, ou plus d'un jour d'avance : tirez un UUIDv7 "
                      "maintenant, et vérifiez l'heure des machines",
                      LIMIT_DEDUP_DAYS - 1);
}

struct said {
        const struct method *method;
        const ProtobufCMessage *message;
        const Wire__Passport *actor;
        struct day today;
};

/* It is whole and of this world, and (Security) for that role to say. */
static bool holds(const struct engine *engine, const struct said *said, struct refusal *refusal)
{
        const struct service_spec *spec = engine->spec;
        const struct code_lists *codes = spec->codes == NULL ? NULL : spec->codes(engine->context);
        return validate_with_codes(said->message, said->today, codes, refusal) &&
               access_gives(said->method->gives, said->message, 1u << (uint32_t)said->actor->role, refusal);
}

static ProtobufCMessage *read_body(const Wire__Envelope *envelope, const struct method *method, struct arena *arena,
                                   struct refusal *refusal)
{
        uint32_t bytes_max = message_rule(method->input)->bytes_max;
        if (envelope->body.len > bytes_max) {
                (void)refuse(refusal, TYPES__REFUSAL_CODE__TOO_LARGE, "body",
                             "Cette demande compte %zu octets, %u au plus : abrégez les textes ou envoyez-la en parts.",
                             envelope->body.len, bytes_max);
                return NULL;
        }
        ProtobufCMessage *message = pb_decode(method->input, pb_slice(envelope->body), arena);
        if (message == NULL)
                (void)refuse(refusal, TYPES__REFUSAL_CODE__MALFORMED, "body", "le corps n'est pas un message %s",
                             method->input->short_name);
        return message;
}

/* What never reaches the writer is counted here. */
static struct slice refuse_frame(struct engine *engine, struct asked asked, const struct refusal *refusal,
                                 struct arena *arena)
{
        engine->figures.refusals++;
        return refusal_frame(asked, refusal, arena);
}

static void note_looked_at(struct engine *engine, uint32_t rows)
{
        engine->figures.looked_at_last = rows;
        if (rows > engine->figures.looked_at_most)
                engine->figures.looked_at_most = rows;
}

/* What cannot be told by looking at so many rows, and has no page that could go on. */
static struct reply refuse_overspent(struct work *work)
{
        return reply_refuse(work, TYPES__REFUSAL_CODE__TOO_LARGE, "",
                            "Il faudrait lire plus de %u lignes pour répondre à cette demande : restreignez-la, avec "
                            "un filtre plus étroit ou une période plus courte.",
                            work->engine->query_rows_max);
}

static struct slice handle_query(const struct method *method, const ProtobufCMessage *message, struct work *work,
                                 struct asked asked)
{
        struct refusal refusal;
        struct reply reply;
        txn_look(work->txn, work->engine->query_rows, work->engine->query_rows_max);
        if (engine_refuse_while_filling(work->engine, &refusal))
                reply = reply_refusal(work, &refusal);
        else
                reply = method->row->handle(work, message);
        reply.body = engine_shown(method, reply.body, work->actor, work->arena);
        reply.also_elsewhere =
                work->engine->spec->is_elsewhere_too != NULL && work->engine->spec->is_elsewhere_too(work, message);
        note_looked_at(work->engine, txn_looked_at(work->txn));
        if (txn_overspent(work->txn))
                reply = refuse_overspent(work);
        if (reply.body == NULL)
                work->engine->figures.refusals++;
        return reply_frame(asked, &reply, log_read_head(work->txn).number, work->arena);
}

static struct slice answer_query(const struct method *method, ProtobufCMessage *message, struct work *work,
                                 struct asked asked)
{
        struct refusal refusal;
        struct slice reply;
        work->txn = txn_begin_read(work->engine->store, NULL);
        require(work->txn != NULL);
        txn_look(work->txn, LIMIT_QUERY_ROWS_MAX, LIMIT_QUERY_ROWS_MAX); /* a right that takes more to find is none */
        if (!engine_has(work, message, &refusal) || !rights_hold(&method->rights, work, message, &refusal)) {
                reply = refuse_frame(work->engine, asked, &refusal, work->arena);
                txn_end_read(work->txn);
                return reply;
        }
        reply = handle_query(method, message, work, asked);
        while (reply.size > LIMIT_REPLY_BYTES && page_shorten(message, reply.size, work->arena))
                reply = handle_query(method, message, work, asked);
        require(txn_error(work->txn) == 0);
        txn_end_read(work->txn);
        return bounded_frame(asked, reply, work->arena);
}

/* Security: whose a command is that comes again with its key: an account's, in one of its memberships. What it was
 * answered in another role is not hers to read in this one. */
static struct id asker_of(const Wire__Passport *actor)
{
        return actor->membership != NULL ? id_of(actor->membership) : passport_account(actor);
}

static struct item *make_command(struct engine *engine, const Wire__Envelope *envelope, const struct method *method,
                                 const struct verified_passport *passport)
{
        struct item *item = item_new(engine);
        item->kind = ITEM_COMMAND;
        item->method = method;
        item->passport = passport;
        item->actor = passport_of(passport);
        memcpy(item->asked.id.b, envelope->id.data, sizeof(item->asked.id.b));
        item->asked.tag = envelope->tag;
        struct id asker = asker_of(item->actor);
        dedup_hash(id_slice(&asker), slice_of_text(envelope->method), pb_slice(envelope->body), item->hash);
        return item;
}

struct item *engine_accept(struct engine *engine, struct slice peer, struct slice frame, struct arena *arena,
                           struct slice *ret_reply)
{
        struct refusal refusal;
        struct asked asked = {0};
        const struct verified_passport *passport = NULL;
        const Wire__Envelope *envelope = pb_decode(&wire__envelope__descriptor, frame, arena);

        if (envelope == NULL || envelope->version != 1 || envelope->id.len != sizeof(asked.id.b)) {
                (void)refuse(&refusal, TYPES__REFUSAL_CODE__MALFORMED, envelope == NULL ? "" : "version",
                             "la trame n'est pas une demande de version 1 avec un identifiant de 16 octets");
                *ret_reply = refuse_frame(engine, asked, &refusal, arena);
                return NULL;
        }
        memcpy(asked.id.b, envelope->id.data, sizeof(asked.id.b));
        asked.tag = envelope->tag;
        if (answer_runtime(engine, envelope, asked, arena, ret_reply))
                return NULL;

        const struct method *method = engine_method(engine, envelope->method);
        ProtobufCMessage *message = NULL;
        struct item *item = NULL;
        struct day today = {0};
        int64_t now_ms = engine_world(engine)->now_ms(engine_world(engine));
        if (authorise(engine, envelope, method, &passport, &refusal)) {
                today = work_today(engine, passport_of(passport), now_ms);
                bool command = method->row->mode == MODE_COMMAND;
                if (command)
                        item = make_command(engine, envelope, method, passport);
                if (!command || key_is_of_today(engine, asked.id, &refusal))
                        message = read_body(envelope, method, command ? &item->arena : arena, &refusal);
                const struct said said = {method, message, passport_of(passport), today};
                if (message != NULL && !holds(engine, &said, &refusal))
                        message = NULL;
        }
        if (message == NULL) {
                *ret_reply = refuse_frame(engine, asked, &refusal, arena);
                if (item != NULL)
                        item_free(engine, &item);
                else
                        passport_release(passport);
                return NULL;
        }
        if (item != NULL) {
                item->message = message;
                item->peer = arena_copy_slice(&item->arena, peer);
                return item;
        }
        struct work work = {
                .engine = engine,
                .arena = arena,
                .actor = passport_of(passport),
                .now_ms = now_ms,
                .today = today,
                .cause = asked.id,
                .context = engine->context,
                .read_only = true,
        };
        *ret_reply = answer_query(method, message, &work, asked);
        passport_release(passport);
        return NULL;
}

/* A kind that this program knows and does not follow. */
static bool is_passed_over(const struct subscription *subscription, uint32_t kind)
{
        if (subscription->kinds == NULL || protobuf_c_message_descriptor_get_field(subscription->event, kind) == NULL)
                return false;
        for (const uint32_t *at = subscription->kinds; *at != 0; at++)
                if (*at == kind)
                        return false;
        return true;
}

static bool read_event(const struct subscription *subscription, const char *source, struct slice record,
                       struct item *item, struct event *ret)
{
        struct slice body;
        if (!event_open(source, record, &item->arena, ret, &body))
                return false;
        if (ret->is_relayed || is_passed_over(subscription, event_kind(body)))
                return true;
        ret->body = pb_decode(subscription->event, body, &item->arena);
        return ret->body != NULL;
}

struct item *engine_accept_events(struct engine *engine, const struct subscription *subscription, const char *source,
                                  struct slice batch, struct err_info *info)
{
        struct item *item = item_new(engine);
        const Wire__EventBatch *message = pb_decode(&wire__event_batch__descriptor, batch, &item->arena);
        if (message == NULL) {
                item_free(engine, &item);
                (void)err_set(info, ERR_MALFORMED, "events of %s: cannot be read", source);
                return NULL;
        }
        item->kind = ITEM_EVENTS;
        item->subscription = subscription;
        item->source = source;
        item->head = message->head;
        item->head_hash = pb_slice(message->head_hash);
        item->event_count = message->n_records;
        item->events = arena_alloc(&item->arena, sizeof(*item->events) * (message->n_records + 1));
        for (size_t i = 0; i < message->n_records; i++) {
                if (!read_event(subscription, source, pb_slice(message->records[i]), item, &item->events[i])) {
                        (void)err_set(info, ERR_MALFORMED, "events of %s: one after %llu cannot be read", source,
                                      (unsigned long long)(i == 0 ? 0 : item->events[i - 1].number));
                        item_free(engine, &item);
                        return NULL;
                }
                if (item->events[i].body != NULL && !event_is_known(item->events[i].body)) {
                        item->unknown = item->events[i].number;
                        item->event_count = i;
                        break;
                }
        }
        return item;
}

/* --- for tests and simulations --------------------------------------------------------------------------------------
 */

static int decode_answer(const struct method *method, struct slice bytes, struct arena *arena,
                         struct engine_answer *ret)
{
        const Wire__Reply *reply = pb_decode(&wire__reply__descriptor, bytes, arena);
        require(reply != NULL);
        *ret = (struct engine_answer){.position = reply->position, .repeated_key = reply->repeated_key};
        if (reply->outcome_case == WIRE__REPLY__OUTCOME_REFUSAL)
                ret->refusal = reply->refusal;
        else
                ret->body = pb_decode(method->output, pb_slice(reply->body), arena);
        return ret->body == NULL && ret->refusal == NULL ? ERR_MALFORMED : 0;
}

static struct engine_answer refused(const struct refusal *refusal, struct arena *arena)
{
        return (struct engine_answer){.refusal = refusal_to(arena, refusal)};
}

/* tidy: many because it stands in every second line of the tests, where a struct would hide what is asked */
int engine_call(struct engine *engine, const Wire__Passport *actor, const char *method_name,
                const ProtobufCMessage *request, const struct id *key, struct arena *arena, struct engine_answer *ret)
{
        struct refusal refusal;
        struct err_info info;
        struct world *world = engine_world(engine);
        char *name = arena_printf(arena, "%s.%s", engine->spec->name, method_name);
        const struct method *method = engine_method(engine, name);
        struct slice body = pb_encode(request, arena);
        struct id id = key != NULL ? *key : id_new(world, world->now_ms(world), 0);

        require(method != NULL);
        if ((method->row->roles & (1u << (uint32_t)actor->role)) == 0) {
                (void)role_refused(method->row, &refusal);
                *ret = refused(&refusal, arena);
                return 0;
        }
        struct item *item = item_new(engine);
        item->kind = ITEM_COMMAND;
        item->method = method;
        item->actor = actor;
        item->asked.id = id;
        item->message = pb_decode(method->input, body, &item->arena);
        require(item->message != NULL);
        struct id asker = asker_of(actor);
        dedup_hash(id_slice(&asker), slice_of_text(name), body, item->hash);

        int err = 0;
        int64_t now_ms = world->now_ms(world);
        const struct said said = {method, item->message, actor, work_today(engine, actor, now_ms)};
        if (!holds(engine, &said, &refusal)) {
                *ret = refused(&refusal, arena);
        } else if (method->row->mode == MODE_QUERY) {
                struct work work = {.engine = engine,
                                    .arena = arena,
                                    .actor = actor,
                                    .now_ms = now_ms,
                                    .cause = id,
                                    .today = said.today,
                                    .context = engine->context,
                                    .read_only = true};
                err = decode_answer(method, answer_query(method, item->message, &work, item->asked), arena, ret);
        } else {
                err = engine_run(engine, item, &info);
                if (err == 0 || err == ERR_DISK_FULL || err == ERR_MAP_FULL)
                        err = decode_answer(method, arena_copy_slice(arena, item->reply), arena, ret);
        }
        item_free(engine, &item);
        return err;
}

int engine_feed(struct engine *engine, const char *source, uint64_t number, const ProtobufCMessage *event)
{
        const struct subscription *subscription = NULL;
        struct err_info info;
        for (size_t i = 0; i < engine->spec->subscription_count; i++) {
                const struct subscription *at = &engine->spec->subscriptions[i];
                if (strncmp(source, at->service, strlen(at->service)) == 0)
                        subscription = at;
        }
        require(subscription != NULL && event->descriptor == subscription->event);

        struct arena arena scoped(arena_fini) = {0};
        static const uint8_t cause[sizeof(struct id)];
        struct txn *txn = txn_begin_read(engine->store, NULL);
        require(txn != NULL);
        struct position position = position_get(txn, source);
        txn_end_read(txn);
        Wire__EventRecord record = WIRE__EVENT_RECORD__INIT;
        Wire__EventBatch batch = WIRE__EVENT_BATCH__INIT;
        record.number = number;
        record.at_ms = engine_world(engine)->now_ms(engine_world(engine));
        record.cause = pb_bytes(slice_of(cause, sizeof(cause)));
        record.previous_hash = pb_bytes(slice_of(position.copied.hash, sizeof(position.copied.hash)));
        record.body = pb_bytes(pb_encode(event, &arena));
        ProtobufCBinaryData bytes = pb_bytes(pb_encode(&record, &arena));
        batch.head = number;
        batch.n_records = 1;
        batch.records = &bytes;
        struct item *item = engine_accept_events(engine, subscription, source, pb_encode(&batch, &arena), &info);
        require(item != NULL);
        int err = engine_run(engine, item, &info);
        if (err == 0 && item->taken != number)
                err = ERR_NOT_FOUND; /* a hole before it */
        item_free(engine, &item);
        return err;
}
