/* Until when suspensions run, and which of them would stop the same company on one day. */
#include "services/contracts/record/suspension.h"
#include "tests/unit/services/contracts/fixture.h"

enum { FIRST = 1, SECOND = 2 };

static Contracts__Suspension *suspension_of(struct fixture *f, uint32_t lot, uint8_t obligation, Types__Day *from,
                                            Types__Day *to)
{
        Contracts__Suspension *one = pb_new(&contracts__suspension__descriptor, &f->arena);
        one->lot = lot;
        one->obligation_id = obligation == 0 ? NULL : id_to(&f->arena, id_numbered(obligation));
        one->from = from;
        one->to = one->decided_to = to;
        return one;
}

static bool covers(struct fixture *f, uint32_t lot, uint8_t obligation, uint32_t other_lot, uint8_t other)
{
        struct stopped all = stopped_by(suspension_of(f, lot, obligation, NULL, NULL)),
                       part = stopped_by(suspension_of(f, other_lot, other, NULL, NULL));
        return stopped_covers(&all, &part);
}

static void test_whom_it_stops(void **state)
{
        struct fixture *f = *state;
        assert_true(covers(f, 0, 0, 0, 0));
        assert_true(covers(f, 0, 0, 2, FIRST));
        assert_true(covers(f, 2, 0, 2, FIRST));
        assert_true(covers(f, 2, FIRST, 2, FIRST));
        assert_false(covers(f, 2, 0, 0, 0));
        assert_false(covers(f, 2, 0, 3, 0));
        assert_false(covers(f, 2, FIRST, 2, 0));
        assert_false(covers(f, 2, FIRST, 2, SECOND));
}

static void test_until_when_it_runs(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractFile file = CONTRACTS__CONTRACT_FILE__INIT;
        Contracts__Resumption of_all = CONTRACTS__RESUMPTION__INIT, of_lot = CONTRACTS__RESUMPTION__INIT,
                              *list[] = {&of_all, &of_lot};
        file.resumptions = list, file.n_resumptions = ARRAY_SIZE(list);
        of_all.resumed_on = a_day(f, 2026, 8, 1);
        of_lot.resumed_on = a_day(f, 2026, 7, 1);
        of_lot.lot = 2;
        Contracts__Suspension *one = suspension_of(f, 2, FIRST, a_day(f, 2026, 6, 1), NULL);
        assert_int_equal(suspension_last(&file, one, &f->arena)->days, a_day(f, 2026, 6, 30)->days);
        one->lot = 3; /* the lot's resumption is another's */
        assert_int_equal(suspension_last(&file, one, &f->arena)->days, a_day(f, 2026, 7, 31)->days);
        one->decided_to = a_day(f, 2026, 7, 10);
        assert_int_equal(suspension_last(&file, one, &f->arena)->days, a_day(f, 2026, 7, 10)->days);
        one->from = a_day(f, 2026, 8, 1); /* resumed before it began */
        one->decided_to = NULL;
        assert_null(suspension_last(&file, one, &f->arena));
}

static void test_which_one_it_meets(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractFile file = CONTRACTS__CONTRACT_FILE__INIT;
        Contracts__Suspension *list[] = {suspension_of(f, 2, 0, a_day(f, 2026, 6, 1), a_day(f, 2026, 6, 30))};
        file.suspensions = list, file.n_suspensions = 1;
        Contracts__Suspension *asked = suspension_of(f, 0, 0, a_day(f, 2026, 6, 30), NULL);
        assert_ptr_equal(suspension_met(&file, asked), list[0]);
        asked->from = a_day(f, 2026, 7, 1);
        assert_null(suspension_met(&file, asked));
        asked->from = a_day(f, 2026, 5, 1);
        asked->to = a_day(f, 2026, 5, 31);
        assert_null(suspension_met(&file, asked));
        asked->to = NULL;
        assert_ptr_equal(suspension_met(&file, asked), list[0]);
        asked->lot = 3;
        assert_null(suspension_met(&file, asked));
        assert_null(suspension_met(&file, list[0])); /* itself */
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_whom_it_stops, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_until_when_it_runs, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_which_one_it_meets, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
