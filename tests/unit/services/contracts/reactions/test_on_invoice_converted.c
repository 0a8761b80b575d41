/* An inclusive subcontractor's invoice, turned into hours by tracking: DUE -> CONVERTED. */
#include "tests/unit/services/contracts/fixture.h"

static void test_deducted(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        invoice_converted(f, 1, obligation, 1, 4233);
        invoice_converted(f, 2, obligation, 2, 1000);
        invoice_converted(f, 3, obligation, 2, 1000);
        const Contracts__ObligationView *view = see_obligation(f, obligation);
        assert_int_equal(view->converted->hundredths, 5233);
        assert_int_equal(view->done->hundredths, 0);
        assert_int_equal(view->remaining->hundredths, 83300 - 5233);
        assert_int_equal(view->n_entries, 3);
        assert_int_equal(view->entries[1]->month->months,
                         month_number(month_of_day(day_of_civil((struct civil){2026, 10, 9}))));
}

static void convert(struct fixture *f, uint64_t number, Types__Id *obligation, char *invoice, Types__Day *dated)
{
        Tracking__Event event = TRACKING__EVENT__INIT;
        Tracking__InvoiceConverted converted = TRACKING__INVOICE_CONVERTED__INIT;
        converted.invoice_id = id_to(&f->arena, id_numbered((uint8_t)number));
        converted.obligation_id = obligation;
        converted.number = invoice;
        converted.dated = dated;
        converted.hours = whole_hours(f, 10);
        event.body_case = TRACKING__EVENT__BODY_INVOICE_CONVERTED;
        event.invoice_converted = &converted;
        assert_int_equal(engine_feed(f->engine, "tracking-1", number, &event.base), 0);
}

static void test_odd_numbers_and_dates(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        char *text = arena_alloc(&f->arena, 101);
        memset(text, 'x', 100);
        text[100] = '\0';
        convert(f, 1, obligation, text, a_day(f, 2026, 10, 9));
        assert_string_equal(see_obligation(f, obligation)->entries[1]->cause, "Facture convertie");
        convert(f, 2, obligation, text + 100, a_day(f, 2026, 10, 9));
        assert_string_equal(see_obligation(f, obligation)->entries[2]->cause, "Facture convertie");
        convert(f, 3, obligation, text, NULL);
        assert_int_equal(see_obligation(f, obligation)->n_entries, 3);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_deducted, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_odd_numbers_and_dates, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
