/* An invoice that was set right, or cancelled: the ledger gets the difference, in the month that it is of, once. */
#include "tests/unit/services/contracts/fixture.h"

static Types__Day *october(struct fixture *f)
{
        return a_day(f, 2026, 10, 9);
}

static Tracking__InvoiceFigures figures(struct fixture *f, Types__Day *dated, int64_t hundredths)
{
        Tracking__InvoiceFigures made = TRACKING__INVOICE_FIGURES__INIT;
        made.number = arena_text(&f->arena, "F-1");
        made.dated = dated;
        made.hours = hours_to(&f->arena, hours_of_hundredths(hundredths));
        return made;
}

static void convert(struct fixture *f, Types__Id *obligation, int64_t hundredths)
{
        Tracking__Event event = TRACKING__EVENT__INIT;
        Tracking__InvoiceConverted converted = TRACKING__INVOICE_CONVERTED__INIT;
        converted.invoice_id = id_to(&f->arena, id_numbered(1));
        converted.obligation_id = obligation;
        converted.number = arena_text(&f->arena, "F-1");
        converted.dated = october(f);
        converted.hours = hours_to(&f->arena, hours_of_hundredths(hundredths));
        event.body_case = TRACKING__EVENT__BODY_INVOICE_CONVERTED;
        event.invoice_converted = &converted;
        assert_int_equal(engine_feed(f->engine, "tracking-1", 1, &event.base), 0);
}

static void correct(struct fixture *f, uint64_t number, Types__Id *obligation, Tracking__InvoiceFigures *was,
                    Tracking__InvoiceFigures *now)
{
        Tracking__Event event = TRACKING__EVENT__INIT;
        Tracking__InvoiceCorrected corrected = TRACKING__INVOICE_CORRECTED__INIT;
        corrected.invoice_id = id_to(&f->arena, id_numbered(1));
        corrected.obligation_id = obligation;
        corrected.was = was;
        corrected.now = now;
        event.body_case = TRACKING__EVENT__BODY_INVOICE_CORRECTED;
        event.invoice_corrected = &corrected;
        assert_int_equal(engine_feed(f->engine, "tracking-1", number, &event.base), 0);
}

static void cancel(struct fixture *f, uint64_t number, Types__Id *obligation, Tracking__InvoiceFigures *was)
{
        Tracking__Event event = TRACKING__EVENT__INIT;
        Tracking__InvoiceCancelled cancelled = TRACKING__INVOICE_CANCELLED__INIT;
        cancelled.invoice_id = id_to(&f->arena, id_numbered(1));
        cancelled.obligation_id = obligation;
        cancelled.was = was;
        event.body_case = TRACKING__EVENT__BODY_INVOICE_CANCELLED;
        event.invoice_cancelled = &cancelled;
        assert_int_equal(engine_feed(f->engine, "tracking-1", number, &event.base), 0);
}

static int64_t posted_in(const Contracts__ObligationView *view, int year, int month)
{
        int64_t sum = 0;
        for (size_t i = 0; i < view->n_entries; i++)
                if (view->entries[i]->month != NULL && view->entries[i]->to == CONTRACTS__ACCOUNT__CONVERTED &&
                    view->entries[i]->month->months ==
                            month_number(month_of_day(day_of_civil((struct civil){year, month, 1}))))
                        sum += view->entries[i]->hours->hundredths;
        return sum;
}

static void test_the_difference_is_posted(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        Tracking__InvoiceFigures was = figures(f, october(f), 20000), now = figures(f, october(f), 15000);
        convert(f, obligation, 20000);
        correct(f, 2, obligation, &was, &now);
        correct(f, 3, obligation, &was, &now); /* the same figure again posts nothing */
        const Contracts__ObligationView *view = see_obligation(f, obligation);
        assert_int_equal(view->converted->hundredths, 15000);
        assert_int_equal(view->n_entries, 3);
        assert_string_equal(view->entries[2]->cause, "Facture F-1 corrigée");
}

static void test_another_month(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        Tracking__InvoiceFigures was = figures(f, october(f), 20000), now = figures(f, a_day(f, 2026, 8, 31), 20000);
        convert(f, obligation, 20000);
        correct(f, 2, obligation, &was, &now);
        const Contracts__ObligationView *view = see_obligation(f, obligation);
        assert_int_equal(view->converted->hundredths, 20000);
        assert_int_equal(posted_in(view, 2026, 10), 0);
        assert_int_equal(posted_in(view, 2026, 8), 20000);
        cancel(f, 3, obligation, &now);
        view = see_obligation(f, obligation);
        assert_int_equal(view->converted->hundredths, 0);
        assert_int_equal(posted_in(view, 2026, 8), 0);
        assert_int_equal(view->remaining->hundredths, 83300);
}

static void test_what_a_newer_tracking_may_tell(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        Tracking__InvoiceFigures undated = figures(f, NULL, 100), dated = figures(f, october(f), 100);
        convert(f, obligation, 20000);
        correct(f, 2, obligation, NULL, &dated);
        correct(f, 3, obligation, &dated, &undated);
        cancel(f, 4, obligation, NULL);
        cancel(f, 5, obligation, &undated);
        assert_int_equal(see_obligation(f, obligation)->converted->hundredths, 20000);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_the_difference_is_posted, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_another_month, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_a_newer_tracking_may_tell, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
