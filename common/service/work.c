#include "common/service/work.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "common/base/limits.h"
#include "common/base/local_time.h"
#include "common/base/require.h"
#include "common/service/engine.h"
#include "common/service/engine_inside.h"

struct day work_today(const struct engine *engine, const Wire__Passport *actor, int64_t now_ms)
{
        const char *territory = engine->options.home != NULL ? engine->options.home : "";
        if (actor != NULL && actor->n_territories > 0 && strcmp(actor->territories[0], "*") != 0)
                territory = actor->territories[0];
        return local_day(territory, now_ms);
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

void work_record(struct work *work, const void *event)
{
        work_record_sealed(work, event, slice_of(NULL, 0));
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

void work_record_sealed(struct work *work, const void *event, struct slice sealed)
{
        require(!work->read_only);
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
        engine_append(work, &entry, event);
        work->recorded++;
}

void work_make_key(struct work *work, struct id id)
{
        require(!work->read_only);
        vault_make_key(engine_vault(work->engine), id);
}

void work_destroy_key(struct work *work, struct id id)
{
        require(!work->read_only);
        vault_destroy_key(engine_vault(work->engine), id);
}

int work_seal(struct work *work, struct id id, const void *content, struct slice *ret_sealed)
{
        require(!work->read_only);
        struct slice plain = pb_encode(content, work->arena);
        int err = vault_seal(engine_vault(work->engine), id, plain, work->arena, ret_sealed);
        sodium_memzero((void *)(uintptr_t)plain.data, plain.size);
        return err;
}

void *work_unseal(const struct work *work, struct id id, struct slice sealed, const ProtobufCMessageDescriptor *type,
                  int *ret_err)
{
        struct slice plain;
        *ret_err = vault_unseal(engine_vault(work->engine), id, sealed, work->arena, &plain);
        if (*ret_err != 0)
                return NULL;
        void *content = pb_decode(type, plain, work->arena);
        if (content == NULL)
                *ret_err = ERR_FORGED;
        return content;
}

struct id work_new_id(struct work *work)
{
        return id_new(engine_world(work->engine), work->now_ms, engine_partition(work->engine));
}

struct id event_id(const struct event *event)
{
        char name[128];
        int size = snprintf(name, sizeof(name), "%s/%llu", event->source, (unsigned long long)event->number);
        return id_derived(event->at_ms, slice_of(name, (size_t)size));
}

uint32_t work_partition(const struct work *work)
{
        return engine_partition(work->engine);
}

const char *work_instance(const struct work *work)
{
        return engine_instance(work->engine);
}

struct world *work_world(struct work *work)
{
        return engine_world(work->engine);
}

uint32_t page_limit(const Types__Page *page)
{
        uint32_t limit = page == NULL || page->limit == 0 ? LIMIT_PAGE_DEFAULT : page->limit;
        return limit < LIMIT_PAGE_MAX ? limit : LIMIT_PAGE_MAX;
}

bool page_ends(const struct work *work, size_t lines, uint32_t limit, struct slice last)
{
        return last.size > 0 && (lines >= limit || txn_page_is_spent(work->txn));
}

struct slice page_after(const Types__Page *page)
{
        return page == NULL ? slice_of(NULL, 0) : pb_slice(page->after);
}
