#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/tracking/hours/hours_rows.h"
#include "services/tracking/hours/statement.h"
#include "services/tracking/invoices/invoices_rows.h"
#include "services/tracking/outcomes/outcomes_rows.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/placements/placement.h"
#include "services/tracking/placements/placements_rows.h"
#include "tests/unit/services/tracking/scene.h"

static struct txn *begin(struct scene *s, enum table_kind kind)
{
        struct txn *txn = txn_begin_write(engine_store(s->f.engine), NULL);
        assert_non_null(txn);
        txn_allow(txn, kind);
        return txn;
}

static void test_rows_come_back_as_they_went(void **state)
{
        struct scene *s = *state;
        struct txn *txn = begin(s, TABLE_STATE);
        struct id id = scene_name("placement");
        struct placement row = {.employer = s->structure, .host = s->company, .territory = "971", .ended = 1}, back;
        assert_false(tracking_placement(txn, id, &back));
        tracking_put_placement(txn, id, &row);
        assert_true(tracking_placement(txn, id, &back));
        assert_memory_equal(&row, &back, sizeof(row));

        struct statement statement = {15167, STATEMENT_NOT_VALIDATED}, found;
        struct month month = month_of_day(scene_day(2026, 4, 1)), other = month_of_day(scene_day(2026, 5, 1));
        tracking_put_statement(txn, month, id, statement);
        assert_true(tracking_statement(txn, month, id, &found));
        assert_memory_equal(&statement, &found, sizeof(found));
        assert_false(tracking_statement(txn, other, id, &found));
        assert_false(tracking_statement(txn, month, scene_name("other"), &found));

        struct slice sealed = slice_of("sealed", 6), back_sealed;
        tracking_put_placement_exit(txn, id, sealed);
        assert_true(tracking_placement_exit(txn, id, &back_sealed));
        assert_true(slice_equal(sealed, back_sealed));
        txn_abort(txn);
}

static void test_one_invoice_per_subcontractor_and_number(void **state)
{
        struct scene *s = *state;
        struct txn *txn = begin(s, TABLE_STATE);
        Tracking__InvoiceConverted invoice = TRACKING__INVOICE_CONVERTED__INIT;
        Tracking__InvoiceRow row = TRACKING__INVOICE_ROW__INIT;
        row.invoice = &invoice;
        invoice.invoice_id = scene_id(s, scene_name("invoice"));
        invoice.obligation_id = scene_id(s, s->obligation);
        invoice.subcontractor = scene_id(s, s->structure);
        invoice.number = arena_text(&s->f.arena, "F-1");
        assert_null(tracking_invoice_of_number(txn, s->structure, "F-1", &s->f.arena));
        tracking_put_invoice(txn, NULL, &row, &s->f.arena);
        assert_non_null(tracking_invoice_of_number(txn, s->structure, "F-1", &s->f.arena));
        assert_null(tracking_invoice_of_number(txn, s->structure, "F-12", &s->f.arena));
        assert_null(tracking_invoice_of_number(txn, s->closed, "F-1", &s->f.arena));
        txn_abort(txn);
}

static size_t counted(struct walk *walk)
{
        struct id id;
        size_t found = 0;
        while (walk_next(walk, &id))
                found++;
        walk_end(walk);
        return found;
}

static size_t count_placements(struct txn *txn, enum placements_list list, struct key part, struct id after)
{
        struct walk walk;
        placements_walk(txn, list, part, id_is_zero(after) ? slice_of(NULL, 0) : id_slice(&after), &walk);
        return counted(&walk);
}

static size_t count_persons(struct txn *txn, enum persons_list list, struct key part)
{
        struct walk walk;
        persons_walk(txn, list, part, slice_of(NULL, 0), &walk);
        return counted(&walk);
}

static void test_lists_of_placements(void **state)
{
        struct scene *s = *state;
        struct txn *txn = begin(s, TABLE_STATE);
        struct id none = {0};
        struct placement row = {.beneficiary = scene_name("p"), .obligation = s->obligation, .employer = s->structure};
        struct id ids[3];
        for (int i = 0; i < 3; i++) {
                ids[i] = id_derived(i, slice_of_text("placement"));
                row.host = i == 2 ? s->structure : s->company;
                tracking_put_placement(txn, ids[i], &row);
                tracking_index_placement(txn, ids[i], &row);
        }
        assert_int_equal(count_placements(txn, LIST_PLACEMENTS, key_empty(), none), 3);
        assert_int_equal(count_placements(txn, LIST_PLACEMENTS, key_empty(), ids[0]), 2);
        assert_int_equal(count_placements(txn, LIST_PLACEMENTS, key_empty(), ids[2]), 0);
        assert_int_equal(count_placements(txn, LIST_PLACEMENTS_OF_BENEFICIARY, key_of_id(row.beneficiary), none), 3);
        assert_int_equal(count_placements(txn, LIST_PLACEMENTS_OF_OBLIGATION, key_of_id(s->obligation), ids[1]), 1);
        assert_int_equal(count_placements(txn, LIST_PLACEMENTS_OF_ORGANISATION, key_of_id(s->structure), none), 3);
        assert_int_equal(count_placements(txn, LIST_PLACEMENTS_OF_ORGANISATION, key_of_id(s->company), none), 2);
        assert_int_equal(count_placements(txn, LIST_PLACEMENTS_OF_ORGANISATION, key_of_id(none), none), 0);
        txn_abort(txn);
}

static void test_an_employer_of_no_directory_is_in_no_list(void **state)
{
        struct scene *s = *state;
        struct txn *txn = begin(s, TABLE_STATE);
        struct id none = {0};
        struct placement row = {.beneficiary = scene_name("p")};
        tracking_index_placement(txn, scene_name("placement"), &row);
        assert_int_equal(count_placements(txn, LIST_PLACEMENTS_OF_ORGANISATION, key_of_id(none), none), 0);
        txn_abort(txn);
}

static void test_lists_of_hours(void **state)
{
        struct scene *s = *state;
        struct txn *txn = begin(s, TABLE_STATE);
        struct month april = month_of_day(scene_day(2026, 4, 1)), may = month_of_day(scene_day(2026, 5, 1));
        struct id a = id_derived(1, slice_of_text("a")), b = id_derived(2, slice_of_text("b")), id;
        struct statement row;
        struct walk walk;
        tracking_put_statement(txn, april, b, (struct statement){200, STATEMENT_NOT_VALIDATED});
        tracking_put_statement(txn, april, a, (struct statement){100, STATEMENT_NOT_VALIDATED});
        tracking_put_statement(txn, may, a, (struct statement){300, STATEMENT_NOT_VALIDATED});

        tracking_walk_month(txn, april, slice_of(NULL, 0), &walk);
        assert_true(walk_next(&walk, &id));
        assert_true(id_equal(id, a));
        assert_true(tracking_walk_statement(&walk, &row));
        assert_int_equal(row.submitted_hundredths, 100);
        assert_true(walk_next(&walk, &id));
        assert_true(id_equal(id, b));
        assert_true(tracking_walk_statement(&walk, &row));
        assert_int_equal(row.submitted_hundredths, 200);
        assert_false(walk_next(&walk, &id));
        walk_end(&walk);

        tracking_put_statement(txn, may, a, (struct statement){.version = 7, .mark = STATEMENT_TAKEN_BACK});
        assert_false(tracking_statement(txn, may, a, &row)); /* of what was taken back only the history remains */
        assert_true(tracking_statement_row(txn, may, a, &row));
        hours_put_event_before(txn, 7, 3);
        assert_int_equal(hours_event_before(txn, 7), 3);
        assert_int_equal(hours_event_before(txn, 3), 0);
        txn_abort(txn);
}

static void test_lists_of_persons(void **state)
{
        struct scene *s = *state;
        struct txn *txn = begin(s, TABLE_STATE);
        struct id id = scene_name("person");
        Tracking__BeneficiaryRow row = TRACKING__BENEFICIARY_ROW__INIT;
        row.territory = arena_text(&s->f.arena, "97");
        tracking_put_beneficiary(txn, id, &row, &s->f.arena);
        tracking_index_beneficiary(txn, id, &row); /* nobody referred */
        row.territory = arena_text(&s->f.arena, "971");
        row.prescriber = scene_id(s, s->mission_locale);
        tracking_index_beneficiary(txn, scene_name("other"), &row);
        assert_int_equal(count_persons(txn, LIST_BENEFICIARIES_OF_TERRITORY, key_of_text("97")), 1);
        assert_int_equal(count_persons(txn, LIST_BENEFICIARIES_OF_TERRITORY, key_of_text("971")), 1);
        assert_int_equal(count_persons(txn, LIST_BENEFICIARIES_OF_PRESCRIBER, key_of_id(s->mission_locale)), 1);
        assert_int_equal(count_persons(txn, LIST_BENEFICIARIES, key_empty()), 1);
        txn_abort(txn);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_rows_come_back_as_they_went, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_one_invoice_per_subcontractor_and_number, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_lists_of_placements, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_an_employer_of_no_directory_is_in_no_list, scene_open,
                                                scene_close),
                cmocka_unit_test_setup_teardown(test_lists_of_hours, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_lists_of_persons, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
