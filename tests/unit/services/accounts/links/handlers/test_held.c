/* What a gateway says for who holds a link: claimed with one key, used once, disowned; by no tool and no account. */
#include "tests/unit/services/accounts/links/fixture.h"

static Accounts__ClaimLink *claim(struct fixture *f, uint8_t n)
{
        struct id key = id_new(&f->world, f->world.now_ms_value, 0);
        Accounts__ClaimLink *claim = pb_new(&accounts__claim_link__descriptor, &f->arena);
        key.b[15] = n;
        claim->act_key = id_to(&f->arena, key);
        return claim;
}

static struct id claimed(struct fixture *f, const Wire__Passport *holder, const Accounts__ClaimLink *claim)
{
        const Accounts__ClaimLinkReply *reply = fixture_get(f, holder, "ClaimLink", claim);
        return id_of(reply->act_key);
}

static void test_one_key_whoever_comes(void **state)
{
        struct fixture *f = *state;
        const Wire__Passport *holder = holder_of(f, make_link(f)->link_id);
        const Accounts__ClaimLink *first = claim(f, 1), *second = claim(f, 2);
        assert_true(id_equal(claimed(f, holder, first), id_of(first->act_key)));
        uint64_t position = engine_position(f->engine);
        assert_true(id_equal(claimed(f, holder, second), id_of(first->act_key)));
        assert_int_equal(engine_position(f->engine), position);
        /* what daemons have forgotten by now is no key any more */
        f->world.now_ms_value += INT64_C(7) * 86400000;
        const Accounts__ClaimLink *third = claim(f, 3);
        assert_true(id_equal(claimed(f, holder, third), id_of(third->act_key)));
}

static void test_used_once(void **state)
{
        struct fixture *f = *state;
        const Wire__Passport *holder = holder_of(f, make_link(f)->link_id);
        Accounts__NoteLinkUse use = ACCOUNTS__NOTE_LINK_USE__INIT;
        Accounts__DisownLink disown = ACCOUNTS__DISOWN_LINK__INIT;
        use.position = 12;
        use.what = arena_text(&f->arena, "Heures : 35 h.");
        (void)fixture_get(f, holder, "NoteLinkUse", &use);
        assert_int_equal(link_seen(f)->state, ACCOUNTS__LINK_STATE__LINK_USED);
        assert_string_equal(link_seen(f)->used_what, "Heures : 35 h.");
        assert_int_equal(link_seen(f)->used_position, 12);
        (void)fixture_refused(f, holder, "NoteLinkUse", &use, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, holder, "ClaimLink", claim(f, 1), TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, holder, "DisownLink", &disown, TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_disowned(void **state)
{
        struct fixture *f = *state;
        const Wire__Passport *holder = holder_of(f, make_link(f)->link_id);
        Accounts__DisownLink disown = ACCOUNTS__DISOWN_LINK__INIT;
        (void)fixture_get(f, holder, "DisownLink", &disown);
        assert_int_equal(link_seen(f)->state, ACCOUNTS__LINK_STATE__LINK_DISOWNED);
        const Accounts__Event *event = fixture_event(f, engine_position(f->engine));
        assert_true(id_equal(id_of(event->link_disowned->link->object_id), link_object));
        (void)fixture_refused(f, holder, "ClaimLink", claim(f, 1), TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

/* Each is refused in the same words as a link that never was. */
static void test_by_nobody_else(void **state)
{
        struct fixture *f = *state;
        const Types__Id *link = make_link(f)->link_id;
        Accounts__DisownLink disown = ACCOUNTS__DISOWN_LINK__INIT;
        const struct id other = {.b = {99}};
        Wire__Passport *never = holder_of(f, id_to(&f->arena, other));
        const char *words = fixture_refused(f, never, "DisownLink", &disown, TYPES__REFUSAL_CODE__NOT_ALLOWED)->text;
        Wire__Passport *tool = holder_of(f, link), *account = holder_of(f, link), *elsewhere = holder_of(f, link);
        tool->signer = arena_text(&f->arena, "ctl");
        account->membership = id_to(&f->arena, other);
        elsewhere->organisation = id_to(&f->arena, other);
        const Wire__Passport *strangers[] = {tool, account, elsewhere};
        for (size_t i = 0; i < ARRAY_SIZE(strangers); i++)
                assert_string_equal(
                        fixture_refused(f, strangers[i], "DisownLink", &disown, TYPES__REFUSAL_CODE__NOT_ALLOWED)->text,
                        words);
        f->world.now_ms_value += INT64_C(30) * 86400000;
        assert_string_equal(
                fixture_refused(f, holder_of(f, link), "ClaimLink", claim(f, 1), TYPES__REFUSAL_CODE__NOT_ALLOWED)
                        ->text,
                words);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_one_key_whoever_comes, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_used_once, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_disowned, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_by_nobody_else, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
