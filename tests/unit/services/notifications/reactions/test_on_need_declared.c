#include "tests/unit/services/notifications/fixture.h"

static void test_the_territory_is_told(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "a@exemple.fr");
        (void)subscribe(f, 2, "31", "");
        (void)subscribe(f, 3, "09", "c@exemple.fr");
        uint64_t before = engine_position(f->engine);
        declare_need(f, "31");
        assert_int_equal(engine_position(f->engine), before + 1); /* one event for all */
        assert_int_equal(inbox(f, 1)->n_notices, 1);
        assert_int_equal(inbox(f, 2)->n_notices, 1);
        assert_int_equal(inbox(f, 3)->n_notices, 0);

        const Notifications__NoticeView *view = inbox(f, 1)->notices[0];
        assert_int_equal(view->kind, KIND(NEED_OPENED));
        assert_int_equal(view->delivery, STATE(QUEUED));
        assert_string_equal(view->title, "Nouveau besoin : 3 postes « Maçon coffreur » à partir du 02/11/2026");
        assert_int_equal(view->at->ms, FIXTURE_NOW_MS);
        assert_int_equal(inbox(f, 2)->notices[0]->delivery, STATE(DELIVERY_NONE));
        int64_t due_ms = 0;
        assert_int_equal(outbox(f, &due_ms), 1);
        assert_int_equal(due_ms, FIXTURE_NOW_MS);

        declare_need(f, "09");
        assert_int_equal(inbox(f, 3)->n_notices, 1);
        assert_int_equal(inbox(f, 1)->n_notices, 1);
}

static void test_nobody_subscribed(void **state)
{
        struct fixture *f = *state;
        declare_need(f, "31");
        assert_int_equal(engine_position(f->engine), 0);
        assert_int_equal(engine_source_position(f->engine, "contracts-1"), 1);
}

static void test_without_a_mail_server(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "a@exemple.fr");
        declare_need(f, "31");
        assert_int_equal(inbox(f, 1)->notices[0]->delivery, STATE(DELIVERY_NONE));
        assert_int_equal(outbox(f, NULL), 0);
}

/* The same event again, as after a crash before the source heard of our position: told once. */
static void test_once(void **state)
{
        struct fixture *f = *state;
        (void)subscribe(f, 1, "31", "");
        Contracts__NeedDeclared need = need_in(f, "31");
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        event.body_case = CONTRACTS__EVENT__BODY_NEED_DECLARED;
        event.need_declared = &need;
        for (int i = 0; i < 3; i++)
                assert_int_equal(engine_feed(f->engine, "contracts-1", 1, &event.base), 0);
        assert_int_equal(inbox(f, 1)->n_notices, 1);
}

static void test_more_than_one_event_holds(void **state)
{
        struct fixture *f = *state;
        enum { MANY = 1100 };
        Wire__Passport *operator= fixture_actor(f, TYPES__ROLE__OPERATOR, NULL, "*");
        for (uint32_t i = 0; i < MANY; i++) {
                struct id id = {{1}};
                memcpy(id.b + 1, &i, sizeof(i));
                Notifications__Subscribe command = subscribing(f, "31", i % 2 == 0 ? "a@exemple.fr" : "");
                command.organisation_id = id_to(&f->arena, id);
                (void)fixture_get(f, operator, "Subscribe", &command);
        }
        uint64_t before = engine_position(f->engine);
        declare_need(f, "31");
        uint64_t events = engine_position(f->engine) - before;
        assert_true(events >= 3 && events <= 4);
        assert_int_equal(outbox(f, NULL), MANY / 2);
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        assert_int_equal(txn_count(txn, T_NOTICE), MANY);
        assert_int_equal(txn_count(txn, T_INBOX), MANY); /* organisations */
        assert_int_equal(txn_count(txn, T_POSTING), events);
        txn_end_read(txn);
}

/* Names of the greatest length: chunks are bounded by their bytes too. */
static void test_heavy_recipients(void **state)
{
        struct fixture *f = *state;
        enum { MANY = 150 };
        char name[3 * 300 + 1] = "";
        for (size_t i = 0; i < 300; i++)
                memcpy(name + 3 * i, "…", 4);
        Wire__Passport *operator= fixture_actor(f, TYPES__ROLE__OPERATOR, NULL, "*");
        for (uint8_t i = 0; i < MANY; i++) {
                Notifications__Subscribe command = subscribing(f, "31", "");
                command.organisation_id = id_to(&f->arena, organisation(i));
                command.organisation_name = name;
                (void)fixture_get(f, operator, "Subscribe", &command);
        }
        uint64_t before = engine_position(f->engine);
        declare_need(f, "31");
        assert_true(engine_position(f->engine) - before >= 2);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_the_territory_is_told, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_nobody_subscribed, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_without_a_mail_server, setup_without_mail, fixture_close),
                cmocka_unit_test_setup_teardown(test_once, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_more_than_one_event_holds, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_heavy_recipients, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
