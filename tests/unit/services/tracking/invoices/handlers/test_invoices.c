/* Whose invoices are shown, which are asked for, and their history. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/service/versions.h"
#include "tests/unit/services/tracking/invoices/recorded.h"

static size_t seen(struct scene *s, const Wire__Passport *actor, const Tracking__Invoices *query)
{
        const Tracking__InvoicesReply *reply = fixture_get(&s->f, actor, "Invoices", query);
        return reply->n_lines;
}

/* The scene's company owes the hours of its obligation. */
static void owe(struct scene *s)
{
        Contracts__ObligationAssigned assigned = CONTRACTS__OBLIGATION_ASSIGNED__INIT;
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        assigned.obligation_id = scene_id(s, s->obligation);
        assigned.contractor_organisation = scene_id(s, s->company);
        assigned.contractor_name = arena_text(&s->f.arena, "Bâtisseurs réunis");
        event.body_case = CONTRACTS__EVENT__BODY_OBLIGATION_ASSIGNED;
        event.obligation_assigned = &assigned;
        scene_feed_contracts(s, &event);
}

static void test_each_sees_its_own(void **state)
{
        struct scene *s = *state;
        Tracking__Invoices all = TRACKING__INVOICES__INIT;
        (void)recorded_invoice(s, "F-1");
        owe(s);
        const Wire__Passport *readers[] = {s->facilitator, s->auditor, s->coordinator, s->structure_user,
                                           s->company_user};
        for (size_t i = 0; i < ARRAY_SIZE(readers); i++)
                assert_int_equal(seen(s, readers[i], &all), 1);
        assert_int_equal(seen(s, s->stranger, &all), 0);
        assert_int_equal(seen(s, s->other_company_user, &all), 0);
        scene_private(s, "75"); /* its partners read it still */
        assert_int_equal(seen(s, s->facilitator, &all), 0);
        assert_int_equal(seen(s, s->structure_user, &all), 1);
        assert_int_equal(seen(s, s->company_user, &all), 1);
}

static void test_which_are_asked_for(void **state)
{
        struct scene *s = *state;
        Tracking__Invoices query = TRACKING__INVOICES__INIT;
        (void)recorded_invoice(s, "F-1");
        Tracking__RecordInvoice *august = an_invoice(s, "F-2");
        august->dated = scene_date(s, 2026, 8, 1);
        (void)fixture_get(&s->f, s->facilitator, "RecordInvoice", august);
        query.month = scene_month(s, 2026, 9);
        assert_int_equal(seen(s, s->facilitator, &query), 1);
        query.month = NULL;
        query.subcontractor = scene_id(s, s->structure);
        assert_int_equal(seen(s, s->facilitator, &query), 2);
        query.obligation_id = scene_id(s, s->unpriced);
        assert_int_equal(seen(s, s->facilitator, &query), 0);
        query.obligation_id = scene_id(s, s->obligation);
        assert_int_equal(seen(s, s->facilitator, &query), 2);
        query.territory = arena_text(&s->f.arena, "81");
        assert_int_equal(seen(s, s->facilitator, &query), 0);
}

static const Tracking__InvoiceByIdReply *history(struct scene *s, const Wire__Passport *actor, Types__Id *invoice)
{
        Tracking__InvoiceById query = TRACKING__INVOICE_BY_ID__INIT;
        query.invoice_id = invoice;
        return fixture_get(&s->f, actor, "InvoiceById", &query);
}

static void test_history(void **state)
{
        struct scene *s = *state;
        Types__Id *invoice = recorded_invoice(s, "F-1");
        Tracking__CorrectInvoice *command = correction_of(s, invoice, "F-2");
        command->declared_hours = scene_hours(s, 15000);
        (void)fixture_get(&s->f, s->facilitator, "CorrectInvoice", command);
        (void)fixture_get(&s->f, s->facilitator, "CancelInvoice", cancellation_of(s, invoice));
        const Tracking__InvoiceByIdReply *told = history(s, s->facilitator, invoice);
        assert_true(told->invoice->cancelled);
        assert_int_equal(told->n_entries, 3);
        assert_int_equal(told->entries[0]->act, TRACKING__INVOICE_ACT__INVOICE_WAS_CANCELLED);
        assert_string_equal(told->entries[0]->reason, "avoir du 12 octobre");
        assert_int_equal(told->entries[1]->figures->hours->hundredths, 15000);
        assert_int_equal(told->entries[1]->happened_on->days, day_number(scene_day(2026, 10, 12)));
        assert_int_equal(told->entries[2]->act, TRACKING__INVOICE_ACT__INVOICE_WAS_RECORDED);
        assert_string_equal(told->entries[2]->figures->number, "F-1");
        /* the words are the facilitators'; the figures those of both */
        told = history(s, s->structure_user, invoice);
        assert_int_equal(told->n_entries, 3);
        assert_string_equal(told->entries[0]->reason, "");
        Tracking__InvoiceById query = TRACKING__INVOICE_BY_ID__INIT;
        query.invoice_id = invoice;
        (void)fixture_refused(&s->f, s->other_company_user, "InvoiceById", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_history_in_pages(void **state)
{
        struct scene *s = *state;
        Types__Id *invoice = recorded_invoice(s, "F-1");
        (void)fixture_get(&s->f, s->facilitator, "CorrectInvoice", correction_of(s, invoice, "F-2"));
        Tracking__InvoiceById query = TRACKING__INVOICE_BY_ID__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        query.invoice_id = invoice;
        query.page = &page;
        page.limit = 1;
        const Tracking__InvoiceByIdReply *told = fixture_get(&s->f, s->facilitator, "InvoiceById", &query);
        assert_string_equal(told->entries[0]->figures->number, "F-2");
        page.after = told->next;
        told = fixture_get(&s->f, s->facilitator, "InvoiceById", &query);
        assert_int_equal(told->n_entries, 1);
        assert_string_equal(told->entries[0]->figures->number, "F-1");
        assert_int_equal(told->next.len, 0);
        query.invoice_id = recorded_invoice(s, "F-9"); /* a cursor of another invoice */
        (void)fixture_refused(&s->f, s->facilitator, "InvoiceById", &query, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

/* The sheet's warning follows the invoice into another month, and goes with it. */
static void test_the_warning_of_a_month_follows(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        Types__Id *invoice = recorded_invoice(s, "F-1"); /* of September */
        const Tracking__SubmitHoursReply *reply =
                fixture_get(&s->f, s->facilitator, "SubmitHours", scene_submission(s, placement, 9, 10000));
        assert_int_equal(reply->n_warnings, 1);
        assert_string_equal(reply->warnings[0]->code, "STAFF_AND_INVOICE");
        Tracking__CorrectInvoice *command = correction_of(s, invoice, "F-1");
        command->dated = scene_date(s, 2026, 8, 31);
        (void)fixture_get(&s->f, s->facilitator, "CorrectInvoice", command);
        reply = fixture_get(&s->f, s->facilitator, "SubmitHours", scene_submission(s, placement, 9, 10000));
        assert_int_equal(reply->n_warnings, 0);
        reply = fixture_get(&s->f, s->facilitator, "SubmitHours", scene_submission(s, placement, 8, 10000));
        assert_int_equal(reply->n_warnings, 1);
        (void)fixture_get(&s->f, s->facilitator, "CancelInvoice", cancellation_of(s, invoice));
        reply = fixture_get(&s->f, s->facilitator, "SubmitHours", scene_submission(s, placement, 8, 10000));
        assert_int_equal(reply->n_warnings, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_each_sees_its_own, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_which_are_asked_for, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_history, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_history_in_pages, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_the_warning_of_a_month_follows, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
