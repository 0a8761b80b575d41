/* What is not posted: hours of an obligation that is not known here, and figures that no ledger can hold. */
#include "tests/unit/services/contracts/fixture.h"

static void test_unknown_obligation(void **state)
{
        struct fixture *f = *state;
        (void)an_obligation(f);
        uint64_t position = engine_position(f->engine);
        hours_validated(f, 1, id_to(&f->arena, id_numbered(99)), 1, 15167);
        invoice_converted(f, 2, NULL, 2, 1000);
        assert_int_equal(engine_position(f->engine), position);
        assert_int_equal(engine_source_position(f->engine, "tracking-1"), 2); /* taken in, and done with */
}

static void test_figures_beyond_all_measure(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        hours_validated(f, 1, obligation, 1, INT64_MAX);
        int64_t after = see_obligation(f, obligation)->remaining->hundredths;
        hours_validated(f, 2, obligation, 2, INT64_MAX); /* the second no longer fits */
        assert_int_equal(see_obligation(f, obligation)->remaining->hundredths, after);
        hours_validated(f, 3, obligation, 1, INT64_MIN); /* the difference alone does not fit */
        assert_int_equal(see_obligation(f, obligation)->remaining->hundredths, after);
        hours_validated(f, 4, obligation, 1, 100);
        assert_int_equal(see_obligation(f, obligation)->done->hundredths, 100);
        assert_int_equal(ledger_sum(f, NULL), 0);
}

/* The same event again (at least once on the wire) does nothing: the runtime holds its number. */
static void test_delivered_twice(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        hours_validated(f, 1, obligation, 1, 15167);
        uint64_t position = engine_position(f->engine);
        hours_validated(f, 1, obligation, 1, 15167);
        assert_int_equal(engine_position(f->engine), position);
        assert_int_equal(see_obligation(f, obligation)->done->hundredths, 15167);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_unknown_obligation, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_figures_beyond_all_measure, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_delivered_twice, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
