/* calendar.h: a toy service with jobs, under a name that the protocol knows: reminders, which need no more than to be
 * recorded when they are due, and parcels, which a worker thread carries. The first byte of an id is its kind, the
 * second says how a parcel fares.
 *
 *   Subscribed          it waits for `expires_at`
 *   Unsubscribed        it is called off
 *   DeliverySucceeded   done: one row more of `fired`, in their order
 *   DeliveryFailed      tried again, or parked
 *   NoticeRead          parked, and played again
 *
 * The process around it is played here on one thread: what is to be written is written when the test says so. */
#ifndef TESTS_UNIT_COMMON_SERVICE_CALENDAR_H
#define TESTS_UNIT_COMMON_SERVICE_CALENDAR_H

#include "tests/unit/common/service/calendar_write.h"
#include "tests/lib/engine_fixture.h"

#include <errno.h>
#include <stdatomic.h>

#include "common/base/limits.h"
#include "common/base/require.h"
#include "common/service/jobs.h"
#include "notifications/events.pb-c.h"

enum { T_FIRED = RUNTIME_TABLES, T_DUE, T_DUE_BY_NAME, T_PARKED };
enum { REMINDER = 1, PARCEL = 2 };
enum { GOES, FAILS, FAILS_FOR_GOOD, FAILS_ONCE, IS_TOO_LARGE, AWAITS_ANSWER, IS_DENIED };
enum { PARCELS_AT_ONCE = 3 };

static const struct table_spec calendar_tables[] = {
        {"fired", TABLE_STATE}, {"due", TABLE_STATE}, {"due_by_name", TABLE_STATE}, {"parked", TABLE_STATE}};
static const struct due_tables calendar_due = {T_DUE, T_DUE_BY_NAME, T_PARKED};

static atomic_uint parcels_carried; /* how often run() was called */

static inline struct due_name calendar_name(struct id id)
{
        return (struct due_name){id.b[0], id};
}

static inline void calendar_failed(struct txn *txn, int64_t at_ms, const Notifications__DeliveryFailed *failed)
{
        struct due_name name = calendar_name(id_of(failed->notice_id));
        if (failed->given_up)
                due_park(txn, &calendar_due, name, at_ms, failed->reason);
        else
                due_again(txn, &calendar_due, name, failed->retry_at->ms);
}

static inline void calendar_succeeded(struct txn *txn, const struct event *event, struct id id)
{
        struct key key = key_of_u64(event->number);
        (void)due_cancel(txn, &calendar_due, calendar_name(id));
        txn_put(txn, T_FIRED, key_slice(&key), id_slice(&id));
}

static inline void calendar_apply(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Notifications__Event *body = event->body;
        (void)arena;
        switch ((int)body->body_case) {
        case NOTIFICATIONS__EVENT__BODY_SUBSCRIBED:
                due_set(txn, &calendar_due, calendar_name(id_of(body->subscribed->subscription_id)),
                        body->subscribed->expires_at->ms);
                break;
        case NOTIFICATIONS__EVENT__BODY_UNSUBSCRIBED:
                (void)due_cancel(txn, &calendar_due, calendar_name(id_of(body->unsubscribed->subscription_id)));
                break;
        case NOTIFICATIONS__EVENT__BODY_DELIVERY_SUCCEEDED:
                calendar_succeeded(txn, event, id_of(body->delivery_succeeded->notice_id));
                break;
        case NOTIFICATIONS__EVENT__BODY_DELIVERY_FAILED:
                calendar_failed(txn, event->at_ms, body->delivery_failed);
                break;
        case NOTIFICATIONS__EVENT__BODY_NOTICE_READ:
                due_set(txn, &calendar_due, calendar_name(id_of(body->notice_read->notice_id)), event->at_ms);
                break;
        }
}

/* --- the two kinds --- */

static inline void calendar_record_too_much(struct work *work)
{
        Notifications__AddressMissed happened = NOTIFICATIONS__ADDRESS_MISSED__INIT;
        Types__Id id = TYPES__ID__INIT;
        id.value = pb_bytes(slice_of(arena_zalloc(work->arena, LIMIT_EVENT_BYTES + 1), LIMIT_EVENT_BYTES + 1));
        happened.address_id = &id;
        work_record(work, &happened.base);
}

static inline void calendar_record(struct work *work, const struct job *job)
{
        Notifications__DeliverySucceeded succeeded = NOTIFICATIONS__DELIVERY_SUCCEEDED__INIT;
        Notifications__DeliveryFailed failed = NOTIFICATIONS__DELIVERY_FAILED__INIT;
        struct id id = job->due.name.id;
        if (job->result.done) {
                if (id.b[1] == IS_TOO_LARGE)
                        calendar_record_too_much(work);
                succeeded.notice_id = id_to(work->arena, id);
                work_record(work, &succeeded.base);
                return;
        }
        failed.notice_id = id_to(work->arena, id);
        failed.reason = arena_text(work->arena, job->result.reason);
        failed.attempt = job->verdict.attempt;
        failed.given_up = job->verdict.given_up;
        failed.retry_at = instant_to(work->arena, job->verdict.retry_at_ms);
        work_record(work, &failed.base);
}

/* What run() may see of it. */
static inline bool calendar_load(struct job *job, struct txn *txn)
{
        uint8_t *how = arena_alloc(&job->arena, 1);
        (void)txn;
        *how = job->due.name.id.b[1];
        job->data = how;
        return true;
}

static inline void calendar_carry(struct job *job)
{
        uint8_t how = *(const uint8_t *)job->data;
        atomic_fetch_add(&parcels_carried, 1);
        if (how == FAILS || how == FAILS_FOR_GOOD || (how == FAILS_ONCE && job->due.attempts == 0))
                job->result = (struct job_result){.permanent = how == FAILS_FOR_GOOD, .reason = "nobody at home"};
        else
                job->result = (struct job_result){.done = true};
}

/* Another daemon is asked what a parcel needs: of most nothing, some wait for its answer, some are denied it. */
static struct {
        struct job *job;
        void (*then)(struct job *job);
} calendar_asking[PARCELS_AT_ONCE];
static size_t calendar_asking_count;

static inline void calendar_ask(struct job *job, void (*then)(struct job *job))
{
        uint8_t how = *(const uint8_t *)job->data;
        if (how == AWAITS_ANSWER) {
                require(calendar_asking_count < PARCELS_AT_ONCE);
                calendar_asking[calendar_asking_count].job = job;
                calendar_asking[calendar_asking_count++].then = then;
                return;
        }
        if (how == IS_DENIED)
                job->result = (struct job_result){.permanent = true, .reason = "denied"};
        then(job);
}

static inline void calendar_answer(void)
{
        size_t count = calendar_asking_count;
        calendar_asking_count = 0;
        for (size_t i = 0; i < count; i++)
                calendar_asking[i].then(calendar_asking[i].job);
}

static const struct job_kind calendar_reminder = {
        .number = REMINDER, .name = "reminder", .at_once = 8, .backoff = {1000, 1000, 1}, .record = calendar_record};
static const struct job_kind calendar_parcel = {
        .number = PARCEL,
        .name = "parcel",
        .at_once = PARCELS_AT_ONCE,
        .backoff = {1000, 60000, 3},
        .load = calendar_load,
        .ask = calendar_ask,
        .run = calendar_carry,
        .record = calendar_record,
};
static const struct job_kind *const calendar_kinds[] = {&calendar_reminder, &calendar_parcel};
static const struct job_kinds calendar_jobs = {calendar_kinds, ARRAY_SIZE(calendar_kinds), &calendar_due};

static const struct service_spec calendar_spec = {
        .name = "notifications",
        .store_version = 1,
        .tables = calendar_tables,
        .table_count = ARRAY_SIZE(calendar_tables),
        .event = &notifications__event__descriptor,
        .apply = calendar_apply,
        .jobs = &calendar_jobs,
};

static inline struct id calendar_id(uint8_t kind, uint8_t how, uint32_t number)
{
        struct id id = {{kind, how}};
        memcpy(id.b + 12, &number, sizeof(number));
        return id;
}

/* --- what others tell --- */

struct calendar_told {
        const ProtobufCMessage *body;
};

static inline void calendar_record_told(struct work *work, void *argument)
{
        work_record(work, ((const struct calendar_told *)argument)->body);
}

static inline void calendar_tell(struct fixture *f, const ProtobufCMessage *body)
{
        struct calendar_told told = {body};
        assert_int_equal(calendar_write(f->engine, calendar_record_told, &told), 0);
}

static inline void calendar_set(struct fixture *f, struct id id, int64_t at_ms)
{
        Notifications__Subscribed body = NOTIFICATIONS__SUBSCRIBED__INIT;
        body.subscription_id = id_to(&f->arena, id);
        body.expires_at = instant_to(&f->arena, at_ms);
        calendar_tell(f, &body.base);
}

static inline void calendar_call_off(struct fixture *f, struct id id)
{
        Notifications__Unsubscribed body = NOTIFICATIONS__UNSUBSCRIBED__INIT;
        body.subscription_id = id_to(&f->arena, id);
        calendar_tell(f, &body.base);
}

static inline void calendar_play_again(struct fixture *f, struct id id)
{
        Notifications__NoticeRead body = NOTIFICATIONS__NOTICE_READ__INIT;
        body.notice_id = id_to(&f->arena, id);
        calendar_tell(f, &body.base);
}

#endif
