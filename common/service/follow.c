/* The writer's side of following others: their events become copies and reactions, each once. And what it means that
 * copies are filled again (migrate.h): while some source's are behind what was taken in of it, nothing rests on them:
 * no event is reacted to, and commands and queries are told to come again. */
#include "common/service/follow.h"

#include <string.h>

#include "common/base/limits.h"
#include "common/base/log.h"
#include "common/base/require.h"
#include "common/service/engine_inside.h"
#include "common/store/position.h"

static struct followed *followed_of(struct engine *engine, const char *source)
{
        for (size_t i = 0; i < engine->followed_count; i++)
                if (strcmp(engine->followed[i].source, source) == 0)
                        return &engine->followed[i];
        return NULL;
}

static bool copies(const struct subscription *subscription)
{
        return subscription != NULL && subscription->copy != NULL;
}

static bool find_filling(struct engine *engine, struct txn *txn)
{
        for (size_t i = 0; i < engine->followed_count; i++) {
                struct position position = position_get(txn, engine->followed[i].source);
                if (copies(engine->followed[i].subscription) && position.copied.number < position.taken.number)
                        return true;
        }
        return false;
}

uint64_t engine_follow(struct engine *engine, const struct subscription *subscription, const char *source)
{
        if (followed_of(engine, source) == NULL) {
                require(engine->followed_count < FOLLOWED_MAX);
                engine->followed[engine->followed_count++] =
                        (struct followed){arena_text(&engine->names, source), subscription};
        }
        struct txn *txn = txn_begin_read(engine->store, NULL);
        require(txn != NULL);
        struct position position = position_get(txn, source);
        engine->filling = find_filling(engine, txn);
        txn_end_read(txn);
        return copies(subscription) ? position.copied.number : position.taken.number;
}

uint64_t engine_source_position(struct engine *engine, const char *source)
{
        struct txn *txn = txn_begin_read(engine->store, NULL);
        require(txn != NULL);
        struct position position = position_get(txn, source);
        txn_end_read(txn);
        const struct followed *followed = followed_of(engine, source);
        return followed == NULL || copies(followed->subscription) ? position.copied.number : position.taken.number;
}

bool engine_took_in(struct engine *engine, const char *source, uint64_t number, struct slice hash)
{
        struct txn *txn = txn_begin_read(engine->store, NULL);
        require(txn != NULL);
        struct position position = position_get(txn, source);
        txn_end_read(txn);
        return hash.size == 0 || number == 0 || position.taken.number != number ||
               position_is_followed_by(&position.taken, hash);
}

bool engine_is_filling(const struct engine *engine)
{
        return engine->filling;
}

void engine_look_whether_filled(struct engine *engine, struct txn *txn)
{
        engine->filled = engine->filling && !find_filling(engine, txn);
}

bool engine_refuse_while_filling(struct engine *engine, struct refusal *refusal)
{
        if (!engine->filling)
                return false;
        (void)refuse(refusal, TYPES__REFUSAL_CODE__UNAVAILABLE, "",
                     "ce service a été mis à jour et relit ce que les autres lui ont dit : renvoyez la même demande "
                     "dans quelques instants");
        return true;
}

/* What comes next must follow the last, by its hash; and what is copied again must end with the very event that was
 * taken in once. */
static bool follows(const struct position *held, const struct event *event)
{
        if (event->number == held->copied.number + 1 && !position_is_followed_by(&held->copied, event->previous_hash))
                return false;
        if (event->number != held->taken.number)
                return true;
        struct position_mark mark = position_mark_of(event->number, event->record);
        return position_is_followed_by(&held->taken, slice_of(mark.hash, sizeof(mark.hash)));
}

/* What was moved goes on here only once all is taken in that was told of it where it came from. */
static bool is_its_turn(struct engine *engine, struct txn *txn, const struct event *event)
{
        const struct followed *from = event->after_source == NULL ? NULL : followed_of(engine, event->after_source);
        if (from == NULL)
                return true;
        struct position position = position_get(txn, event->after_source);
        uint64_t at = copies(from->subscription) ? position.copied.number : position.taken.number;
        return at >= event->after_number;
}

static void copy_event(struct txn *txn, struct item *item, const struct event *event)
{
        if (!copies(item->subscription))
                return;
        txn_allow(txn, TABLE_COPY);
        item->subscription->copy(txn, &item->arena, event);
        txn_allow(txn, TABLE_RUNTIME);
}

/* A reaction that cannot be recorded is left out for good: its event is taken in, or nothing after it ever would be. */
static void react(struct engine *engine, struct txn *txn, struct item *item, struct event *event, int64_t now_ms)
{
        struct work work = work_of_item(engine, txn, item, now_ms);
        work.cause = event_id(event);
        item->subscription->react(&work, event);
        if (!work.too_large)
                return;
        engine->again = event->left_out = true;
        engine->figures.left_out++;
        log_line(LOG_ERROR, "reaction.too_large",
                 "%s, event %llu: what this daemon would record of it is over %d KiB. It is passed over; tell the "
                 "developers",
                 item->source, (unsigned long long)event->number, LIMIT_EVENT_BYTES / 1024);
}

/* A source that was put back, before it was copied again, has less than was once taken in of it: then it is filled with
 * all that there is. Where the event that was taken in is known by its hash, that is another history. */
static void end_filling(struct item *item, struct position *position)
{
        static const uint8_t unknown[EVENT_HASH_SIZE];
        if (position->copied.number >= position->taken.number || item->head > position->copied.number)
                return;
        if (memcmp(position->taken.hash, unknown, sizeof(unknown)) != 0)
                item->diverged = true;
        else
                position->taken = position->copied;
}

void engine_run_events(struct engine *engine, struct txn *txn, struct item *item, int64_t now_ms)
{
        const struct subscription *subscription = item->subscription;
        struct position held = position_get(txn, item->source);
        const struct event *last = NULL;
        if (!copies(subscription))
                held.copied = held.taken;
        uint64_t at = held.copied.number;

        item->diverged = false;
        for (size_t i = 0; i < item->event_count; i++) {
                struct event *event = &item->events[i];
                bool reacts = subscription->react != NULL && event->number > held.taken.number;
                if (event->number <= at)
                        continue;
                if (event->number != at + 1 || (reacts && engine->filling) || !is_its_turn(engine, txn, event))
                        break;
                if (!follows(&held, event)) {
                        item->diverged = true;
                        break;
                }
                if (event->body != NULL)
                        copy_event(txn, item, event);
                if (reacts && event->body != NULL && !event->left_out)
                        react(engine, txn, item, event, now_ms);
                last = event;
                at = event->number;
        }
        item->taken = at;
        if (last == NULL)
                return;
        struct position position = {held.taken, position_mark_of(at, last->record)};
        if (at >= held.taken.number)
                position.taken = position.copied;
        end_filling(item, &position);
        position_put(txn, item->source, &position);
        engine->wrote = true;
        engine->figures.foreign_events += at - held.copied.number;
}
