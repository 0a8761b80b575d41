/* days.h: a notifications daemon whose instants come by the clock of the test, what others tell it of placements,
 * persons and contracts, and the days that it shows. */
#ifndef TESTS_UNIT_SERVICES_NOTIFICATIONS_DAYS_H
#define TESTS_UNIT_SERVICES_NOTIFICATIONS_DAYS_H

#include "tests/unit/services/notifications/fixture.h"

#include "common/service/jobs.h"
#include "services/notifications/deadlines/waits_rows.h"
#include "services/notifications/planning.h"
#include "tests/unit/common/service/calendar_write.h"

#define WAIT(NAME)    NOTIFICATIONS__WAIT_KIND__WAIT_##NAME
#define TRACKED(NAME) TRACKING__EVENT__BODY_##NAME
#define DAY_MS        ((int64_t)86400000)

/* --- jobs without sockets: what they have written waits until it is taken --- */

struct days_scene {
        struct fixture *f;
        uv_loop_t loop;
        struct jobs *jobs;
        struct {
                void (*fn)(struct work *work, void *of);
                void (*done)(void *of, int err);
                void *of;
        } writes[JOBS_AT_ONCE_MAX];
        size_t write_count;
};
static struct days_scene days_scene;

static inline void days_take(void *argument, void (*fn)(struct work *work, void *of), void (*done)(void *of, int err),
                             void *of)
{
        (void)argument;
        assert_true(days_scene.write_count < ARRAY_SIZE(days_scene.writes));
        days_scene.writes[days_scene.write_count].fn = fn;
        days_scene.writes[days_scene.write_count].done = done;
        days_scene.writes[days_scene.write_count++].of = of;
}

static inline void days_start(void)
{
        struct jobs_options options = {.kinds = notifications_spec.jobs,
                                       .engine = days_scene.f->engine,
                                       .loop = &days_scene.loop,
                                       .write = days_take};
        days_scene.jobs = jobs_new(&options);
}

static inline void days_stop(void)
{
        jobs_quit(days_scene.jobs);
        assert_int_equal(uv_run(&days_scene.loop, UV_RUN_DEFAULT), 0);
        jobs_free(days_scene.jobs);
        days_scene.jobs = NULL;
        days_scene.write_count = 0; /* a crash takes what was not committed */
}

static inline int days_setup(void **state)
{
        (void)fixture_open_in_memory(state, &notifications_spec, &config_without_mail);
        days_scene = (struct days_scene){.f = *state};
        assert_int_equal(uv_loop_init(&days_scene.loop), 0);
        days_start();
        return 0;
}

static inline int days_teardown(void **state)
{
        days_stop();
        assert_int_equal(uv_loop_close(&days_scene.loop), 0);
        return fixture_close(state);
}

/* The daemon is killed: what its jobs had not committed is gone. */
static inline void days_crash(void)
{
        days_stop();
        fixture_reopen(days_scene.f);
        days_start();
}

static inline void days_write(size_t count)
{
        for (size_t i = 0; i < count; i++) {
                int err = calendar_write(days_scene.f->engine, days_scene.writes[i].fn, days_scene.writes[i].of);
                days_scene.writes[i].done(days_scene.writes[i].of, err);
        }
        days_scene.write_count -= count;
        memmove(days_scene.writes, days_scene.writes + count, days_scene.write_count * sizeof(days_scene.writes[0]));
}

/* All that is due by the clock of the test. */
static inline void days_settle_at(int64_t now_ms)
{
        days_scene.f->world.now_ms_value = now_ms;
        jobs_look(days_scene.jobs);
        while (days_scene.write_count > 0) {
                days_write(days_scene.write_count);
                jobs_look(days_scene.jobs);
        }
}

static inline int64_t noon_of(int year, int month, int day)
{
        return (int64_t)day_number(day_of_civil((struct civil){year, month, day})) * DAY_MS + DAY_MS / 2;
}

/* --- what others tell --- */

static inline Types__Day *on(struct fixture *f, int year, int month, int day)
{
        return day_to(&f->arena, day_of_civil((struct civil){year, month, day}));
}

static inline void tell_tracking(struct fixture *f, Tracking__Event__BodyCase kind, void *body)
{
        Tracking__Event event = TRACKING__EVENT__INIT;
        event.body_case = kind;
        event.beneficiary_referred = body;
        feed_tracking(f, &event);
}

static inline void tell_contracts(struct fixture *f, Contracts__Event__BodyCase kind, void *body)
{
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        event.body_case = kind;
        event.contract_imported = body;
        feed_contracts(f, &event);
}

/* Things, by a number. */
static inline Types__Id *thing(struct fixture *f, uint8_t kind, uint32_t number)
{
        struct id id = {{0x01, 0x93, 0, 0, kind, 0, 0x70, 0, 0x80}};
        memcpy(id.b + 12, &number, sizeof(number));
        return id_to(&f->arena, id);
}
enum { A_PERSON = 1, A_PLACEMENT = 2, A_PROPOSAL = 3, A_CONTACT = 4, A_CONTRACT = 5, A_CLAUSE = 6, AN_OBLIGATION = 7 };

static inline void open_placement(struct fixture *f, uint32_t number, Types__Day *starts_on)
{
        Tracking__PlacementOpened opened = TRACKING__PLACEMENT_OPENED__INIT;
        opened.placement_id = thing(f, A_PLACEMENT, number);
        opened.beneficiary_id = thing(f, A_PERSON, number);
        opened.territory = arena_text(&f->arena, "31");
        opened.modality = TYPES__MODALITY__DIRECT_HIRE;
        opened.employer = id_to(&f->arena, organisation(60));
        opened.employer_name = arena_text(&f->arena, "Bâtiment du Midi");
        opened.starts_on = starts_on;
        tell_tracking(f, TRACKED(PLACEMENT_OPENED), &opened);
}

static inline void end_placement(struct fixture *f, uint32_t number, Types__Day *ended_on)
{
        Tracking__PlacementEnded ended = TRACKING__PLACEMENT_ENDED__INIT;
        ended.placement_id = thing(f, A_PLACEMENT, number);
        ended.beneficiary_id = thing(f, A_PERSON, number);
        ended.territory = arena_text(&f->arena, "31");
        ended.ended_on = ended_on;
        tell_tracking(f, TRACKED(PLACEMENT_ENDED), &ended);
}

static inline void refer_person(struct fixture *f, uint32_t number, Types__Day *referred_on)
{
        Tracking__BeneficiaryReferred referred = TRACKING__BENEFICIARY_REFERRED__INIT;
        referred.beneficiary_id = thing(f, A_PERSON, number);
        referred.territory = arena_text(&f->arena, "31");
        referred.prescriber = id_to(&f->arena, organisation(1));
        referred.referred_on = referred_on;
        tell_tracking(f, TRACKED(BENEFICIARY_REFERRED), &referred);
}

/* --- the days --- */

static inline const Notifications__MyDayReply *day_of_actor(struct fixture *f, const Wire__Passport *actor)
{
        Notifications__MyDayRequest query = NOTIFICATIONS__MY_DAY_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        page.limit = 500;
        query.page = &page;
        return fixture_get(f, actor, "MyDay", &query);
}

static inline const Notifications__MyDayReply *day_of_31(struct fixture *f)
{
        return day_of_actor(f, facilitator(f, "31"));
}

static inline Wire__Passport *company(struct fixture *f, uint8_t n)
{
        struct id id = organisation(n);
        return fixture_actor(f, TYPES__ROLE__COMPANY, &id, "31");
}

/* The only one of its kind; NULL: there is none. */
static inline const Notifications__DayItem *item_of(const Notifications__MyDayReply *day, Notifications__WaitKind kind)
{
        const Notifications__DayItem *found = NULL;
        for (size_t i = 0; i < day->n_items; i++) {
                if (day->items[i]->kind != kind)
                        continue;
                assert_null(found);
                found = day->items[i];
        }
        return found;
}

#endif
