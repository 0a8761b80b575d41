#include "services/notifications/planning.h"

#include <string.h>

#include "common/codec/types.h"
#include "common/service/engine.h"
#include "common/service/follow.h"
#include "common/service/service.h"
#include "notifications/events.pb-c.h"
#include "services/notifications/daemon.h"
#include "services/notifications/deadlines/following.h"
#include "services/notifications/deadlines/instants.h"
#include "services/notifications/deadlines/wanted.h"
#include "services/notifications/deadlines/waits_rows.h"

enum { WAITS_OF_EVENT_MAX = 200, THINGS_OF_PIECE = 200 }; /* a wait is some 200 bytes: far from what an event may be */
#define DAY_MS ((int64_t)86400000)

/* --- what was wanted and is --- */

struct plan {
        struct work *work;
        Notifications__WaitsPlanned body;
};

static void record_plan(struct plan *plan)
{
        if (plan->body.n_put + plan->body.n_gone > 0)
                work_record(plan->work, &plan->body.base);
        plan->body = (Notifications__WaitsPlanned)NOTIFICATIONS__WAITS_PLANNED__INIT;
}

static void put_in_plan(struct plan *plan, Notifications__Wait *wait)
{
        struct arena *arena = plan->work->arena;
        plan->body.put = pb_append(plan->body.put, &plan->body.n_put, sizeof(wait), arena);
        plan->body.put[plan->body.n_put - 1] = wait;
        if (plan->body.n_put == WAITS_OF_EVENT_MAX)
                record_plan(plan);
}

static void go(struct plan *plan, struct id wait)
{
        struct arena *arena = plan->work->arena;
        plan->body.gone = pb_append(plan->body.gone, &plan->body.n_gone, sizeof(Types__Id *), arena);
        plan->body.gone[plan->body.n_gone - 1] = id_to(arena, wait);
        if (plan->body.n_gone == WAITS_OF_EVENT_MAX)
                record_plan(plan);
}

static bool is_same(const Notifications__Wait *held, const Notifications__Wait *wanted, struct arena *arena)
{
        Notifications__Wait one = *held, other = *wanted;
        one.step = other.step = NOTIFICATIONS__WAIT_STEP__WAIT_HIDDEN;
        struct slice a = pb_encode(&one, arena), b = pb_encode(&other, arena);
        return a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
}

/* Of what waits already and goes on till the same day, nothing is told twice. */
static Notifications__WaitStep step_of(const struct plan *plan, const Notifications__WaitRow *held,
                                       const Notifications__Wait *wait)
{
        const struct deadline_rules *rules = daemon_deadline_rules(plan->work->context);
        const Notifications__DeadlineVersion *version = deadline_version(rules, plan->work->today);
        const struct wait_kind *kind = wait_kind_of(wait->kind);
        int64_t now_ms = plan->work->now_ms;
        if (held != NULL && instants_equal(held->wait, wait))
                return held->step;
        int64_t from_ms = kind->tells_at_once ? now_ms - (int64_t)version->at_once_days * DAY_MS : INT64_MAX;
        return instants_begin(wait, now_ms, from_ms);
}

static bool is_among(const struct wanting *wanting, struct id wait)
{
        for (size_t i = 0; i < wanting->count; i++)
                if (id_equal(id_of(wanting->waits[i]->wait_id), wait))
                        return true;
        return false;
}

/* What waited and is not wanted any more. */
static void let_go(struct plan *plan, const struct wanting *wanting)
{
        struct id wait, *gone = NULL;
        size_t count = 0;
        struct walk walk;
        waits_walk_of(plan->work->txn, wanting->subject, &walk);
        while (walk_next(&walk, &wait)) {
                if (is_among(wanting, wait))
                        continue;
                gone = pb_append(gone, &count, sizeof(wait), plan->work->arena);
                gone[count - 1] = wait;
        }
        walk_end(&walk);
        for (size_t i = 0; i < count; i++)
                go(plan, gone[i]);
}

static void plan_thing(struct plan *plan, struct id thing)
{
        struct work *work = plan->work;
        struct wanting wanting = {
                .txn = work->txn,
                .arena = work->arena,
                .rules = daemon_deadline_rules(work->context),
                .today = work->today,
                .subject = thing,
                .thing = followed_find(work->txn, thing, work->arena),
        };
        wanted_of(&wanting);
        let_go(plan, &wanting);
        for (size_t i = 0; i < wanting.count; i++) {
                Notifications__Wait *wait = wanting.waits[i];
                const Notifications__WaitRow *held = wait_find(work->txn, id_of(wait->wait_id), work->arena);
                wait->step = step_of(plan, held, wait);
                if (wait->step == NOTIFICATIONS__WAIT_STEP__WAIT_DROPPED) {
                        if (held != NULL)
                                go(plan, id_of(wait->wait_id));
                } else if (held == NULL || !is_same(held->wait, wait, work->arena)) {
                        put_in_plan(plan, wait);
                }
        }
}

/* --- one event --- */

static void react(struct work *work, const struct event *event, void (*follow)(struct taking *taking))
{
        struct taking taking = {.txn = work->txn, .arena = work->arena, .event = event};
        struct plan plan = {.work = work, .body = NOTIFICATIONS__WAITS_PLANNED__INIT};
        follow(&taking);
        for (size_t i = 0; i < taking.count; i++)
                plan_thing(&plan, taking.subjects[i]);
        record_plan(&plan);
}

void planning_react_to_tracking(struct work *work, const struct event *event)
{
        react(work, event, following_tracking);
}

void planning_react_to_contracts(struct work *work, const struct event *event)
{
        react(work, event, following_contracts);
}

void planning_thing(struct work *work, struct id thing)
{
        struct plan plan = {.work = work, .body = NOTIFICATIONS__WAITS_PLANNED__INIT};
        plan_thing(&plan, thing);
        record_plan(&plan);
}

/* --- all things --- */

static ProtobufCBinaryData digest_of(const struct work *work)
{
        const struct deadline_rules *rules = daemon_deadline_rules(work->context);
        return pb_bytes(id_slice(&rules->digest));
}

static bool is_of_today(const Notifications__PlannedRow *row, const struct id *digest)
{
        return row != NULL && row->digest.len == sizeof(*digest) &&
               memcmp(row->digest.data, digest, sizeof(*digest)) == 0;
}

static bool is_done(struct txn *txn, const struct id *digest, struct arena *arena)
{
        const Notifications__PlannedRow *row = planned_find(txn, arena);
        struct walk walk;
        if (is_of_today(row, digest) && row->after.len == 0)
                return true;
        followed_walk_all(txn, slice_of(NULL, 0), &walk);
        bool is_empty = !walk_step(&walk);
        walk_end(&walk);
        return is_empty;
}

bool planning_next_piece(struct work *work)
{
        const struct id *digest = &daemon_deadline_rules(work->context)->digest;
        if (is_done(work->txn, digest, work->arena))
                return false;
        const Notifications__PlannedRow *row = planned_find(work->txn, work->arena);
        struct slice after = is_of_today(row, digest) ? pb_slice(row->after) : slice_of(NULL, 0);
        struct plan plan = {.work = work, .body = NOTIFICATIONS__WAITS_PLANNED__INIT};
        struct id things[THINGS_OF_PIECE];
        size_t count = 0;
        struct walk walk;
        followed_walk_all(work->txn, after, &walk);
        while (count < THINGS_OF_PIECE && walk_next(&walk, &things[count]))
                count++;
        walk_end(&walk);
        for (size_t i = 0; i < count; i++)
                plan_thing(&plan, things[i]);
        plan.body.digest = digest_of(work);
        if (count == THINGS_OF_PIECE)
                plan.body.after = pb_bytes(arena_copy_slice(work->arena, id_slice(&things[count - 1])));
        work_record(work, &plan.body.base);
        return count == THINGS_OF_PIECE;
}

static void plan_piece(struct work *work, void *argument)
{
        (void)argument;
        (void)planning_next_piece(work);
}

/* Whatever came of it, the commit behind it looks again; a disk that is full has it looked at with the next one. */
static void planned(void *argument, int err)
{
        (void)err;
        daemon_set_planning(argument, false);
}

void planning_committed(struct service *service, void *context)
{
        struct arena arena scoped(arena_fini) = {0};
        if (daemon_is_planning(context) || daemon_has_planned(context) || engine_is_filling(service_engine(service)))
                return;
        struct txn *txn = service_begin_read(service);
        bool done = is_done(txn, &daemon_deadline_rules(context)->digest, &arena);
        const Notifications__PlannedRow *row = done ? planned_find(txn, &arena) : NULL;
        bool for_good = is_of_today(row, &daemon_deadline_rules(context)->digest);
        service_end_read(service, txn);
        if (for_good)
                daemon_set_planned(context);
        if (done)
                return;
        daemon_set_planning(context, true);
        service_write(service, plan_piece, planned, context);
}
