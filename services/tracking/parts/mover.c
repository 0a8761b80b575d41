#include "services/tracking/parts/mover.h"

#include <stdlib.h>

#include "common/base/log.h"
#include "common/base/require.h"
#include "common/codec/types.h"
#include "common/service/engine.h"
#include "services/tracking/homes/homes_rows.h"
#include "services/tracking/parts/asking.h"
#include "services/tracking/parts/beginning.h"
#include "services/tracking/parts/choosing.h"
#include "services/tracking/parts/scan.h"
#include "services/tracking/parts/sending.h"
#include "services/tracking/rules/context.h"

enum { SCAN_AT_ONCE = 512, TICK_MS = 2, REST_MS = 500, RETRY_FIRST_MS = 100, RETRY_LONGEST_MS = 5000 };

/* One part on its way. */
struct mover {
        struct movers *of;
        struct id part;       /* zero: free */
        bool busy;            /* an answer or a commit is waited for */
        uint64_t again_at_ms; /* by the loop's clock */
        uint32_t retry_ms;
        struct part_cursor cursor;
        struct part_scan scan;
        struct sending sending;
        struct part_asked asked;
        /* for the piece of work that the writer does */
        bool must_release;
        uint64_t records;
};

struct movers {
        struct service *service;
        struct tracking *tracking;
        uv_timer_t timer;
        bool closed;
        struct mover at[PARTS_AT_ONCE];
};

static void on_tick(uv_timer_t *timer);

static void tick_in(struct movers *movers, uint64_t ms)
{
        if (!movers->closed)
                require(uv_timer_start(&movers->timer, on_tick, ms, REST_MS) == 0);
}

static void went_well(struct mover *mover)
{
        mover->busy = false;
        mover->retry_ms = 0;
        mover->again_at_ms = 0;
        tick_in(mover->of, 0);
}

static void try_later(struct mover *mover)
{
        mover->busy = false;
        mover->retry_ms = mover->retry_ms == 0 ? RETRY_FIRST_MS : mover->retry_ms * 2;
        if (mover->retry_ms > RETRY_LONGEST_MS)
                mover->retry_ms = RETRY_LONGEST_MS;
        mover->again_at_ms = uv_now(service_loop(mover->of->service)) + mover->retry_ms;
        tick_in(mover->of, mover->retry_ms);
}

/* ---- what is recorded, by the writer; whatever has become of the part meanwhile is looked at there */

static void written(void *argument, int err)
{
        struct mover *mover = argument;
        if (err == 0)
                went_well(mover);
        else
                try_later(mover);
}

static void write_it(struct mover *mover, void (*fn)(struct work *work, void *argument))
{
        mover->busy = true;
        service_write(mover->of->service, fn, written, mover);
}

static const Tracking__PartRow *row_in(struct work *work, const struct mover *mover, Tracking__PartState state)
{
        const Tracking__PartRow *row = homes_part(work->txn, mover->part, work->arena);
        return row != NULL && row->state == state ? row : NULL;
}

static void record_accepted(struct work *work, void *argument)
{
        const struct mover *mover = argument;
        Tracking__PartAccepted accepted = TRACKING__PART_ACCEPTED__INIT;
        const Tracking__PartRow *row = row_in(work, mover, TRACKING__PART_STATE__PART_BEGUN);
        if (row == NULL || row->is_cancelled)
                return;
        accepted.part_id = id_to(work->arena, mover->part);
        work_record(work, &accepted.base);
}

static void record_held(struct work *work, void *argument)
{
        struct mover *mover = argument;
        Tracking__PartHeld held = TRACKING__PART_HELD__INIT;
        const Tracking__PartRow *row = row_in(work, mover, TRACKING__PART_STATE__PART_MOVING);
        if (row == NULL || row->is_held || row->is_cancelled)
                return;
        struct part_cursor cursor = mover->cursor; /* a batch may run more than once */
        struct part_chosen chosen = part_choose(work->txn, row->choice, &cursor, work->arena);
        mover->sending.cursor = cursor;
        if (chosen.person_count == 0 && chosen.invoice_count == 0)
                return;
        held.part_id = id_to(work->arena, mover->part);
        held.step = row->step + 1;
        held.persons = chosen.persons;
        held.n_persons = chosen.person_count;
        held.invoices = chosen.invoices;
        held.n_invoices = chosen.invoice_count;
        work_record(work, &held.base);
}

static void chosen(void *argument, int err)
{
        struct mover *mover = argument;
        if (err == 0)
                mover->cursor = mover->sending.cursor;
        sending_fini(&mover->sending);
        written(argument, err);
}

/* Their sealed past and their keys go with them. */
static void record_gone(struct work *work, void *argument)
{
        struct mover *mover = argument;
        const Tracking__PartRow *row = row_in(work, mover, TRACKING__PART_STATE__PART_MOVING);
        if (row == NULL || !row->is_held)
                return;
        if (mover->must_release) {
                Tracking__PartReleased released = TRACKING__PART_RELEASED__INIT;
                released.part_id = id_to(work->arena, mover->part);
                released.step = row->step;
                work_record(work, &released.base);
                return;
        }
        sending_record_gone(work, mover->part, row, mover->records);
}

static void gone(void *argument, int err)
{
        struct mover *mover = argument;
        if (err == 0)
                sending_fini(&mover->sending);
        written(argument, err);
}

static void record_ended(struct work *work, void *argument)
{
        const struct mover *mover = argument;
        Tracking__PartMoveEnded ended = TRACKING__PART_MOVE_ENDED__INIT;
        const Tracking__PartRow *row = homes_part(work->txn, mover->part, work->arena);
        if (row == NULL || row->is_held || row->ended_at_ms != 0)
                return;
        ended.part_id = id_to(work->arena, mover->part);
        ended.is_cancelled = row->is_cancelled;
        work_record(work, &ended.base);
}

/* ---- what is asked of the other */

static void on_opened(void *argument, const struct part_answer *answer)
{
        struct mover *mover = argument;
        if (answer->body == NULL)
                try_later(mover);
        else
                write_it(mover, record_accepted);
}

static void on_closed_part(void *argument, const struct part_answer *answer)
{
        struct mover *mover = argument;
        if (answer->body == NULL) {
                try_later(mover);
                return;
        }
        uint64_t last = ((const Tracking__ClosePartReply *)(const void *)answer->body)->last_step;
        mover->must_release = last < mover->sending.step;
        mover->records = mover->sending.records;
        mover->busy = true;
        if (mover->sending.step != 0)
                service_write(mover->of->service, record_gone, gone, mover);
        else
                write_it(mover, record_ended);
}

static void on_taken(void *argument, const struct part_answer *answer)
{
        struct mover *mover = argument;
        if (answer->body == NULL) {
                if (answer->refusal != NULL) /* it has lost what was sent: sent once more */
                        sending_fini(&mover->sending);
                try_later(mover);
                return;
        }
        mover->must_release = false;
        mover->records = mover->sending.records;
        service_write(mover->of->service, record_gone, gone, mover);
}

static void on_put(void *argument, const struct part_answer *answer)
{
        struct mover *mover = argument;
        if (answer->body == NULL || !sending_took(&mover->sending, answer->body))
                try_later(mover);
        else
                went_well(mover);
}

static void ask(struct mover *mover, const Tracking__PartRow *row, const struct part_question *question)
{
        mover->busy = true;
        if (!part_ask(mover->of->service, row->to_partition, question, &mover->asked))
                try_later(mover);
}

static void ask_open(struct mover *mover, const Tracking__PartRow *row, struct arena *arena)
{
        Tracking__OpenPart open = TRACKING__OPEN_PART__INIT;
        open.part_id = id_to(arena, mover->part);
        open.choice = row->choice;
        ask(mover, row, &(struct part_question){"OpenPart", &open.base, on_opened, mover});
}

static void ask_close(struct mover *mover, const Tracking__PartRow *row, struct arena *arena)
{
        Tracking__ClosePart close = TRACKING__CLOSE_PART__INIT;
        close.part_id = id_to(arena, mover->part);
        ask(mover, row, &(struct part_question){"ClosePart", &close.base, on_closed_part, mover});
}

/* ---- one turn */

/* The log is read up to the step's event, then all that is about them is put together; false: not yet. */
static bool make_ready(struct mover *mover, const Tracking__PartRow *row, struct txn *txn)
{
        if (mover->sending.step == row->step)
                return true;
        if (mover->scan.read < row->held_at) {
                if (!part_scan_some(&mover->scan, txn, row->choice, SCAN_AT_ONCE)) {
                        log_line(LOG_ERROR, "part.unread", "event %llu of the log cannot be read: the move waits",
                                 (unsigned long long)mover->scan.read + 1);
                        try_later(mover);
                        return false;
                }
                tick_in(mover->of, TICK_MS);
                return false;
        }
        switch (sending_make(&mover->sending, &mover->scan, row, txn,
                             engine_vault(service_engine(mover->of->service)))) {
        case SENDING_READY: return true;
        case SENDING_SCAN_AGAIN:
                part_scan_fini(&mover->scan);
                tick_in(mover->of, TICK_MS);
                return false;
        case SENDING_FAILED: break;
        }
        try_later(mover);
        return false;
}

static void send_on(struct mover *mover, const Tracking__PartRow *row, struct txn *txn, struct arena *arena)
{
        if (!make_ready(mover, row, txn))
                return;
        if (row->is_cancelled) { /* whether it was taken is for the other to say */
                ask_close(mover, row, arena);
                return;
        }
        struct part_question question = {.argument = mover};
        question.answer = sending_next(&mover->sending, mover->part, engine_blobs(service_engine(mover->of->service)),
                                       arena, &question)
                                  ? on_put
                                  : on_taken;
        if (question.request == NULL)
                try_later(mover);
        else
                ask(mover, row, &question);
}

static void turn(struct mover *mover, const Tracking__PartRow *row, struct txn *txn, struct arena *arena)
{
        if (row->state == TRACKING__PART_STATE__PART_BEGUN) {
                if (row->is_cancelled)
                        ask_close(mover, row, arena);
                else
                        ask_open(mover, row, arena);
        } else if (row->is_held) {
                send_on(mover, row, txn, arena);
        } else if (row->is_cancelled || mover->cursor.is_done) {
                ask_close(mover, row, arena);
        } else {
                mover->busy = true;
                service_write(mover->of->service, record_held, chosen, mover);
        }
}

static void drop(struct mover *mover)
{
        part_scan_fini(&mover->scan);
        sending_fini(&mover->sending);
        struct movers *of = mover->of;
        *mover = (struct mover){.of = of};
}

static bool is_sent(const Tracking__PartRow *row)
{
        return row != NULL &&
               (row->state == TRACKING__PART_STATE__PART_BEGUN || row->state == TRACKING__PART_STATE__PART_MOVING);
}

static bool has_mover(const struct movers *movers, struct id part)
{
        for (size_t i = 0; i < PARTS_AT_ONCE; i++)
                if (id_equal(movers->at[i].part, part))
                        return true;
        return false;
}

/* Parts that have begun and have nobody yet. */
static void find_parts(struct movers *movers, struct txn *txn, struct arena *arena)
{
        struct walk walk;
        struct id id;
        homes_open_walk(txn, &walk);
        while (walk_next(&walk, &id)) {
                struct mover *free_one = NULL;
                for (size_t i = 0; i < PARTS_AT_ONCE; i++)
                        if (id_is_zero(movers->at[i].part))
                                free_one = &movers->at[i];
                if (free_one != NULL && is_sent(homes_part(txn, id, arena)) && !has_mover(movers, id))
                        free_one->part = id;
        }
        walk_end(&walk);
}

static void on_tick(uv_timer_t *timer)
{
        struct movers *movers = timer->data;
        scoped(arena_fini) struct arena arena = {0};
        if (movers->closed)
                return;
        struct txn *txn = service_begin_read(movers->service);
        find_parts(movers, txn, &arena);
        for (size_t i = 0; i < PARTS_AT_ONCE; i++) {
                struct mover *mover = &movers->at[i];
                if (id_is_zero(mover->part) || mover->busy)
                        continue;
                const Tracking__PartRow *row = homes_part(txn, mover->part, &arena);
                if (!is_sent(row))
                        drop(mover);
                else if (uv_now(service_loop(movers->service)) >= mover->again_at_ms)
                        turn(mover, row, txn, &arena);
        }
        service_end_read(movers->service, txn);
}

void movers_look(struct movers *movers)
{
        struct txn *txn = service_begin_read(movers->service);
        movers->tracking->holds = homes_any_held(txn);
        scoped(arena_fini) struct arena arena = {0};
        find_parts(movers, txn, &arena);
        bool wakes = false;
        for (size_t i = 0; i < PARTS_AT_ONCE; i++)
                wakes = wakes ||
                        (!id_is_zero(movers->at[i].part) && !movers->at[i].busy && movers->at[i].again_at_ms == 0);
        service_end_read(movers->service, txn);
        if (wakes)
                tick_in(movers, 0);
}

struct movers *movers_new(struct service *service, struct tracking *tracking)
{
        struct movers *movers = calloc(1, sizeof(*movers));
        require(movers != NULL);
        movers->service = service;
        movers->tracking = tracking;
        for (size_t i = 0; i < PARTS_AT_ONCE; i++)
                movers->at[i].of = movers;
        require(uv_timer_init(service_loop(service), &movers->timer) == 0);
        movers->timer.data = movers;
        tick_in(movers, 0);
        return movers;
}

static void on_closed(uv_handle_t *handle)
{
        struct movers *movers = handle->data;
        for (size_t i = 0; i < PARTS_AT_ONCE; i++)
                drop(&movers->at[i]);
        free(movers);
}

void movers_close(struct movers *movers)
{
        movers->closed = true;
        uv_close((uv_handle_t *)&movers->timer, on_closed);
}
