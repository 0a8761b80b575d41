#include "tests/unit/services/directory/fixture.h"

static void test_counts(void **state)
{
        struct fixture *f = *state;
        Types__Id *last = NULL;
        for (int i = 0; i < 7; i++) {
                Directory__Organisation *o =
                        structure(f, siret_numbered(f, 1 + (unsigned)i), i < 3 ? KIND(GEIQ) : KIND(ACI));
                if (i == 6)
                        o->territory = arena_text(&f->arena, "09");
                last = put(f, o)->organisation_id;
        }
        close_organisation(f, last);

        const Directory__CountsByKindReply *all = counts(f, "");
        assert_int_equal(all->n_counts, 2); /* kinds ascending */
        assert_int_equal(all->counts[0]->kind, KIND(ACI));
        assert_int_equal(all->counts[0]->open, 3);
        assert_int_equal(all->counts[0]->closed, 1);
        assert_int_equal(all->counts[1]->kind, KIND(GEIQ));
        assert_int_equal(all->counts[1]->open, 3);

        const Directory__CountsByKindReply *ariege = counts(f, "09");
        assert_int_equal(ariege->n_counts, 1);
        assert_int_equal(ariege->counts[0]->open, 0);
        assert_int_equal(ariege->counts[0]->closed, 1);
        assert_int_equal(counts(f, "82")->n_counts, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_counts, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
