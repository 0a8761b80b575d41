/* When the instants come: in order, once, through restarts, kills in the middle and clocks that jump. */
#include "tests/unit/services/notifications/days.h"

#include "services/notifications/deadlines/instants.h"

enum { MANY = 10000, A_PIECE = 64 };

/* A thing that waits, put as planning records it. */
struct many {
        uint32_t first, count;
};

static int64_t late_ms(uint32_t number)
{
        return FIXTURE_NOW_MS + 3600000 + (int64_t)(number * 7919 % 1000) * 60000; /* several at each minute */
}

static Notifications__Wait *wait_of(struct fixture *f, uint32_t number)
{
        Notifications__Wait *wait = pb_new(&notifications__wait__descriptor, &f->arena);
        wait->wait_id = thing(f, 50, number);
        wait->kind = WAIT(CONTACT);
        wait->subject_id = wait->thing_id = thing(f, A_PLACEMENT, number);
        wait->territory = arena_text(&f->arena, "31");
        wait->role = TYPES__ROLE__FACILITATOR;
        wait->since = on(f, 2026, 10, 1);
        wait->until = on(f, 2026, 10, 17);
        wait->step = NOTIFICATIONS__WAIT_STEP__WAIT_SHOWN;
        wait->shows_at = instant_to(&f->arena, FIXTURE_NOW_MS - 1);
        wait->late_at = instant_to(&f->arena, late_ms(number));
        return wait;
}

static void put_many(struct work *work, void *argument)
{
        const struct many *many = argument;
        Notifications__WaitsPlanned planned = NOTIFICATIONS__WAITS_PLANNED__INIT;
        planned.put = arena_alloc(work->arena, many->count * sizeof(*planned.put));
        planned.n_put = many->count;
        for (uint32_t i = 0; i < many->count; i++)
                planned.put[i] = wait_of(days_scene.f, many->first + i);
        work_record(work, &planned.base);
}

static void put_all(struct fixture *f, uint32_t count)
{
        for (struct many many = {0, 200}; many.first < count; many.first += many.count) {
                many.count = count - many.first < 200 ? count - many.first : 200;
                assert_int_equal(calendar_write(f->engine, put_many, &many), 0);
        }
}

/* The waits that were reached, in the order of the log; each is followed by nothing, and goes behind one notice. */
struct reached {
        int64_t at_ms;
        struct id id;
};
static size_t all_reached(struct fixture *f, uint64_t after, struct reached *ret)
{
        uint64_t head = engine_position(f->engine);
        size_t count = 0, notices = 0;
        for (uint64_t number = after + 1; number <= head; number++) {
                const Notifications__Event *event = fixture_event(f, number);
                notices += event->body_case == NOTIFICATIONS__EVENT__BODY_NOTICE_POSTED;
                if (event->body_case != NOTIFICATIONS__EVENT__BODY_WAIT_REACHED)
                        continue;
                ret[count++] = (struct reached){event->wait_reached->at->ms, id_of(event->wait_reached->wait_id)};
                assert_int_equal(notices, count); /* its notice stands before it */
                arena_reset(&f->arena);
        }
        assert_int_equal(notices, count);
        return count;
}

static void check_order(const struct reached *reached, size_t count)
{
        for (size_t i = 1; i < count; i++) {
                assert_true(reached[i - 1].at_ms <= reached[i].at_ms);
                if (reached[i - 1].at_ms == reached[i].at_ms)
                        assert_true(memcmp(reached[i - 1].id.b, reached[i].id.b, sizeof(reached[i].id.b)) < 0);
        }
}

static void test_ten_thousand_in_order_and_once(void **state)
{
        static struct reached reached[MANY + 1];
        struct fixture *f = *state;
        put_all(f, MANY);
        uint64_t before = engine_position(f->engine);
        uint32_t crashes = 0;

        days_settle_at(FIXTURE_NOW_MS);
        assert_int_equal(engine_position(f->engine), before); /* none is due */
        f->world.now_ms_value = FIXTURE_NOW_MS + DAY_MS;
        jobs_look(days_scene.jobs);
        for (uint32_t turn = 1; days_scene.write_count > 0; turn++) {
                /* killed now and then with half of what was under way committed, and half not */
                bool dies = turn % 30 == 0;
                days_write(dies ? days_scene.write_count / 2 : days_scene.write_count);
                if (dies) {
                        days_crash();
                        crashes++;
                }
                if (turn == 50) /* the clock is set back, and forth again */
                        f->world.now_ms_value = FIXTURE_NOW_MS;
                if (turn == 52)
                        f->world.now_ms_value = FIXTURE_NOW_MS + DAY_MS;
                if (turn == 50)
                        days_write(days_scene.write_count);
                if (turn == 50)
                        f->world.now_ms_value = FIXTURE_NOW_MS + DAY_MS;
                jobs_look(days_scene.jobs);
        }
        assert_true(crashes >= 4);
        assert_int_equal(all_reached(f, before, reached), MANY);
        check_order(reached, MANY);
        days_settle_at(FIXTURE_NOW_MS + 400 * DAY_MS);
        days_settle_at(FIXTURE_NOW_MS);
        days_settle_at(FIXTURE_NOW_MS + 400 * DAY_MS);
        assert_int_equal(all_reached(f, before, reached), MANY); /* never again */
        assert_int_equal(day_of_31(f)->totals[0]->items, MANY);  /* they wait until somebody acts */
}

/* Winter time on the last Sunday of October 2026, summer time on that of March 2027: six in the morning on the wall. */
static void test_days_are_those_of_the_wall(void **state)
{
        struct fixture *f = *state;
        refer_person(f, 1, on(f, 2026, 10, 10)); /* late from the 25th on, the day of the change */
        const int64_t change = (int64_t)day_number(day_of_civil((struct civil){2026, 10, 25})) * DAY_MS;
        days_settle_at(change + 5 * 3600000 - 1);
        assert_int_equal(recent(f)->n_notices, 0);
        days_settle_at(change + 5 * 3600000); /* 06:00 in winter */
        assert_int_equal(recent(f)->n_notices, 1);
        assert_int_equal(recent(f)->notices[0]->kind, KIND(WAIT_NEAR));
        assert_string_equal(recent(f)->notices[0]->title,
                            "En retard depuis le 24 octobre 2026 : Une personne orientée attend une décision depuis le "
                            "10 octobre 2026");
        refer_person(f, 2, on(f, 2027, 3, 14)); /* late from 29 March 2027 on, the day behind the change */
        const int64_t summer = (int64_t)day_number(day_of_civil((struct civil){2027, 3, 29})) * DAY_MS;
        days_settle_at(summer + 4 * 3600000 - 1);
        assert_int_equal(recent(f)->n_notices, 1);
        days_settle_at(summer + 4 * 3600000);
        assert_int_equal(recent(f)->n_notices, 2);
}

static void test_years_ahead(void **state)
{
        struct fixture *f = *state;
        open_placement(f, 1, on(f, 2026, 10, 1));
        end_placement(f, 1, on(f, 2030, 10, 1)); /* asked for six and twelve months later */
        days_crash();
        days_settle_at(noon_of(2031, 4, 2));
        assert_non_null(item_of(day_of_31(f), WAIT(OUTCOME)));
        days_settle_at(FIXTURE_NOW_MS); /* the clock is set back by years, and forth */
        uint32_t notices = (uint32_t)recent(f)->n_notices;
        days_settle_at(noon_of(2031, 4, 2));
        assert_int_equal(recent(f)->n_notices, notices);
}

/* A clock that jumps over both instants tells one of them. */
static void test_a_jump_tells_once(void **state)
{
        struct fixture *f = *state;
        open_placement(f, 1, on(f, 2026, 10, 15));
        days_settle_at(noon_of(2027, 3, 1));
        const Notifications__InboxReply *notices = recent(f);
        uint32_t hours = 0;
        for (size_t i = 0; i < notices->n_notices; i++)
                hours += strstr(notices->notices[i]->title, "Heures") != NULL;
        assert_int_equal(hours, 1); /* near on the 8th of November, late on the 12th: told late */
}

int main(void)
{
#define TEST(NAME) cmocka_unit_test_setup_teardown(NAME, days_setup, days_teardown)
        const struct CMUnitTest tests[] = {
                TEST(test_ten_thousand_in_order_and_once),
                TEST(test_days_are_those_of_the_wall),
                TEST(test_years_ahead),
                TEST(test_a_jump_tells_once),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
