/* The rules of links: their states, who may make which, whose passport is a link's. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/base/limits.h"
#include "common/codec/types.h"
#include "services/accounts/links/link.h"

static const int64_t day_ms = 24 * 60 * 60 * 1000;

static void test_states(void **state)
{
        Accounts__LinkRow row = ACCOUNTS__LINK_ROW__INIT;
        Types__Instant ends = TYPES__INSTANT__INIT, at = TYPES__INSTANT__INIT;
        (void)state;
        ends.ms = 1000;
        row.ends = &ends;
        assert_int_equal(link_state(&row, 999), ACCOUNTS__LINK_STATE__LINK_OPEN);
        assert_int_equal(link_state(&row, 1000), ACCOUNTS__LINK_STATE__LINK_EXPIRED); /* at its instant */
        row.closed_at = &at;
        assert_int_equal(link_state(&row, 999), ACCOUNTS__LINK_STATE__LINK_ENDED);
        row.disowned = true;
        assert_int_equal(link_state(&row, 1000), ACCOUNTS__LINK_STATE__LINK_DISOWNED);
        row.used_at = &at;
        assert_int_equal(link_state(&row, 1000), ACCOUNTS__LINK_STATE__LINK_USED);
        assert_true(link_end_ms(30, 5) == 5 + 30 * day_ms);
}

static Types__RefusalCode refused(const Accounts__MakeLink *command, Types__Role maker, const char *territory)
{
        Wire__Passport passport = WIRE__PASSPORT__INIT;
        char *one = (char *)(uintptr_t)territory;
        struct refusal refusal = {0};
        Types__Role role;
        passport.role = maker;
        passport.territories = &one;
        passport.n_territories = 1;
        return link_check(command, &passport, &role, &refusal) ? TYPES__REFUSAL_CODE__REFUSAL_NONE : refusal.code;
}

static void test_who_makes_which(void **state)
{
        Accounts__MakeLink make = ACCOUNTS__MAKE_LINK__INIT;
        Types__Month month = TYPES__MONTH__INIT;
        (void)state;
        make.territory = (char[]){"31"};
        assert_int_equal(refused(&make, TYPES__ROLE__FACILITATOR, "31"), TYPES__REFUSAL_CODE__INVALID_FIELD);
        make.purpose = ACCOUNTS__LINK_PURPOSE__LINK_DECLARE_MONTH;
        assert_int_equal(refused(&make, TYPES__ROLE__FACILITATOR, "31"), TYPES__REFUSAL_CODE__INVALID_FIELD); /* role */
        make.role = TYPES__ROLE__COMPANY;
        assert_int_equal(refused(&make, TYPES__ROLE__FACILITATOR, "31"),
                         TYPES__REFUSAL_CODE__INVALID_FIELD); /* month */
        make.month = &month;
        assert_int_equal(refused(&make, TYPES__ROLE__FACILITATOR, "31"), TYPES__REFUSAL_CODE__REFUSAL_NONE);
        assert_int_equal(refused(&make, TYPES__ROLE__FACILITATOR, "09"), TYPES__REFUSAL_CODE__NOT_ALLOWED);
        assert_int_equal(refused(&make, TYPES__ROLE__COORDINATOR, "*"), TYPES__REFUSAL_CODE__REFUSAL_NONE);
        assert_int_equal(refused(&make, TYPES__ROLE__SERVICE, "*"), TYPES__REFUSAL_CODE__NOT_ALLOWED);
        make.purpose = ACCOUNTS__LINK_PURPOSE__LINK_DECIDE_CASE;
        make.role = TYPES__ROLE__ROLE_NONE;
        assert_int_equal(refused(&make, TYPES__ROLE__OPERATOR, "*"), TYPES__REFUSAL_CODE__INVALID_FIELD); /* month */
        make.month = NULL;
        assert_int_equal(refused(&make, TYPES__ROLE__OPERATOR, "*"), TYPES__REFUSAL_CODE__REFUSAL_NONE);
        /* Security: whoever may not decide is shown no link that does */
        assert_int_equal(refused(&make, TYPES__ROLE__FACILITATOR, "31"), TYPES__REFUSAL_CODE__NOT_ALLOWED);
        assert_int_equal(refused(&make, TYPES__ROLE__COORDINATOR, "*"), TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_whose_passport(void **state)
{
        struct arena arena scoped(arena_fini) = {0};
        const struct id own = {.b = {1}}, other = {.b = {2}};
        Accounts__Link link = ACCOUNTS__LINK__INIT;
        Wire__Passport actor = WIRE__PASSPORT__INIT;
        (void)state;
        link.link_id = id_to(&arena, own);
        link.organisation_id = id_to(&arena, other);
        link.role = TYPES__ROLE__COMPANY;
        actor.key = id_to(&arena, own);
        actor.organisation = id_to(&arena, other);
        actor.role = TYPES__ROLE__COMPANY;
        assert_true(link_is_actor(&link, &actor));
        actor.membership = id_to(&arena, own); /* a key of an account */
        assert_false(link_is_actor(&link, &actor));
        actor.membership = NULL;
        actor.role = TYPES__ROLE__BUYER;
        assert_false(link_is_actor(&link, &actor));
        actor.role = TYPES__ROLE__COMPANY;
        actor.organisation = id_to(&arena, own);
        assert_false(link_is_actor(&link, &actor));
        actor.organisation = id_to(&arena, other);
        actor.key = NULL;
        assert_false(link_is_actor(&link, &actor));
}

static void test_keys_that_daemons_remember(void **state)
{
        const struct id key = {.b = {0x01, 0xa1, 0x2f, 0x20, 0x2c, 0x00, 0x70}};
        int64_t drawn_ms = id_instant_ms(key);
        (void)state;
        assert_true(link_key_is_remembered(key, drawn_ms));
        assert_true(link_key_is_remembered(key, drawn_ms + (LIMIT_DEDUP_DAYS - 1) * day_ms - 1));
        assert_false(link_key_is_remembered(key, drawn_ms + (LIMIT_DEDUP_DAYS - 1) * day_ms));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_states),
                cmocka_unit_test(test_who_makes_which),
                cmocka_unit_test(test_whose_passport),
                cmocka_unit_test(test_keys_that_daemons_remember),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
