#include "common/service/work.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/limits.h"
#include "common/base/local_time.h"
#include "common/base/require.h"
#include "common/service/engine_inside.h"

struct day work_today(const struct engine *engine, const Wire__Passport *actor, int64_t now_ms)
{
        const char *territory = engine->options.home != NULL ? engine->options.home : "";
        if (actor != NULL && actor->n_territories > 0 && strcmp(actor->territories[0], "*") != 0)
                territory = actor->territories[0];
        return local_day(territory, now_ms);
}

void work_as_of(struct work *work, const Types__Day *day)
{
        if (day != NULL)
                work->today = day_of(day);
}

struct reply reply_ok(struct work *work, const void *message)
{
        (void)work;
        require(message != NULL);
        return (struct reply){.body = message};
}

struct reply reply_refusal(struct work *work, const struct refusal *refusal)
{
        require(work->recorded == 0); /* decide first, record after */
        require(refusal->code != TYPES__REFUSAL_CODE__REFUSAL_NONE);
        return (struct reply){.refusal = refusal_to(work->arena, refusal)};
}

struct reply reply_refuse(struct work *work, Types__RefusalCode code, const char *field, const char *format, ...)
{
        struct refusal refusal;
        char text[sizeof(refusal.text)];
        va_list args;
        va_start(args, format);
        (void)vsnprintf(text, sizeof(text), format, args);
        va_end(args);
        (void)refuse(&refusal, code, field, "%s", text);
        return reply_refusal(work, &refusal);
}

void work_record(struct work *work, const ProtobufCMessage *body)
{
        work_record_sealed(work, body, slice_of(NULL, 0));
}

/* What this command has recorded itself is no conflict. */
static void find_conflict(struct work *work, const void *event)
{
        uint64_t last = versions_last(work->txn, work->engine->spec->versions, event, work->arena);
        if (last <= *work->seen || last > work->began)
                return;
        struct refusal *refusal = arena_zalloc(work->arena, sizeof(*refusal));
        struct version_conflict conflict = {last, *work->seen, event};
        version_refuse(work->txn, &conflict, work->arena, refusal);
        work->stale = refusal;
        work->stale_by = last;
}

/* Logged, and applied at once. */
static void append(struct work *work, const struct log_append *entry, const void *event)
{
        struct engine *engine = work->engine;
        txn_allow(work->txn, TABLE_RUNTIME);
        log_append(work->txn, &engine->head, entry, work->arena);
        engine->wrote = true;

        struct event happened = {
                .number = engine->head.number,
                .at_ms = entry->at_ms,
                .cause = entry->cause,
                .user = entry->user,
                .account = entry->account,
                .source = "",
                .body = event,
                .sealed = entry->sealed,
                .is_relayed = entry->origin_partition != 0,
        };
        txn_allow(work->txn, TABLE_STATE);
        engine->spec->apply(work->txn, work->arena, &happened);
        txn_allow(work->txn, TABLE_RUNTIME);
}

void work_record_sealed(struct work *work, const ProtobufCMessage *body, struct slice sealed)
{
        work_record_event(work, event_of_body(work->engine->spec->event, body, work->arena), sealed);
}

void work_record_event(struct work *work, const void *event, struct slice sealed)
{
        require(!work->read_only);
        /* What is on its way to another partition: a reaction leaves it alone (that one makes up for it), a command is
         * undone as a whole. */
        if (work->engine->spec->is_held != NULL && work->engine->spec->is_held(work, event)) {
                if (work->actor == NULL)
                        return;
                work->kept_out = true;
        }
        struct log_append entry = {
                .at_ms = work->now_ms,
                .cause = work->cause,
                .user = work->actor != NULL ? work->actor->user : "",
                .account = work->actor != NULL ? passport_account(work->actor) : (struct id){{0}},
                .body = pb_encode(event, work->arena),
                .sealed = sealed,
        };
        /* It is applied all the same, so that the handler goes on among rows that agree; the engine then undoes the
         * batch and runs it again without this work. */
        if (entry.body.size > LIMIT_EVENT_BYTES || sealed.size > LIMIT_EVENT_BYTES)
                work->too_large = true;
        if (work->seen != NULL && work->stale == NULL)
                find_conflict(work, event);
        struct version_change change;
        const struct versions *versions = work->engine->spec->versions;
        versions_look(work, versions, event, &change);
        append(work, &entry, event);
        work->recorded++;
        versions_tell(work, versions, &change);
}

void work_record_after(struct work *work, const ProtobufCMessage *body, const char *instance, uint64_t number)
{
        const void *event = event_of_body(work->engine->spec->event, body, work->arena);
        struct log_append entry = {
                .at_ms = work->now_ms,
                .cause = work->cause,
                .user = work->actor != NULL ? work->actor->user : "",
                .account = work->actor != NULL ? passport_account(work->actor) : (struct id){{0}},
                .body = pb_encode(event, work->arena),
                .after_instance = instance,
                .after_number = number,
        };
        require(!work->read_only);
        work->too_large = work->too_large || entry.body.size > LIMIT_EVENT_BYTES;
        append(work, &entry, event);
        work->recorded++;
}

bool work_relay(struct work *work, uint32_t partition, struct slice record, struct slice sealed)
{
        struct event from;
        struct slice body;
        const Wire__EventRecord *told = pb_decode(&wire__event_record__descriptor, record, work->arena);
        if (told == NULL || !event_open("", record, work->arena, &from, &body))
                return false;
        const void *event = pb_decode(work->engine->spec->event, body, work->arena);
        if (event == NULL || !event_is_known(event))
                return false;
        struct log_append entry = {
                .at_ms = from.at_ms,
                .cause = from.cause,
                .user = from.user,
                .account = from.account,
                .body = body,
                .sealed = sealed,
                .origin_partition = told->origin != NULL ? told->origin->partition : partition,
                .origin_number = told->origin != NULL ? told->origin->number : told->number,
        };
        require(!work->read_only);
        append(work, &entry, event);
        work->recorded++;
        return true;
}

void work_take_key(struct work *work, struct id id, const uint8_t *key)
{
        require(!work->read_only);
        erasures_remove(&work->engine->erasures, id);
        vault_take_key(work->engine->vault, id, key);
}

void work_make_key(struct work *work, struct id id)
{
        require(!work->read_only);
        vault_make_key(work->engine->vault, id);
}

void work_destroy_key(struct work *work, struct id id)
{
        require(!work->read_only);
        vault_destroy_key(work->engine->vault, id);
}

void erasures_add(struct erasures *erasures, struct id id)
{
        struct id *longer = reallocarray(erasures->ids, erasures->count + 1, sizeof(*longer));
        require(longer != NULL);
        erasures->ids = longer;
        erasures->ids[erasures->count++] = id;
}

/* Its key has come back before it was destroyed. */
void erasures_remove(struct erasures *erasures, struct id id)
{
        size_t kept = 0, committed = 0;
        for (size_t i = 0; i < erasures->count; i++) {
                if (id_equal(erasures->ids[i], id))
                        continue;
                committed += i < erasures->committed;
                erasures->ids[kept++] = erasures->ids[i];
        }
        erasures->count = kept;
        erasures->committed = committed;
}

void work_forget_sealed(struct work *work, uint64_t number)
{
        require(!work->read_only);
        txn_allow(work->txn, TABLE_RUNTIME);
        log_forget_sealed(work->txn, number, work->arena);
}

void work_erase_key(struct work *work, struct id id)
{
        require(!work->read_only);
        erasures_add(&work->engine->erasures, id);
}

int work_seal(struct work *work, struct id id, const void *content, struct slice *ret_sealed)
{
        require(!work->read_only);
        struct slice plain = pb_encode(content, work->arena);
        int err = vault_seal(work->engine->vault, id, plain, work->arena, ret_sealed);
        sodium_memzero((void *)(uintptr_t)plain.data, plain.size);
        return err;
}

void *work_unseal(const struct work *work, struct id id, struct slice sealed, const ProtobufCMessageDescriptor *type,
                  int *ret_err)
{
        struct slice plain;
        *ret_err = vault_unseal(work->engine->vault, id, sealed, work->arena, &plain);
        if (*ret_err != 0)
                return NULL;
        void *content = pb_decode(type, plain, work->arena);
        if (content == NULL)
                *ret_err = ERR_FORGED;
        return content;
}

struct id work_new_id(struct work *work)
{
        return id_new(work->engine->options.world, work->now_ms, work->engine->options.partition);
}

uint32_t work_partition(const struct work *work)
{
        return work->engine->options.partition;
}

const char *work_instance(const struct work *work)
{
        return work->engine->options.instance;
}

bool work_is_from_gateway(const struct work *work)
{
        const struct engine_options *options = &work->engine->options;
        for (size_t i = 0; work->actor != NULL && i < options->signer_count; i++)
                if (strcmp(options->signers[i].name, work->actor->signer) == 0)
                        return options->signers[i].is_gateway;
        return false;
}

struct world *work_world(struct work *work)
{
        return work->engine->options.world;
}

struct work work_of_item(struct engine *engine, struct txn *txn, struct item *item, int64_t now_ms)
{
        return (struct work){
                .engine = engine,
                .txn = txn,
                .arena = &item->arena,
                .actor = item->actor,
                .now_ms = now_ms,
                .today = work_today(engine, item->actor, now_ms),
                .cause = item->asked.id,
                .context = engine->context,
        };
}
