/* ImportHours: rows are stated by the rules of SubmitHours; what is wrong is told cell by cell; what is known stops. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/unit/services/tracking/hours/lists.h"

static void test_rows_are_stated_and_name_their_batch(void **state)
{
        struct scene *s = *state;
        struct id one = scene_placement(s), two = scene_placement(s);
        Tracking__ImportHours *command = hours_list(s, HOURS_HEADER);
        hours_row(s, command, one, "M-001|avril 2026|151,67");
        hours_row(s, command, two, "M-002|04/2026|35h30");
        list_row(s, command, "|||");
        uint64_t before = engine_position(s->f.engine);
        const Types__ListReport *report = import_hours(s, command);
        assert_int_equal(report->created, 2);
        assert_int_equal(report->empty, 1);
        assert_int_equal(report->rows[0]->outcome, ROW(CREATED));
        assert_true(id_equal(id_of(report->rows[0]->id), one));
        assert_non_null(report->batch_id);
        assert_int_equal(stated(s, one, 4), 15167);
        assert_int_equal(stated(s, two, 4), 3550);
        assert_int_equal(engine_position(s->f.engine), before + 3);
        const Types__BatchImported *batch = scene_last_event(s)->batch_imported;
        assert_int_equal(batch->n_rows, 2);
        assert_int_equal(batch->rows[1]->event, before + 2);
        assert_true(id_equal(id_of(batch->batch_id), id_of(report->batch_id)));
}

static void test_a_reference_is_learnt_and_kept_from_followers(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        Tracking__ImportHours *command = hours_list(s, HOURS_HEADER);
        hours_row(s, command, placement, "Zéphirine Q.|avril 2026|100");
        (void)import_hours(s, command);
        struct slice published = scene_published(s, engine_position(s->f.engine) - 2);
        assert_null(memmem(published.data, published.size, "phirine", 7));
        assert_null(memmem(published.data, published.size, "heures.csv", 10));

        command = hours_list(s, "Matricule|Mois|Heures");
        list_row(s, command, "ZEPHIRINE Q|mai 2026|90");
        list_row(s, command, "Quelqu'un|mai 2026|90");
        const Types__ListReport *report = import_hours(s, command);
        assert_int_equal(report->created, 1);
        assert_int_equal(stated(s, placement, 5), 9000);
        assert_string_equal(report->rows[1]->errors[0]->column, "Matricule");

        command = hours_list(s, "Matricule|Mois|Heures"); /* another sender has references of its own */
        list_row(s, command, "ZEPHIRINE Q|juin 2026|90");
        command->sender = scene_id(s, s->company);
        const Tracking__ImportHoursReply *other = fixture_get(&s->f, s->company_user, "ImportHours", command);
        assert_int_equal(other->report->rejected, 1);
}

static void test_wrong_rows_are_told_and_the_others_taken(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s); /* since 2026-03-10, 35 hours a week */
        Tracking__ImportHours *command = hours_list(s, HOURS_HEADER);
        hours_row(s, command, placement, "|avril 2026|10");
        hours_row(s, command, placement, "|04/2026|12");      /* the same month twice */
        hours_row(s, command, placement, "|février 2026|10"); /* before it began */
        hours_row(s, command, placement, "|mai 2026|300");    /* more than its contract holds */
        hours_row(s, command, placement, "|mai|beaucoup");    /* two cells */
        hours_row(s, command, scene_name("none"), "|mai 2026|10");
        list_row(s, command, "8,22E+13||mai 2026|10");
        list_row(s, command, "||mai 2026|10");
        const Types__ListReport *report = import_hours(s, command);
        static const char *const columns[] = {"", "Mois", "Heures", "Mois", "Parcours", "Parcours", "Parcours"};
        assert_int_equal(report->created, 1);
        assert_int_equal(report->rejected, 7);
        for (size_t i = 0; i < ARRAY_SIZE(columns); i++) {
                assert_int_equal(report->rows[i + 1]->outcome, ROW(REJECTED));
                assert_string_equal(report->rows[i + 1]->errors[0]->column, columns[i]);
        }
        assert_non_null(strstr(report->rows[1]->errors[0]->text, "La ligne 2"));
        assert_int_equal(report->rows[4]->n_errors, 2);
        assert_string_equal(report->rows[6]->errors[0]->cell, "8,22E+13");
        assert_int_equal(stated(s, placement, 4), 1000);
        assert_int_equal(stated(s, placement, 5), -1);
}

static void test_a_list_that_is_known_stops(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        Tracking__ImportHours *command = hours_list(s, HOURS_HEADER);
        same_file(s, command, 7);
        hours_row(s, command, placement, "|avril 2026|10");
        hours_row(s, command, placement, "|mai 2026|11");
        (void)import_hours(s, command);
        uint64_t position = engine_position(s->f.engine);
        const Types__Refusal *refusal =
                fixture_refused(&s->f, s->structure_user, "ImportHours", command, TYPES__REFUSAL_CODE__ALREADY_EXISTS);
        assert_string_equal(refusal->field, "list.goOn");
        assert_non_null(strstr(refusal->text, "déjà été importée"));

        same_file(s, command, 8); /* another file that says the same: two of three */
        hours_row(s, command, placement, "|juin 2026|12");
        refusal =
                fixture_refused(&s->f, s->structure_user, "ImportHours", command, TYPES__REFUSAL_CODE__ALREADY_EXISTS);
        assert_non_null(strstr(refusal->text, "2 des 3 lignes"));
        assert_int_equal(engine_position(s->f.engine), position); /* nothing of it */
        command->list->go_on = true;
        const Types__ListReport *report = import_hours(s, command);
        assert_int_equal(report->unchanged, 2);
        assert_int_equal(report->created, 1);
}

static void test_other_figures_are_chosen_or_the_senders_own(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        scene_submit(s, placement, 4, 1000); /* by the company */
        Tracking__ImportHours *command = hours_list(s, HOURS_HEADER);
        hours_row(s, command, placement, "|avril 2026|20");
        hours_row(s, command, placement, "|mai 2026|21");
        hours_row(s, command, placement, "|juin 2026|22");
        const Types__ListReport *report = import_hours(s, command);
        assert_int_equal(report->rows[0]->outcome, ROW(DOUBTFUL));
        assert_int_equal(report->created, 2);
        assert_int_equal(stated(s, placement, 4), 1000);

        choose_row(s, command, 2);
        report = import_hours(s, command);
        assert_int_equal(report->updated, 1);
        assert_int_equal(report->not_chosen, 2);
        assert_int_equal(stated(s, placement, 4), 2000);

        command = hours_list(s, HOURS_HEADER); /* its own figure it corrects without more ado */
        hours_row(s, command, placement, "|mai 2026|31");
        assert_int_equal(import_hours(s, command)->updated, 1);
        assert_int_equal(stated(s, placement, 5), 3100);
}

static void test_what_was_validated_stays(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        scene_submit(s, placement, 4, 1000);
        (void)fixture_get(&s->f, s->facilitator, "ValidateHours", scene_validation(s, placement, 4));
        Tracking__ImportHours *command = hours_list(s, HOURS_HEADER);
        hours_row(s, command, placement, "|avril 2026|20");
        const Types__ListReport *report = import_hours(s, command);
        assert_int_equal(report->rejected, 1);
        assert_non_null(strstr(report->rows[0]->errors[0]->text, "déjà validées"));
}

/* Parts are one batch; one that broke off goes on in it when the list is sent anew. */
static void test_parts(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        Tracking__ImportHours *command = hours_list(s, HOURS_HEADER), *next = hours_list(s, HOURS_HEADER);
        same_file(s, command, 7);
        same_file(s, next, 7);
        hours_row(s, command, placement, "|avril 2026|10");
        command->list->is_last = false;
        Types__Id *batch = import_hours(s, command)->batch_id;
        const Types__ListReport *again = import_hours(s, command);
        assert_int_equal(again->unchanged, 1);
        assert_true(id_equal(id_of(again->batch_id), id_of(batch)));

        hours_row(s, next, placement, "|mai 2026|11");
        next->list->batch_id = batch;
        assert_int_equal(import_hours(s, next)->created, 1);
        (void)fixture_refused(&s->f, s->structure_user, "ImportHours", next, TYPES__REFUSAL_CODE__WRONG_STATE);
        next->list->batch_id = scene_id(s, scene_name("none"));
        (void)fixture_refused(&s->f, s->structure_user, "ImportHours", next, TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_the_mapping_is_told_then_remembered(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        Types__ListColumn told = TYPES__LIST_COLUMN__INIT, *mapping[] = {&told};
        Tracking__ImportHours *command = hours_list(s, "Parcours|Mois|Combien");
        hours_row(s, command, placement, "avril 2026|10");
        (void)fixture_refused(&s->f, s->structure_user, "ImportHours", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        told.column = arena_text(&s->f.arena, "combien");
        told.field = arena_text(&s->f.arena, "durée");
        command->list->mapping = mapping;
        command->list->n_mapping = 1;
        const Types__Refusal *refusal =
                fixture_refused(&s->f, s->structure_user, "ImportHours", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_non_null(strstr(refusal->text, "placement, reference, month, hours"));
        told.field = arena_text(&s->f.arena, "hours");
        assert_int_equal(import_hours(s, command)->created, 1);
        char id[ID_TEXT_SIZE];
        id_format(placement, id);
        command = hours_list(s, "Parcours|Heures"); /* typed, of no file: it teaches no columns */
        command->month = scene_month(s, 2026, 6);
        list_row(s, command, arena_printf(&s->f.arena, "%s|11", id));
        assert_int_equal(import_hours(s, command)->created, 1);
        command = hours_list(s, "Combien|Parcours|Note");
        command->month = scene_month(s, 2026, 5); /* of the whole list */
        list_row(s, command, arena_printf(&s->f.arena, "12|%s|", id));
        const Types__ListReport *report = import_hours(s, command);
        assert_int_equal(report->created, 1);
        assert_string_equal(report->unused_columns[0], "Note");
        assert_int_equal(stated(s, placement, 5), 1200);
}

static void test_whose(void **state)
{
        struct scene *s = *state;
        struct id placement = scene_placement(s);
        Tracking__ImportHours *command = hours_list(s, HOURS_HEADER);
        hours_row(s, command, placement, "|avril 2026|10");
        (void)fixture_refused(&s->f, s->facilitator, "ImportHours", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command->sender = scene_id(s, s->structure);
        (void)fixture_refused(&s->f, s->company_user, "ImportHours", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(&s->f, s->stranger, "ImportHours", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(&s->f, s->auditor, "ImportHours", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        command->territory = arena_text(&s->f.arena, "75");
        (void)fixture_refused(&s->f, s->structure_user, "ImportHours", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command->territory = arena_text(&s->f.arena, "31");
        command->sender = scene_id(s, s->other_company);
        const Tracking__ImportHoursReply *reply = fixture_get(&s->f, s->facilitator, "ImportHours", command);
        assert_int_equal(reply->report->rejected, 1); /* not that organisation's placement */
        reply = fixture_get(&s->f, s->other_company_user, "ImportHours", command);
        assert_int_equal(reply->report->rejected, 1);
        assert_non_null(strstr(reply->report->rows[0]->errors[0]->text, "n'existe pas ici"));
        assert_int_equal(stated(s, placement, 4), -1);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_rows_are_stated_and_name_their_batch, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_reference_is_learnt_and_kept_from_followers, scene_open,
                                                scene_close),
                cmocka_unit_test_setup_teardown(test_wrong_rows_are_told_and_the_others_taken, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_list_that_is_known_stops, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_other_figures_are_chosen_or_the_senders_own, scene_open,
                                                scene_close),
                cmocka_unit_test_setup_teardown(test_what_was_validated_stays, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_parts, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_the_mapping_is_told_then_remembered, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_whose, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
