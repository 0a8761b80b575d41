/* ConfirmAddress: the code, a few attempts, a day. */
#include "tests/unit/services/notifications/fixture.h"

#include "services/notifications/subscription.h"

static Types__Id *unconfirmed(struct fixture *f)
{
        Notifications__Subscribe command = subscribing(f, "31", "a@exemple.fr");
        const Notifications__SubscribeReply *reply = fixture_get(f, prescriber(f, 1), "Subscribe", &command);
        return reply->subscription_id;
}

static const Notifications__ConfirmAddressReply *typed(struct fixture *f, Types__Id *id, const char *code)
{
        return fixture_get(f, prescriber(f, 1), "ConfirmAddress", typing(f, id, code));
}

/* Never the right one. */
static const char *wrong(struct fixture *f, Types__Id *id)
{
        char *code = arena_text(&f->arena, awaiting(f, id)->code);
        code[3] = code[3] == '7' ? '8' : '7';
        return code;
}

static void test_from_then_on_alerts_go_there(void **state)
{
        struct fixture *f = *state;
        Types__Id *id = unconfirmed(f);
        const char *code = awaiting(f, id)->code;
        assert_int_equal(strlen(code), CODE_DIGITS);
        assert_true(typed(f, id, arena_printf(&f->arena, " %.4s %s ", code, code + 4))->confirmed);
        assert_int_equal(outbox(f, NULL), 0); /* the code has done its work */
        declare_need(f, "31");
        assert_int_equal(outbox(f, NULL), 1);
        (void)fixture_refused(f, prescriber(f, 1), "ConfirmAddress", typing(f, id, code),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_attempts_are_counted(void **state)
{
        struct fixture *f = *state;
        Types__Id *id = unconfirmed(f);
        const char *code = awaiting(f, id)->code, *bad = wrong(f, id);
        for (uint32_t left = CODE_ATTEMPTS; left-- > 0;) {
                const Notifications__ConfirmAddressReply *reply = typed(f, id, left == 3 ? "" : bad);
                assert_false(reply->confirmed);
                assert_int_equal(reply->attempts_left, left);
        }
        (void)fixture_refused(f, prescriber(f, 1), "ConfirmAddress", typing(f, id, code),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_int_equal(outbox(f, NULL), 0);
        declare_need(f, "31");
        assert_int_equal(outbox(f, NULL), 0);
}

static void test_a_code_ends(void **state)
{
        struct fixture *f = *state;
        Types__Id *id = unconfirmed(f);
        const char *code = awaiting(f, id)->code;
        f->world.now_ms_value += CODE_LIFE_MS;
        (void)fixture_refused(f, prescriber(f, 1), "ConfirmAddress", typing(f, id, code),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        f->world.now_ms_value -= 1;
        assert_true(typed(f, id, code)->confirmed);
}

/* The code of an address that was replaced by another opens nothing. */
static void test_a_code_is_of_one_address(void **state)
{
        struct fixture *f = *state;
        Types__Id *id = unconfirmed(f);
        const char *code = awaiting(f, id)->code;
        Notifications__Subscribe command = subscribing(f, "31", "b@exemple.fr");
        f->world.now_ms_value += CODE_INTERVAL_MS;
        (void)fixture_get(f, prescriber(f, 1), "Subscribe", &command);
        assert_string_not_equal(awaiting(f, id)->code, code);
        assert_false(typed(f, id, code)->confirmed);
}

static void test_security(void **state)
{
        struct fixture *f = *state;
        Types__Id *id = unconfirmed(f);
        const char *code = awaiting(f, id)->code;
        (void)fixture_refused(f, prescriber(f, 2), "ConfirmAddress", typing(f, id, code),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, prescriber(f, 1), "ConfirmAddress",
                              typing(f, id_to(&f->arena, organisation(250)), code), TYPES__REFUSAL_CODE__NOT_FOUND);
        assert_true(typed(f, id, code)->confirmed);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_from_then_on_alerts_go_there, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_attempts_are_counted, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_code_ends, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_code_is_of_one_address, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_security, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
