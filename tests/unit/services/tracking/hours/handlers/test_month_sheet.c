/* The sheet of a month: who sees which lines, and that a line says all that there is to decide. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/scene.h"

static const Tracking__MonthSheetReply *sheet_of(struct scene *s, const Wire__Passport *actor,
                                                 Tracking__HoursState wanted)
{
        Tracking__MonthSheet *query = pb_new(&tracking__month_sheet__descriptor, &s->f.arena);
        query->month = scene_month(s, 2026, 4);
        query->state = wanted;
        return fixture_get(&s->f, actor, "MonthSheet", query);
}

static const Tracking__MonthSheetReply *sheet(struct scene *s, const Wire__Passport *actor)
{
        return sheet_of(s, actor, TRACKING__HOURS_STATE__HOURS_STATE_UNKNOWN);
}

static void test_a_line(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        Tracking__SubmitHours *march = scene_submission(s, placement, 3, 11000);
        march->training = scene_hours(s, 500);
        (void)fixture_get(&s->f, s->structure_user, "SubmitHours", march);
        Tracking__SubmitHours *april = scene_submission(s, placement, 4, 19000);
        april->training = scene_hours(s, 700);
        (void)fixture_get(&s->f, s->structure_user, "SubmitHours", april);
        const Tracking__MonthSheetReply *reply = sheet(s, s->facilitator);
        assert_int_equal(reply->n_lines, 1);
        const Tracking__MonthLine *line = reply->lines[0];
        assert_true(id_equal(id_of(line->placement_id), placement));
        assert_true(id_equal(id_of(line->obligation_id), s->obligation));
        assert_true(id_equal(id_of(line->contract_id), scene_name("contract")));
        assert_string_equal(line->employer_name, "Entreprise d'insertion du Lauragais");
        assert_string_equal(line->host_name, "Bâtisseurs réunis");
        assert_int_equal(line->before->hundredths, 11500);
        assert_int_equal(line->before_training->hundredths, 500);
        assert_int_equal(line->submitted->hundredths, 19000);
        assert_int_equal(line->training->hundredths, 700);
        assert_int_equal(line->counted->hundredths, 19700);
        assert_null(line->validated);
        assert_int_equal(line->state, TRACKING__HOURS_STATE__HOURS_STATED);
        assert_true(id_equal(id_of(line->stated_for), s->structure));
        assert_string_equal(line->stated_for_name, "Entreprise d'insertion du Lauragais");
        assert_int_equal(line->stated_at->ms, FIXTURE_NOW_MS);
        assert_int_equal(line->n_warnings, 1);
        assert_string_equal(line->warnings[0]->code, "OVER_CONTRACT");
        assert_int_not_equal(line->version, 0);
}

static void test_states(void **state)
{
        struct scene *s = *state;
        struct id awaited = scene_placement(s), stated = scene_placement(s), returned = scene_placement(s);
        scene_submit(s, stated, 4, 10000);
        scene_submit(s, returned, 4, 11000);
        Tracking__ReturnHours *back = pb_new(&tracking__return_hours__descriptor, &s->f.arena);
        back->placement_id = scene_id(s, returned);
        back->month = scene_month(s, 2026, 4);
        back->return_code = arena_text(&s->f.arena, "FIGURE");
        (void)fixture_get(&s->f, s->facilitator, "ReturnHours", back);
        assert_int_equal(sheet(s, s->facilitator)->n_lines, 3);
        const Tracking__MonthSheetReply *reply = sheet_of(s, s->company_user, TRACKING__HOURS_STATE__HOURS_AWAITED);
        assert_int_equal(reply->n_lines, 1);
        assert_true(id_equal(id_of(reply->lines[0]->placement_id), awaited));
        assert_null(reply->lines[0]->submitted);
        reply = sheet_of(s, s->company_user, TRACKING__HOURS_STATE__HOURS_SENT_BACK);
        assert_int_equal(reply->n_lines, 1);
        assert_string_equal(reply->lines[0]->return_code, "FIGURE");
        assert_non_null(strstr(reply->lines[0]->return_label, "justificatif"));
        assert_int_equal(sheet_of(s, s->company_user, TRACKING__HOURS_STATE__HOURS_STATED)->n_lines, 1);
        assert_int_equal(sheet_of(s, s->company_user, TRACKING__HOURS_STATE__HOURS_VOUCHED_FOR)->n_lines, 0);
}

static void test_whose(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        scene_submit(s, placement, 4, 10000);
        const Wire__Passport *readers[] = {s->facilitator, s->company_user, s->structure_user, s->auditor,
                                           s->coordinator};
        for (size_t i = 0; i < ARRAY_SIZE(readers); i++)
                assert_int_equal(sheet(s, readers[i])->n_lines, 1);
        assert_int_equal(sheet(s, s->stranger)->n_lines, 0);
        assert_int_equal(sheet(s, s->other_company_user)->n_lines, 0);
        Tracking__MonthSheet *query = pb_new(&tracking__month_sheet__descriptor, &s->f.arena);
        query->month = scene_month(s, 2026, 4);
        query->territory = arena_text(&s->f.arena, "81");
        const Tracking__MonthSheetReply *reply = fixture_get(&s->f, s->facilitator, "MonthSheet", query);
        assert_int_equal(reply->n_lines, 0);
        query->month = scene_month(s, 2026, 2); /* before it began */
        query->territory = NULL;
        reply = fixture_get(&s->f, s->facilitator, "MonthSheet", query);
        assert_int_equal(reply->n_lines, 0);
}

/* Two placements of one person: who looks at the territory is told of the sum, a company is not. */
static void test_the_person_elsewhere(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s), here = scene_open_placement(s, scene_opening(s, person));
        Tracking__OpenPlacement *opening = scene_opening(s, person);
        opening->obligation_id = scene_id(s, s->unpriced);
        opening->modality = TYPES__MODALITY__DIRECT_HIRE;
        opening->employer = scene_id(s, s->other_company);
        opening->employer_name = arena_text(&s->f.arena, "Une autre");
        opening->host_company = NULL;
        struct id there = scene_open_placement(s, opening);
        scene_submit(s, here, 4, 15000);
        (void)fixture_get(&s->f, s->other_company_user, "SubmitHours", scene_submission(s, there, 4, 15167));
        const Tracking__MonthSheetReply *reply = sheet(s, s->facilitator);
        assert_int_equal(reply->n_lines, 2);
        for (size_t i = 0; i < reply->n_lines; i++) {
                assert_int_equal(reply->lines[i]->n_warnings, 1);
                assert_string_equal(reply->lines[i]->warnings[0]->code, "PERSON_OVER_LEGAL");
        }
        reply = sheet(s, s->company_user);
        assert_int_equal(reply->n_lines, 1);
        assert_int_equal(reply->lines[0]->n_warnings, 0);
}

/* 44 hours a week on twelve weeks, of the person's whole. */
static void test_the_average_of_all_her_work(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s), here = scene_open_placement(s, scene_opening(s, person));
        Tracking__OpenPlacement *opening = scene_opening(s, person);
        opening->obligation_id = scene_id(s, s->unpriced);
        opening->modality = TYPES__MODALITY__DIRECT_HIRE;
        opening->employer = scene_id(s, s->other_company);
        opening->employer_name = arena_text(&s->f.arena, "Une autre");
        opening->host_company = NULL;
        struct id there = scene_open_placement(s, opening);
        for (int month = 6; month <= 8; month++) {
                scene_submit(s, here, month, 9800);
                (void)fixture_get(&s->f, s->other_company_user, "SubmitHours",
                                  scene_submission(s, there, month, 10000));
        }
        Tracking__MonthSheet *query = pb_new(&tracking__month_sheet__descriptor, &s->f.arena);
        query->month = scene_month(s, 2026, 7); /* in the middle of 594 h */
        const Tracking__MonthSheetReply *reply = fixture_get(&s->f, s->facilitator, "MonthSheet", query);
        assert_int_equal(reply->n_lines, 2);
        for (size_t i = 0; i < reply->n_lines; i++) {
                assert_int_equal(reply->lines[i]->n_warnings, 1);
                assert_string_equal(reply->lines[i]->warnings[0]->code, "OVER_AVERAGE");
        }
        reply = fixture_get(&s->f, s->company_user, "MonthSheet", query);
        assert_int_equal(reply->n_lines, 1);
        assert_int_equal(reply->lines[0]->n_warnings, 0);

        Tracking__ValidateHours *command = scene_validation(s, here, 7);
        const Types__Refusal *refusal =
                fixture_refused(&s->f, s->facilitator, "ValidateHours", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "reason");
        command->reason = arena_text(&s->f.arena, "autorisation de l'inspection du travail vue");
        (void)fixture_get(&s->f, s->facilitator, "ValidateHours", command);
        assert_string_equal(scene_last_event(s)->hours_validated->accepted[0], "OVER_AVERAGE");

        Tracking__ReturnHours *back = pb_new(&tracking__return_hours__descriptor, &s->f.arena);
        back->placement_id = scene_id(s, there); /* what is sent back stands no more, and is told by a code */
        back->month = query->month;
        back->return_code = arena_text(&s->f.arena, "WORKING_TIME");
        (void)fixture_get(&s->f, s->facilitator, "ReturnHours", back);
        query->month = scene_month(s, 2026, 8);
        reply = fixture_get(&s->f, s->facilitator, "MonthSheet", query);
        assert_int_equal(reply->n_lines, 2);
        assert_int_equal(reply->lines[0]->n_warnings, 0);
}

/* What a structure was paid for by an invoice is not to count again as its staff's hours. */
static void test_an_invoice_of_the_same_structure(void **state)
{
        struct scene *s = *state;
        scene_submit(s, scene_placement(s), 4, 15000);
        Tracking__RecordInvoice *invoice = pb_new(&tracking__record_invoice__descriptor, &s->f.arena);
        invoice->obligation_id = scene_id(s, s->obligation);
        invoice->subcontractor = scene_id(s, s->structure);
        invoice->number = arena_text(&s->f.arena, "F-2026-041");
        invoice->dated = scene_date(s, 2026, 5, 2);
        invoice->amount = money_to(&s->f.arena, money_of_cents(1200000));
        invoice->territory = arena_text(&s->f.arena, "31");
        (void)fixture_get(&s->f, s->facilitator, "RecordInvoice", invoice);
        assert_int_equal(sheet(s, s->facilitator)->lines[0]->n_warnings, 0); /* of another month */
        invoice->number = arena_text(&s->f.arena, "F-2026-037");
        invoice->dated = scene_date(s, 2026, 4, 30);
        (void)fixture_get(&s->f, s->facilitator, "RecordInvoice", invoice);
        const Tracking__MonthLine *line = sheet(s, s->facilitator)->lines[0];
        assert_int_equal(line->n_warnings, 1);
        assert_string_equal(line->warnings[0]->code, "STAFF_AND_INVOICE");
        assert_non_null(strstr(line->warnings[0]->text, "F-2026-037"));
        assert_int_equal(sheet(s, s->company_user)->lines[0]->n_warnings, 0); /* it is between the two */
}

static void test_in_pages(void **state)
{
        struct scene *s = *state;
        enum { LINES = 5 };
        for (size_t i = 0; i < LINES; i++)
                scene_submit(s, scene_placement(s), 4, 10000);
        Tracking__MonthSheet *query = pb_new(&tracking__month_sheet__descriptor, &s->f.arena);
        Types__Page page = TYPES__PAGE__INIT;
        query->month = scene_month(s, 2026, 4);
        query->page = &page;
        page.limit = 2;
        size_t lines = 0;
        do {
                const Tracking__MonthSheetReply *reply = fixture_get(&s->f, s->structure_user, "MonthSheet", query);
                lines += reply->n_lines;
                page.after = reply->next;
        } while (page.after.len > 0);
        assert_int_equal(lines, LINES);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_line, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_states, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_whose, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_the_person_elsewhere, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_the_average_of_all_her_work, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_an_invoice_of_the_same_structure, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_in_pages, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
