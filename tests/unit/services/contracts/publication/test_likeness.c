#include "services/contracts/publication/likeness.h"

#include "tests/unit/services/contracts/publication/full_record.h"

static void test_the_number_decides_alone(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *ours = a_record(f), *published = a_record(f);
        published->object = arena_text(&f->arena, "Tout autre chose");
        published->amount = NULL;
        published->notified_on = NULL;
        published->cpv = arena_text(&f->arena, "");
        struct likeness likeness = likeness_of(ours, published, &f->arena);
        assert_int_equal(likeness.score, LIKENESS_CERTAIN);
        assert_int_equal(likeness.reason_count, 1);
}

static void test_the_rest_adds_up(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *ours = a_full_record(f), *published = a_full_record(f);
        ours->number = arena_text(&f->arena, "");
        ours->amount = euros(f, 950000);
        published->notified_on = a_day(f, 2026, 3, 20);
        struct likeness likeness = likeness_of(ours, published, &f->arena);
        assert_true(likeness.score > 90);
        assert_int_equal(likeness.reason_count, 5);
        assert_non_null(strstr(likeness.reasons[1], "18 jours"));
}

static void test_another_contract_does_not_look_like_it(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *ours = a_full_record(f), *published = a_full_record(f);
        ours->number = arena_text(&f->arena, "");
        published->object = arena_text(&f->arena, "Fourniture de denrées pour la restauration collective");
        published->amount = euros(f, 50000);
        published->notified_on = a_day(f, 2025, 1, 1);
        published->cpv = arena_text(&f->arena, "15000000");
        published->n_contractors = 0;
        assert_int_equal(likeness_of(ours, published, &f->arena).score, 0);
}

static void test_nothing_known_looks_like_nothing(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *ours = pb_new(&contracts__contract_record__descriptor, &f->arena);
        assert_int_equal(likeness_of(ours, a_full_record(f), &f->arena).score, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_the_number_decides_alone, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_rest_adds_up, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_another_contract_does_not_look_like_it, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_nothing_known_looks_like_nothing, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
