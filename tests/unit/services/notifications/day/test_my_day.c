/* A day: whose it is, in which order, page by page, with its totals. */
#include "tests/unit/services/notifications/days.h"

enum { MANY = 130 };

static struct {
        size_t items, late;
        int32_t last;
} seen;

/* All pages: in order, none twice. */
static void read_all(struct fixture *f, const Wire__Passport *actor, uint32_t limit)
{
        Notifications__MyDayRequest query = NOTIFICATIONS__MY_DAY_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        uint32_t total = 0;
        page.limit = limit;
        query.page = &page;
        memset(&seen, 0, sizeof(seen));
        for (bool more = true; more;) {
                const Notifications__MyDayReply *reply = fixture_get(f, actor, "MyDay", &query);
                assert_true(reply->n_items <= limit);
                for (size_t i = 0; i < reply->n_items; i++) {
                        assert_true(reply->items[i]->until->days >= seen.last);
                        seen.last = reply->items[i]->until->days;
                        seen.late += reply->items[i]->urgency == NOTIFICATIONS__WAIT_URGENCY__URGENT_LATE;
                        seen.items++;
                }
                for (size_t i = 0; i < reply->n_totals; i++) /* of the first page */
                        total += reply->totals[i]->items;
                page.after = reply->next;
                more = reply->next.len > 0;
        }
        assert_int_equal(seen.items, total);
}

static void refer_in(struct fixture *f, uint32_t number, const char *territory)
{
        Tracking__BeneficiaryReferred referred = TRACKING__BENEFICIARY_REFERRED__INIT;
        referred.beneficiary_id = thing(f, A_PERSON, number);
        referred.territory = arena_text(&f->arena, territory);
        referred.referred_on = on(f, 2026, 9, 1 + (int)(number % 28));
        tell_tracking(f, TRACKED(BENEFICIARY_REFERRED), &referred);
}

static void test_departments_are_merged(void **state)
{
        struct fixture *f = *state;
        for (uint32_t i = 0; i < MANY; i++)
                refer_in(f, i + 1, i % 3 == 0 ? "31" : i % 3 == 1 ? "09" : "82");
        read_all(f, facilitator(f, "31"), 7);
        assert_int_equal(seen.items, 44);
        read_all(f, facilitator(f, "31 09"), 7);
        assert_int_equal(seen.items, 87);
        read_all(f, facilitator(f, "*"), 7);
        assert_int_equal(seen.items, MANY);
        read_all(f, facilitator(f, "*"), 500);
        assert_int_equal(seen.items, MANY);
        assert_true(seen.late > 50);
        read_all(f, fixture_actor(f, TYPES__ROLE__COORDINATOR, NULL, "31 82"), 50);
        assert_int_equal(seen.items, 87);
        read_all(f, facilitator(f, "65"), 50);
        assert_int_equal(seen.items, 0);
}

/* What is asked for is found page by page, and the counts stay those of the whole day. */
static void test_one_kind_and_one_department(void **state)
{
        struct fixture *f = *state;
        Notifications__MyDayRequest query = NOTIFICATIONS__MY_DAY_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        Notifications__WaitKind decision = NOTIFICATIONS__WAIT_KIND__WAIT_DECISION,
                                hours = NOTIFICATIONS__WAIT_KIND__WAIT_HOURS;
        size_t items = 0;
        for (uint32_t i = 0; i < 30; i++)
                refer_in(f, i + 1, i % 3 == 0 ? "31" : "09");
        page.limit = 4;
        query.page = &page;
        query.territory = arena_text(&f->arena, "31");
        query.kinds = &decision;
        query.n_kinds = 1;
        for (bool more = true; more;) {
                const Notifications__MyDayReply *reply = fixture_get(f, facilitator(f, "*"), "MyDay", &query);
                for (size_t i = 0; i < reply->n_items; i++)
                        assert_string_equal(reply->items[i]->territory, "31");
                items += reply->n_items;
                assert_int_equal(reply->all_items, 30);
                page.after = reply->next;
                more = reply->next.len > 0;
        }
        assert_int_equal(items, 10);
        page.after = pb_bytes(slice_of(NULL, 0));
        query.kinds = &hours;
        const Notifications__MyDayReply *none = fixture_get(f, facilitator(f, "*"), "MyDay", &query);
        assert_int_equal(none->n_items, 0);
        assert_int_equal(none->n_totals, 1);
}

static void test_who_has_no_day(void **state)
{
        struct fixture *f = *state;
        Notifications__MyDayRequest query = NOTIFICATIONS__MY_DAY_REQUEST__INIT;
        const Types__Role others[] = {TYPES__ROLE__AUDITOR, TYPES__ROLE__OPERATOR, TYPES__ROLE__DATA_PROTECTION,
                                      TYPES__ROLE__SERVICE};
        refer_in(f, 1, "31");
        for (size_t i = 0; i < ARRAY_SIZE(others); i++)
                (void)fixture_refused(f, fixture_actor(f, others[i], NULL, "*"), "MyDay", &query,
                                      TYPES__REFUSAL_CODE__NOT_ALLOWED);
        /* who acts for an organisation reads nothing of a territory, whichever it covers */
        assert_int_equal(day_of_actor(f, prescriber(f, 1))->n_items, 0);
        assert_int_equal(day_of_actor(f, company(f, 60))->n_items, 0);
        struct id buyer = organisation(70);
        assert_int_equal(day_of_actor(f, fixture_actor(f, TYPES__ROLE__BUYER, &buyer, "31"))->n_items, 0);
        assert_int_equal(day_of_actor(f, fixture_actor(f, TYPES__ROLE__COMPANY, NULL, "*"))->n_items, 0);
}

/* The role in which one acts decides: a structure that also refers persons has two days. */
static void test_an_organisation_of_two_roles(void **state)
{
        struct fixture *f = *state;
        open_placement(f, 1, on(f, 2026, 9, 1)); /* organisation 60 states the hours */
        assert_int_equal(day_of_actor(f, company(f, 60))->n_items, 1);
        assert_int_equal(day_of_actor(f, prescriber(f, 60))->n_items, 0);
        struct id both = organisation(60);
        assert_int_equal(day_of_actor(f, fixture_actor(f, TYPES__ROLE__STRUCTURE, &both, "31"))->n_items, 1);
}

static void test_a_cursor_of_another_list(void **state)
{
        struct fixture *f = *state;
        Notifications__MyDayRequest query = NOTIFICATIONS__MY_DAY_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        page.after = pb_bytes(slice_of("abc", 3));
        query.page = &page;
        (void)fixture_refused(f, facilitator(f, "31"), "MyDay", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

int main(void)
{
#define TEST(NAME) cmocka_unit_test_setup_teardown(NAME, days_setup, days_teardown)
        const struct CMUnitTest tests[] = {
                TEST(test_departments_are_merged),
                TEST(test_one_kind_and_one_department),
                TEST(test_who_has_no_day),
                TEST(test_an_organisation_of_two_roles),
                TEST(test_a_cursor_of_another_list),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
