#include "common/service/jobs.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/base/attr.h"
#include "common/base/log.h"
#include "common/base/require.h"
#include "common/service/engine.h"
#include "common/store/stored.h"

/* FREE -> ASKING (another daemon has the word) -> RUNNING (a worker has it) -> RECORDING (the writer has it) -> FREE.
 * Its row is due all along. UNRECORDED: what came of it is known, and waits until it can be recorded. */
enum slot_state { SLOT_FREE, SLOT_ASKING, SLOT_RUNNING, SLOT_RECORDING, SLOT_UNRECORDED };

struct slot {
        struct lane *lane;
        enum slot_state state;
        uv_work_t work;
        struct job job;
        bool was_recorded; /* false: it was moved or cancelled meanwhile */
};

/* A kind, with its slots. */
struct lane {
        struct jobs *jobs;
        const struct job_kind *kind;
        struct slot *slots;
        struct job_figures figures;
};

struct jobs {
        struct jobs_options options;
        struct lane lanes[JOBS_KINDS_MAX];
        size_t lane_count;
        uv_timer_t timer;
        atomic_bool quit;
};

/* --- life -------------------------------------------------------------------------------------------------------- */

static void open_lane(struct jobs *jobs, const struct job_kind *kind)
{
        struct lane *lane = &jobs->lanes[jobs->lane_count++];
        require(kind->number != 0 && kind->record != NULL);
        require(kind->at_once > 0 && kind->at_once <= JOBS_AT_ONCE_MAX);
        *lane = (struct lane){.jobs = jobs, .kind = kind, .slots = calloc(kind->at_once, sizeof(*lane->slots))};
        require(lane->slots != NULL);
        for (size_t i = 0; i < kind->at_once; i++) {
                lane->slots[i].lane = lane;
                lane->slots[i].work.data = &lane->slots[i];
        }
}

struct jobs *jobs_new(const struct jobs_options *options)
{
        const struct job_kinds *kinds = options->kinds;
        struct jobs *jobs = calloc(1, sizeof(*jobs));
        require(jobs != NULL && kinds->count <= JOBS_KINDS_MAX);
        jobs->options = *options;
        for (size_t i = 0; i < kinds->count; i++) {
                for (size_t n = 0; n < i; n++)
                        require(kinds->kinds[n]->number != kinds->kinds[i]->number);
                open_lane(jobs, kinds->kinds[i]);
        }
        require(uv_timer_init(options->loop, &jobs->timer) == 0);
        jobs->timer.data = jobs;
        jobs_look(jobs);
        return jobs;
}

void jobs_free(struct jobs *jobs)
{
        if (jobs == NULL)
                return;
        for (size_t i = 0; i < jobs->lane_count; i++) {
                struct lane *lane = &jobs->lanes[i];
                for (size_t n = 0; n < lane->kind->at_once; n++) {
                        require(lane->slots[n].state != SLOT_RUNNING);
                        arena_fini(&lane->slots[n].job.arena);
                }
                free(lane->slots);
        }
        free(jobs);
}

static void free_slot(struct slot *slot)
{
        slot->state = SLOT_FREE;
        slot->lane->figures.under_way--;
        arena_reset(&slot->job.arena);
}

/* --- 3. recording what came of it -------------------------------------------------------------------------------- */

/* Writer thread: the loop does not touch the slot meanwhile. */
static void record_result(struct work *work, void *argument)
{
        struct slot *slot = argument;
        struct job *job = &slot->job;
        const struct due_tables *tables = slot->lane->jobs->options.kinds->tables;
        struct due now;

        slot->was_recorded = due_find(work->txn, tables, job->due.name, &now) && now.at_ms == job->due.at_ms &&
                             now.attempts == job->due.attempts;
        if (!slot->was_recorded)
                return;
        if (!job->result.done)
                job->verdict = backoff_after(&slot->lane->kind->backoff, job->due.attempts + 1, job->result.permanent,
                                             work->now_ms);
        slot->lane->kind->record(work, job);
        require(!due_find(work->txn, tables, job->due.name, &now) || now.at_ms != job->due.at_ms ||
                now.attempts != job->due.attempts);
}

static void count_and_tell(struct slot *slot)
{
        const struct job *job = &slot->job;
        const struct job_kind *kind = slot->lane->kind;
        char id[ID_TEXT_SIZE], event[64];
        if (job->result.done) {
                slot->lane->figures.done++;
                return;
        }
        slot->lane->figures.failed++;
        id_format(job->due.name.id, id);
        (void)snprintf(event, sizeof(event), "%s.%s", kind->name, job->verdict.given_up ? "given_up" : "failed");
        log_line(job->verdict.given_up ? LOG_WARN : LOG_INFO, event, "%s, attempt %u: %s", id, job->verdict.attempt,
                 job->result.reason);
}

static void on_timer(uv_timer_t *timer);

static void wake_in(struct jobs *jobs, uint64_t wait_ms)
{
        require(uv_timer_start(&jobs->timer, on_timer, wait_ms, 0) == 0);
}

/* An event that is larger than an event may be will be so the next time too: that is a failure like others. */
static void fail_as_too_large(struct slot *slot)
{
        slot->job.result = (struct job_result){.permanent = true, .reason = "what it would record is too large"};
}

static void recorded(void *argument, int err)
{
        struct slot *slot = argument;
        struct jobs *jobs = slot->lane->jobs;
        if (err == 0) {
                if (slot->was_recorded)
                        count_and_tell(slot);
                if (slot->was_recorded && slot->lane->kind->settled != NULL)
                        slot->lane->kind->settled(&slot->job);
                free_slot(slot);
                jobs_look(jobs);
                return;
        }
        if (err == ERR_TOO_LARGE)
                fail_as_too_large(slot);
        slot->state = SLOT_UNRECORDED; /* it was done: forgetting that would do it again */
        if (!atomic_load(&jobs->quit))
                wake_in(jobs, JOBS_RECORD_AGAIN_MS);
}

static void start_recording(struct slot *slot)
{
        struct jobs *jobs = slot->lane->jobs;
        slot->state = SLOT_RECORDING;
        jobs->options.write(jobs->options.argument, record_result, recorded, slot);
}

/* The earliest of the lane that waits to be recorded: a full disk must not change their order. */
static struct slot *first_unrecorded(const struct lane *lane)
{
        struct slot *first = NULL;
        for (size_t i = 0; i < lane->kind->at_once; i++) {
                struct slot *slot = &lane->slots[i];
                if (slot->state == SLOT_UNRECORDED && (first == NULL || slot->job.due.at_ms < first->job.due.at_ms))
                        first = slot;
        }
        return first;
}

static bool any_unrecorded(struct jobs *jobs)
{
        for (size_t i = 0; i < jobs->lane_count; i++)
                if (first_unrecorded(&jobs->lanes[i]) != NULL)
                        return true;
        return false;
}

/* --- 2. running --------------------------------------------------------------------------------------------------- */

/* Worker thread. */
static void run_on_worker(uv_work_t *work)
{
        struct slot *slot = work->data;
        slot->lane->kind->run(&slot->job);
}

static void ran(uv_work_t *work, int status)
{
        struct slot *slot = work->data;
        (void)status; /* cancelled only by jobs_quit() */
        if (atomic_load(&slot->lane->jobs->quit)) {
                free_slot(slot); /* the writer is gone; the row is still due */
                return;
        }
        start_recording(slot);
}

static void put_to_work(struct slot *slot)
{
        slot->state = SLOT_RUNNING;
        require(uv_queue_work(slot->lane->jobs->options.loop, &slot->work, run_on_worker, ran) == 0);
}

static void asked(struct job *job)
{
        struct slot *slot = (struct slot *)(void *)((char *)job - offsetof(struct slot, job));
        if (atomic_load(&slot->lane->jobs->quit))
                free_slot(slot); /* as in ran() */
        else if (job->result.reason[0] != '\0')
                start_recording(slot);
        else
                put_to_work(slot);
}

static void start_job(struct slot *slot, struct txn *txn, const struct due *due)
{
        struct jobs *jobs = slot->lane->jobs;
        const struct job_kind *kind = slot->lane->kind;
        struct arena arena = slot->job.arena; /* its memory is used again */
        slot->job = (struct job){
                .due = *due,
                .slot = (size_t)(slot - slot->lane->slots),
                .arena = arena,
                .engine = jobs->options.engine,
                .context = engine_context(jobs->options.engine),
                .quit = &jobs->quit,
                .result = {.done = kind->run == NULL},
        };
        slot->lane->figures.under_way++;
        if ((kind->load != NULL && !kind->load(&slot->job, txn)) || kind->run == NULL) {
                start_recording(slot);
                return;
        }
        if (kind->ask == NULL) {
                put_to_work(slot);
                return;
        }
        slot->state = SLOT_ASKING;
        kind->ask(&slot->job, asked);
}

/* --- 1. looking for what is due ---------------------------------------------------------------------------------- */

static bool is_under_way(const struct lane *lane, struct id id)
{
        for (size_t i = 0; i < lane->kind->at_once; i++)
                if (lane->slots[i].state != SLOT_FREE && id_equal(lane->slots[i].job.due.name.id, id))
                        return true;
        return false;
}

static struct slot *free_slot_of(const struct lane *lane)
{
        for (size_t i = 0; i < lane->kind->at_once; i++)
                if (lane->slots[i].state == SLOT_FREE)
                        return &lane->slots[i];
        return NULL;
}

static bool is_ready(const struct lane *lane)
{
        return lane->kind->ready == NULL || lane->kind->ready(engine_context(lane->jobs->options.engine));
}

static int64_t ask_again_ms(const struct lane *lane)
{
        return lane->kind->ready_again_ms == 0 ? -1 : (int64_t)lane->kind->ready_again_ms;
}

/* A lane that could start something if it were due. Where there is nothing but the record, what could not be recorded
 * goes first. */
static bool is_open(const struct lane *lane)
{
        if (lane->kind->run == NULL && first_unrecorded(lane) != NULL)
                return false;
        return free_slot_of(lane) != NULL && is_ready(lane);
}

/* Starts what is due while slots are free. How long until the next is due; -1: nothing to wait for but a slot. */
static int64_t start_due(struct lane *lane, struct txn *txn, int64_t now_ms)
{
        const struct due_tables *tables = lane->jobs->options.kinds->tables;
        struct due_name name = {.kind = lane->kind->number};
        struct walk walk;
        struct slot *slot;
        int64_t wait_ms = -1;
        due_walk(txn, tables, name.kind, &walk);
        while ((slot = free_slot_of(lane)) != NULL && walk_next(&walk, &name.id)) {
                struct due due;
                if (is_under_way(lane, name.id))
                        continue;
                if (due_walk_at_ms(&walk) > now_ms) {
                        wait_ms = due_walk_at_ms(&walk) - now_ms;
                        break;
                }
                require_stored(due_find(txn, tables, name, &due));
                start_job(slot, txn, &due);
        }
        walk_end(&walk);
        return wait_ms;
}

static void on_timer(uv_timer_t *timer)
{
        struct jobs *jobs = timer->data;
        for (size_t i = 0; i < jobs->lane_count; i++) {
                struct slot *slot = first_unrecorded(&jobs->lanes[i]);
                while (slot != NULL) {
                        start_recording(slot);
                        slot = slot->state == SLOT_UNRECORDED ? NULL : first_unrecorded(&jobs->lanes[i]);
                }
        }
        jobs_look(jobs);
}

static bool any_open(const struct jobs *jobs)
{
        for (size_t i = 0; i < jobs->lane_count; i++)
                if (is_open(&jobs->lanes[i]) || (!is_ready(&jobs->lanes[i]) && ask_again_ms(&jobs->lanes[i]) >= 0))
                        return true;
        return false;
}

/* The shortest of what its lanes wait for; -1: for nothing. */
static int64_t start_all_due(struct jobs *jobs)
{
        struct world *world = engine_world(jobs->options.engine);
        struct txn *txn = txn_begin_read(engine_store(jobs->options.engine), NULL);
        int64_t shortest_ms = -1;
        require(txn != NULL);
        for (size_t i = 0; i < jobs->lane_count; i++) {
                struct lane *lane = &jobs->lanes[i];
                int64_t wait_ms = is_open(lane)    ? start_due(lane, txn, world->now_ms(world))
                                  : is_ready(lane) ? -1
                                                   : ask_again_ms(lane);
                if (wait_ms >= 0 && (shortest_ms < 0 || wait_ms < shortest_ms))
                        shortest_ms = wait_ms;
        }
        txn_end_read(txn);
        return shortest_ms;
}

void jobs_look(struct jobs *jobs)
{
        if (atomic_load(&jobs->quit) || !any_open(jobs))
                return;
        int64_t wait_ms = start_all_due(jobs);
        if (wait_ms < 0 || any_unrecorded(jobs)) /* that timer is set already */
                return;
        wake_in(jobs, wait_ms < JOBS_LOOK_AGAIN_MS ? (uint64_t)wait_ms : JOBS_LOOK_AGAIN_MS);
}

void jobs_quit(struct jobs *jobs)
{
        atomic_store(&jobs->quit, true);
        for (size_t i = 0; i < jobs->lane_count; i++) {
                struct lane *lane = &jobs->lanes[i];
                for (size_t n = 0; n < lane->kind->at_once; n++)
                        if (lane->slots[n].state == SLOT_RUNNING)
                                (void)uv_cancel((uv_req_t *)&lane->slots[n].work);
        }
        uv_close((uv_handle_t *)&jobs->timer, NULL);
}

/* --- figures ----------------------------------------------------------------------------------------------------- */

struct job_figures jobs_figures(const struct jobs *jobs, uint8_t kind)
{
        for (size_t i = 0; i < jobs->lane_count; i++)
                if (jobs->lanes[i].kind->number == kind)
                        return jobs->lanes[i].figures;
        return (struct job_figures){0};
}

uint64_t jobs_look_in_ms(const struct jobs *jobs)
{
        const uv_handle_t *timer = (const uv_handle_t *)&jobs->timer;
        return uv_is_active(timer) ? uv_timer_get_due_in(&jobs->timer) : 0;
}

char *jobs_metrics(const struct jobs *jobs, struct txn *txn, const char *instance, struct arena *arena)
{
        const struct due_tables *tables = jobs->options.kinds->tables;
        char *text = arena_printf(arena,
                                  "guichet_jobs_waiting{instance=\"%s\"} %llu\n"
                                  "guichet_jobs_parked{instance=\"%s\"} %llu\n",
                                  instance, (unsigned long long)txn_count(txn, tables->by_time), instance,
                                  (unsigned long long)txn_count(txn, tables->parked));
        for (size_t i = 0; i < jobs->lane_count; i++) {
                const struct lane *lane = &jobs->lanes[i];
                const char *kind = lane->kind->name;
                text = arena_printf(arena,
                                    "%sguichet_jobs_done_total{instance=\"%s\",kind=\"%s\"} %llu\n"
                                    "guichet_job_failures_total{instance=\"%s\",kind=\"%s\"} %llu\n"
                                    "guichet_jobs_under_way{instance=\"%s\",kind=\"%s\"} %u\n",
                                    text, instance, kind, (unsigned long long)lane->figures.done, instance, kind,
                                    (unsigned long long)lane->figures.failed, instance, kind, lane->figures.under_way);
        }
        return text;
}
