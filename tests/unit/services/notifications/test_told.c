/* What an account reads of a change to what it had decided on: all, as long as it may read the thing; else that there
 * was one. */
#include "tests/unit/services/notifications/changes.h"

#include "services/notifications/told.h"

/* Of the change that all accounts are told of. */
static const Notifications__NoticeView *seen(struct fixture *f, Wire__Passport *actor)
{
        const Notifications__InboxReply *reply = own(f, with_account(f, actor, FIRST), false);
        assert_int_equal(reply->n_notices, 1);
        return reply->notices[0];
}

static void is_whole(struct fixture *f, Wire__Passport *actor)
{
        const Notifications__NoticeView *view = seen(f, actor);
        assert_string_equal(view->before, "Clause posée sur le lot 1 : 200 h.");
        assert_string_equal(view->after, "Clause posée sur le lot 1 : 10 h.");
        assert_string_equal(view->reason, "erreur de calcul");
        assert_non_null(strstr(view->text, "Avant : Clause posée sur le lot 1 : 200 h."));
        assert_non_null(strstr(view->title, "2026-17"));
        assert_non_null(view->subject_id);
}

/* Nothing of what it is, nor who did it: the same as of any other change at that moment. */
static void is_bare(struct fixture *f, Wire__Passport *actor)
{
        const Notifications__NoticeView *view = seen(f, actor);
        struct slice bytes = pb_encode(view, &f->arena);
        static const char *const hidden[] = {"2026-17", "200 h", "10 h", "erreur", "clause", "Clause"};
        for (size_t i = 0; i < ARRAY_SIZE(hidden); i++)
                assert_null(memmem(bytes.data, bytes.size, hidden[i], strlen(hidden[i])));
        assert_null(view->subject_id);
        assert_null(view->by_account);
        assert_string_equal(view->by_name, "");
        assert_string_equal(view->territory, "");
        assert_non_null(strstr(view->text, "la coordination"));
}

static Wire__Passport *acting(struct fixture *f, Types__Role role, uint8_t n)
{
        struct id id = organisation(n);
        return fixture_actor(f, role, n == 0 ? NULL : &id, "31");
}

static void test_of_a_public_contract(void **state)
{
        struct fixture *f = *state;
        Types__ChangedByAnother change = a_change(f);
        Types__Id *company = id_to(&f->arena, organisation(COMPANY));
        change.organisation_ids = &company;
        change.n_organisation_ids = 1;
        directory_puts(f, BUYER, "Ville de Toulouse", BUYER_SIRET);
        tell_of(f, &change);
        is_whole(f, facilitator(f, "31"));
        is_whole(f, facilitator(f, "62")); /* a public contract is read by all of them */
        is_whole(f, fixture_actor(f, TYPES__ROLE__COORDINATOR, NULL, "*"));
        is_whole(f, acting(f, TYPES__ROLE__COMPANY, COMPANY));
        is_whole(f, acting(f, TYPES__ROLE__STRUCTURE, COMPANY));
        is_whole(f, acting(f, TYPES__ROLE__BUYER, BUYER));
        is_bare(f, acting(f, TYPES__ROLE__COMPANY, BUYER));
        is_bare(f, acting(f, TYPES__ROLE__BUYER, COMPANY)); /* the directory knows no SIRET of it */
        is_bare(f, acting(f, TYPES__ROLE__PRESCRIBER, 1));
        is_bare(f, acting(f, TYPES__ROLE__OPERATOR, 0));
        is_bare(f, acting(f, TYPES__ROLE__DATA_PROTECTION, 0)); /* persons' files alone */
}

/* Decision 0037: what is private is asked today. */
static void test_of_one_that_became_private(void **state)
{
        struct fixture *f = *state;
        Types__ChangedByAnother change = a_change(f);
        tell_of(f, &change);
        is_whole(f, facilitator(f, "62"));
        set_kind(f, CONTRACTS__CONTRACT_KIND__PRIVATE, "31");
        is_bare(f, facilitator(f, "62"));
        is_whole(f, facilitator(f, "31"));
        is_whole(f, fixture_actor(f, TYPES__ROLE__COORDINATOR, NULL, "*"));
        set_kind(f, CONTRACTS__CONTRACT_KIND__MARKET, "31");
        is_whole(f, facilitator(f, "62"));
}

static void test_of_no_contract(void **state)
{
        struct fixture *f = *state;
        Types__ChangedByAnother change = a_change(f);
        change.about_contract = NULL;
        change.is_local = true; /* an agreement on private contracts */
        tell_of(f, &change);
        is_bare(f, facilitator(f, "62"));
        const Notifications__NoticeView *view = seen(f, facilitator(f, "31"));
        assert_string_equal(view->before, "Clause posée sur le lot 1 : 200 h.");
        view = seen(f, acting(f, TYPES__ROLE__DATA_PROTECTION, 0)); /* as of a file that she took out */
        assert_string_equal(view->after, "Clause posée sur le lot 1 : 10 h.");
        is_bare(f, fixture_actor(f, TYPES__ROLE__DATA_PROTECTION, NULL, "62"));
}

/* Two worlds that differ in what she may not read, alike to her. */
static void test_two_worlds(void **state)
{
        struct fixture *f = *state;
        static const char *const after[] = {"Clause posée : 10 h.", "Clause retirée, lot 2, marché secret."};
        struct slice answers[2];
        Types__ChangedByAnother change = a_change(f);
        set_kind(f, CONTRACTS__CONTRACT_KIND__PRIVATE, "31");
        for (size_t i = 0; i < 2; i++) {
                change.after = arena_text(&f->arena, after[i]);
                change.accounts[0] = id_to(&f->arena, organisation((uint8_t)(FIRST + 20 + i)));
                tell_of(f, &change);
                Wire__Passport *actor = with_account(f, facilitator(f, "62"), (uint8_t)(FIRST + 20 + i));
                const Notifications__InboxReply *reply = own(f, actor, false);
                assert_int_equal(reply->n_notices, 1);
                reply->notices[0]->notice_id = NULL; /* each her own */
                reply->notices[0]->at = NULL;
                answers[i] = pb_encode(reply, &f->arena);
        }
        assert_true(slice_equal(answers[0], answers[1]));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_of_a_public_contract, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_of_one_that_became_private, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_of_no_contract, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_two_worlds, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
