/* SeparatePublications: they were two contracts after all. */
#include "tests/unit/services/contracts/publication/doubles.h"

static Contracts__SeparatePublications *separate_of(struct fixture *f, Types__Id *twin)
{
        Contracts__SeparatePublications *command = pb_new(&contracts__separate_publications__descriptor, &f->arena);
        command->twin_id = twin;
        command->reason = arena_text(&f->arena, "Deux lots, deux chantiers.");
        return command;
}

static void test_both_are_counted_again(void **state)
{
        struct fixture *f = *state;
        Types__Id *first = published(f, "2026T0100"), *second = published(f, "2026T0101");
        (void)fixture_get(f, facilitator(f), "JoinPublications", join_of(f, second, first));
        const Contracts__SeparatePublicationsReply *reply =
                fixture_get(f, facilitator(f), "SeparatePublications", separate_of(f, first));
        assert_true(id_equal(id_of(reply->contract_id), id_of(second)));
        assert_int_equal(listed(f), 2);
        assert_int_equal(unfollowed(f), 2);
        (void)fixture_get(f, facilitator(f), "JoinPublications", join_of(f, first, second)); /* the other way */
        assert_int_equal(listed(f), 1);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Types__Id *first = published(f, "2026T0100"), *second = published(f, "2026T0101");
        (void)fixture_refused(f, facilitator(f), "SeparatePublications", separate_of(f, first),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(f, facilitator(f), "SeparatePublications",
                              separate_of(f, id_to(&f->arena, id_numbered(77))), TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_get(f, facilitator(f), "JoinPublications", join_of(f, second, first));
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"), "SeparatePublications",
                              separate_of(f, first), TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_each_has_its_own_history_again(void **state)
{
        struct fixture *f = *state;
        const Contracts__HistoryLine *lines[16];
        Types__Id *first = published(f, "2026T0100"), *second = published(f, "2026T0101");
        (void)fixture_get(f, facilitator(f), "JoinPublications", join_of(f, second, first));
        assert_int_equal(history_lines(f, second, lines), 3);
        (void)fixture_get(f, facilitator(f), "SeparatePublications", separate_of(f, first));
        assert_int_equal(history_lines(f, second, lines), 3); /* published, joined, separated */
        assert_ptr_equal(strstr(lines[0]->text, "Contrat n° 2026T0101"), lines[0]->text);
        assert_int_equal(history_lines(f, first, lines), 3);
        assert_ptr_equal(strstr(lines[0]->text, "Contrat n° 2026T0100"), lines[0]->text);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_both_are_counted_again, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_each_has_its_own_history_again, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
