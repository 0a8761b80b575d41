#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/scene.h"

static Tracking__RecordInvoice *invoice(struct scene *s, const char *number)
{
        Tracking__RecordInvoice *command = pb_new(&tracking__record_invoice__descriptor, &s->f.arena);
        command->obligation_id = scene_id(s, s->obligation);
        command->subcontractor = scene_id(s, s->structure);
        command->number = arena_text(&s->f.arena, number);
        command->dated = scene_date(s, 2026, 9, 30);
        command->amount = money_to(&s->f.arena, money_of_cents(1200000)); /* 12,000 x 0.5 / 30 = 200 h */
        command->territory = arena_text(&s->f.arena, "31");
        return command;
}

static const Types__Refusal *refused(struct scene *s, const Tracking__RecordInvoice *command, Types__RefusalCode code)
{
        return fixture_refused(&s->f, s->facilitator, "RecordInvoice", command, code);
}

static void test_amount_is_converted(void **state)
{
        struct scene *s = *state;
        const Tracking__RecordInvoiceReply *reply =
                fixture_get(&s->f, s->facilitator, "RecordInvoice", invoice(s, " F-2026-041 "));
        assert_int_equal(reply->hours->hundredths, 20000);
        assert_int_equal(id_partition(id_of(reply->invoice_id)), SCENE_PARTITION);
        const Tracking__InvoiceConverted *event = scene_last_event(s)->invoice_converted;
        assert_string_equal(event->number, "F-2026-041");
        assert_int_equal(event->hours->hundredths, 20000);
        assert_int_equal(event->amount->cents, 1200000);
        assert_false(event->declared);
}

static void test_declared_hours_are_used_instead(void **state)
{
        struct scene *s = *state;
        Tracking__RecordInvoice *command = invoice(s, "F1");
        command->declared_hours = scene_hours(s, 12345);
        const Tracking__RecordInvoiceReply *reply = fixture_get(&s->f, s->facilitator, "RecordInvoice", command);
        assert_int_equal(reply->hours->hundredths, 12345);
        assert_true(scene_last_event(s)->invoice_converted->declared);
}

static void test_counted_once(void **state)
{
        struct scene *s = *state;
        (void)fixture_get(&s->f, s->facilitator, "RecordInvoice", invoice(s, "F1"));
        (void)refused(s, invoice(s, "F1"), TYPES__REFUSAL_CODE__ALREADY_EXISTS);
        (void)refused(s, invoice(s, "F1 "), TYPES__REFUSAL_CODE__ALREADY_EXISTS);
        (void)fixture_get(&s->f, s->facilitator, "RecordInvoice", invoice(s, "F2"));
}

static void test_refusals(void **state)
{
        struct scene *s = *state;
        Tracking__RecordInvoice *command = invoice(s, "F1");
        command->obligation_id = scene_id(s, scene_name("none"));
        (void)refused(s, command, TYPES__REFUSAL_CODE__NOT_FOUND);
        command = invoice(s, "F1");
        command->obligation_id = scene_id(s, s->unpriced);
        assert_string_equal(refused(s, command, TYPES__REFUSAL_CODE__WRONG_STATE)->field, "obligationId");
        command->declared_hours = scene_hours(s, 10000);
        (void)fixture_get(&s->f, s->facilitator, "RecordInvoice", command);
        command = invoice(s, "F3");
        command->subcontractor = scene_id(s, s->company);
        assert_string_equal(refused(s, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "subcontractor");
        assert_string_equal(refused(s, invoice(s, "  "), TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "number");
}

static void test_territory(void **state)
{
        struct scene *s = *state;
        Wire__Passport *everywhere = fixture_actor(&s->f, TYPES__ROLE__FACILITATOR, NULL, "*");
        Tracking__RecordInvoice *command = invoice(s, "F1");
        command->territory = arena_text(&s->f.arena, "66"); /* another partition's */
        assert_string_equal(
                fixture_refused(&s->f, everywhere, "RecordInvoice", command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "territory");
        command->territory = arena_text(&s->f.arena, "81"); /* ours, but another follows the obligation */
        assert_string_equal(refused(s, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "territory");
        command->territory = arena_text(&s->f.arena, "31");
        const Wire__Passport *others[] = {s->stranger, s->company_user, s->structure_user, s->prescriber, s->auditor};
        for (size_t i = 0; i < ARRAY_SIZE(others); i++)
                (void)fixture_refused(&s->f, others[i], "RecordInvoice", command,
                                      i == 0 ? TYPES__REFUSAL_CODE__NOT_FOUND : TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void contract_is_worth(struct scene *s, int64_t cents)
{
        Contracts__ContractRecord record = CONTRACTS__CONTRACT_RECORD__INIT;
        Contracts__ContractImported imported = CONTRACTS__CONTRACT_IMPORTED__INIT;
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        record.kind = CONTRACTS__CONTRACT_KIND__MARKET;
        record.amount = money_to(&s->f.arena, money_of_cents(cents));
        imported.contract_id = scene_id(s, scene_name("contract"));
        imported.record = &record;
        event.body_case = CONTRACTS__EVENT__BODY_CONTRACT_IMPORTED;
        event.contract_imported = &imported;
        scene_feed_contracts(s, &event);
}

/* What an invoice of 12,000 euros of that number is warned of. */
static size_t warned(struct scene *s, const char *number)
{
        const Tracking__RecordInvoiceReply *reply =
                fixture_get(&s->f, s->facilitator, "RecordInvoice", invoice(s, number));
        return reply->n_warnings;
}

/* An amount that stands for "not known" is no bound of what is invoiced. */
static void test_a_doubtful_amount_is_no_bound(void **state)
{
        struct scene *s = *state;
        contract_is_worth(s, 1300000);
        assert_int_equal(warned(s, "F1"), 0);
        assert_int_equal(warned(s, "F2"), 1); /* 24,000 of 13,000 */
        contract_is_worth(s, 100);            /* a euro */
        assert_int_equal(warned(s, "F3"), 0);
        contract_is_worth(s, 1111100);
        assert_int_equal(warned(s, "F4"), 1); /* 11,111: five digits are an amount */
}

/* A private contract of another territory reads as none, whatever else is wrong; of one's own, the event says so. */
static void test_a_private_contract_is_written_by_its_own(void **state)
{
        struct scene *s = *state;
        Tracking__RecordInvoice *unknown = invoice(s, "F1"), *elsewhere = invoice(s, "F1");
        unknown->obligation_id = scene_id(s, scene_name("no such obligation"));
        elsewhere->territory = arena_text(&s->f.arena, "81"); /* would tell who follows it */
        const Types__Refusal nothing = *refused(s, unknown, TYPES__REFUSAL_CODE__NOT_FOUND);
        scene_private(s, "75");
        const Types__Refusal hidden = *refused(s, elsewhere, TYPES__REFUSAL_CODE__NOT_FOUND);
        assert_string_equal(hidden.field, nothing.field);
        assert_string_equal(hidden.text, nothing.text);
        (void)refused(s, invoice(s, "F1"), TYPES__REFUSAL_CODE__NOT_FOUND);
        scene_private(s, "31");
        (void)fixture_get(&s->f, s->facilitator, "RecordInvoice", invoice(s, "F1"));
        assert_true(scene_last_event(s)->invoice_converted->is_private);
}

/* An obligation of a private contract of the Seine that is followed here. */
static struct id hidden_obligation(struct scene *s, const char *name)
{
        char *followed[] = {(char[]){"31"}}, *own[] = {(char[]){"75"}};
        Contracts__ContractRecord record = CONTRACTS__CONTRACT_RECORD__INIT;
        Contracts__ContractOpened opened = CONTRACTS__CONTRACT_OPENED__INIT;
        Contracts__ObligationRecorded recorded = CONTRACTS__OBLIGATION_RECORDED__INIT;
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        record.kind = CONTRACTS__CONTRACT_KIND__PRIVATE;
        opened.contract_id = scene_id(s, scene_name(arena_printf(&s->f.arena, "contract of %s", name)));
        opened.record = &record;
        opened.territories = own;
        opened.n_territories = 1;
        event.body_case = CONTRACTS__EVENT__BODY_CONTRACT_OPENED;
        event.contract_opened = &opened;
        scene_feed_contracts(s, &event);
        recorded.obligation_id = scene_id(s, scene_name(name));
        recorded.contract_id = opened.contract_id;
        recorded.territories = followed;
        recorded.n_territories = 1;
        recorded.hourly_cost = money_to(&s->f.arena, money_of_cents(3000));
        recorded.labour_share = share_to(&s->f.arena, share_of_millionths(500000));
        event.body_case = CONTRACTS__EVENT__BODY_OBLIGATION_RECORDED;
        event.obligation_recorded = &recorded;
        scene_feed_contracts(s, &event);
        return scene_name(name);
}

/* A number counts once, whoever counted it; where, only those learn who may read it. */
static void test_where_it_counts_is_told_to_its_readers(void **state)
{
        struct scene *s = *state;
        char where[ID_TEXT_SIZE];
        Wire__Passport *insider = fixture_actor(&s->f, TYPES__ROLE__FACILITATOR, NULL, "31 75");
        static const char *const names[] = {"a school", "a harbour"}, *const numbers[] = {"F-1", "F-2-BIS"};
        const Types__Refusal *hidden[2];
        for (size_t i = 0; i < 2; i++) { /* two worlds that differ in what she may not see */
                Tracking__RecordInvoice *elsewhere = invoice(s, numbers[i]);
                elsewhere->obligation_id = scene_id(s, hidden_obligation(s, names[i]));
                (void)fixture_get(&s->f, insider, "RecordInvoice", elsewhere);
                hidden[i] = refused(s, invoice(s, numbers[i]), TYPES__REFUSAL_CODE__ALREADY_EXISTS);
                id_format(id_of(elsewhere->obligation_id), where);
                assert_null(strstr(hidden[i]->text, where));
                assert_null(strstr(hidden[i]->text, "déjà enregistrée"));
                assert_non_null(strstr(fixture_refused(&s->f, insider, "RecordInvoice", invoice(s, numbers[i]),
                                                       TYPES__REFUSAL_CODE__ALREADY_EXISTS)
                                               ->text,
                                       where));
        }
        assert_string_equal(hidden[0]->text, hidden[1]->text);
        (void)fixture_get(&s->f, s->facilitator, "RecordInvoice", invoice(s, "F-3"));
        id_format(s->obligation, where);
        assert_non_null(strstr(refused(s, invoice(s, "F-3"), TYPES__REFUSAL_CODE__ALREADY_EXISTS)->text, where));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_amount_is_converted, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_declared_hours_are_used_instead, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_counted_once, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_refusals, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_doubtful_amount_is_no_bound, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_territory, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_private_contract_is_written_by_its_own, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_where_it_counts_is_told_to_its_readers, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
