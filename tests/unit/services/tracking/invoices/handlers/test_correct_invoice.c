/* Invoices that were recorded wrongly: told again, or cancelled; what stays, who is told, who may. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/service/versions.h"
#include "tests/unit/services/tracking/invoices/recorded.h"

static const Types__Refusal *refused(struct scene *s, const Tracking__CorrectInvoice *command, Types__RefusalCode code)
{
        return fixture_refused(&s->f, s->facilitator, "CorrectInvoice", command, code);
}

static void test_told_again(void **state)
{
        struct scene *s = *state;
        Tracking__CorrectInvoice *command = correction_of(s, recorded_invoice(s, "F-1"), " F-1 bis ");
        command->amount = money_to(&s->f.arena, money_of_cents(1000020));
        command->dated = scene_date(s, 2026, 8, 31);
        const Tracking__CorrectInvoiceReply *reply = fixture_get(&s->f, s->facilitator, "CorrectInvoice", command);
        assert_int_equal(reply->hours->hundredths, 16667);
        assert_int_equal(reply->replaced->hundredths, 20000);
        const Tracking__InvoiceCorrected *event = scene_last_event(s)->invoice_corrected;
        assert_string_equal(event->was->number, "F-1");
        assert_string_equal(event->now->number, "F-1 bis");
        assert_int_equal(event->now->hours->hundredths, 16667);
        assert_int_equal(event->was->dated->days, day_number(scene_day(2026, 9, 30)));
        assert_int_equal(event->corrected_on->days, day_number(scene_day(2026, 10, 12)));
        /* the number that was wrong is free, the one that is right is taken */
        (void)recorded_invoice(s, "F-1");
        (void)fixture_refused(&s->f, s->facilitator, "RecordInvoice", an_invoice(s, "F-1 bis"),
                              TYPES__REFUSAL_CODE__ALREADY_EXISTS);
}

static void test_what_is_refused(void **state)
{
        struct scene *s = *state;
        Types__Id *invoice = recorded_invoice(s, "F-1");
        (void)recorded_invoice(s, "F-2");
        assert_string_equal(refused(s, correction_of(s, invoice, "F-1"), TYPES__REFUSAL_CODE__WRONG_STATE)->field,
                            "invoiceId"); /* nothing is changed */
        assert_string_equal(refused(s, correction_of(s, invoice, "F-2"), TYPES__REFUSAL_CODE__ALREADY_EXISTS)->field,
                            "number");
        Tracking__CorrectInvoice *command = correction_of(s, invoice, "F-3");
        command->corrected_on = scene_date(s, 2026, 10, 19);
        assert_string_equal(refused(s, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "correctedOn");
        command = correction_of(s, invoice, "F-3");
        command->reason = arena_text(&s->f.arena, "");
        assert_string_equal(refused(s, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "reason");
        command->reason = arena_text(&s->f.arena, "1 90 05 31 555 012 34 : numéro recopié");
        assert_string_equal(refused(s, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "reason");
        command = correction_of(s, invoice, "F-3");
        command->declared_hours = scene_hours(s, 1); /* 12,000 € for a hundredth of an hour */
        assert_string_equal(refused(s, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "amount");
        command = correction_of(s, scene_id(s, scene_name("no such invoice")), "F-3");
        (void)refused(s, command, TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_cancelled(void **state)
{
        struct scene *s = *state;
        Types__Id *invoice = recorded_invoice(s, "F-1");
        const Tracking__CancelInvoiceReply *reply =
                fixture_get(&s->f, s->facilitator, "CancelInvoice", cancellation_of(s, invoice));
        assert_int_equal(reply->hours->hundredths, 20000);
        const Tracking__InvoiceCancelled *event = scene_last_event(s)->invoice_cancelled;
        assert_int_equal(event->was->hours->hundredths, 20000);
        (void)fixture_refused(&s->f, s->facilitator, "CancelInvoice", cancellation_of(s, invoice),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)refused(s, correction_of(s, invoice, "F-2"), TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)recorded_invoice(s, "F-1"); /* its number is free */
}

/* Nobody overwrites what he has not read, and who had recorded it is told. */
static void test_another_is_told(void **state)
{
        struct scene *s = *state;
        const struct id account = scene_name("Anne");
        s->facilitator->account = scene_id(s, account);
        (void)recorded_invoice(s, "F-0");
        Types__Id *invoice = recorded_invoice(s, "F-1");
        Tracking__CorrectInvoice *command = correction_of(s, invoice, "F-2");
        command->seen = 1;
        (void)fixture_refused(&s->f, scene_colleague(s), "CorrectInvoice", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        command->seen = VERSION_ANY;
        Wire__Passport *colleague = scene_colleague(s);
        const struct id other = scene_name("Bruno");
        colleague->account = scene_id(s, other);
        (void)fixture_get(&s->f, colleague, "CorrectInvoice", command);
        const Types__ChangedByAnother *told = scene_last_event(s)->changed_by_another;
        assert_int_equal(told->n_accounts, 1);
        assert_true(id_equal(id_of(told->accounts[0]), account));
        assert_string_equal(told->thing, "la facture F-1");
        assert_non_null(strstr(told->before, "200"));
        assert_int_equal(told->n_organisation_ids, 1);
}

static void test_scope(void **state)
{
        struct scene *s = *state;
        Types__Id *invoice = recorded_invoice(s, "F-1");
        const Wire__Passport *others[] = {s->structure_user, s->company_user, s->auditor, s->prescriber};
        for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
                (void)fixture_refused(&s->f, others[i], "CorrectInvoice", correction_of(s, invoice, "F-2"),
                                      TYPES__REFUSAL_CODE__NOT_ALLOWED);
                (void)fixture_refused(&s->f, others[i], "CancelInvoice", cancellation_of(s, invoice),
                                      TYPES__REFUSAL_CODE__NOT_ALLOWED);
        }
        (void)fixture_refused(&s->f, s->stranger, "CorrectInvoice", correction_of(s, invoice, "F-2"),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        scene_private(s, "75"); /* another's from now on */
        (void)fixture_refused(&s->f, s->facilitator, "CancelInvoice", cancellation_of(s, invoice),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
}

/* Cancelled, then its contract turns out private: nothing of it is counted out twice. */
static void test_a_cancelled_one_is_reclassified_without_hours(void **state)
{
        struct scene *s = *state;
        Types__Id *invoice = recorded_invoice(s, "F-1");
        (void)fixture_get(&s->f, s->facilitator, "CancelInvoice", cancellation_of(s, invoice));
        scene_private(s, "31");
        scene_amend(s, CONTRACTS__CONTRACT_KIND__PRIVATE);
        const Tracking__Event *event = scene_last_event(s);
        assert_int_equal(event->body_case, TRACKING__EVENT__BODY_INVOICE_RECLASSIFIED);
        assert_int_equal(hours_hundredths(hours_of(event->invoice_reclassified->hours)), 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_told_again, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_what_is_refused, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_cancelled, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_another_is_told, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_scope, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_cancelled_one_is_reclassified_without_hours, scene_open,
                                                scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
