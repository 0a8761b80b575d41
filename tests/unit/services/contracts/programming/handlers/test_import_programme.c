/* ImportProgramme: a list becomes lines; again it changes nothing; what is wrong is told row by row. */
#include "tests/unit/services/contracts/programming/steps.h"

#include "common/store/eventlog.h"
#include "services/contracts/programming/programming_rows.h"

#define ROW(NAME) TYPES__ROW_OUTCOME__ROW_##NAME

static void test_lines_are_kept(void **state)
{
        struct fixture *f = *state;
        const Types__ListReport *reply = import_list(f, two_lines(f));
        assert_int_equal(reply->created, 2);
        assert_int_equal(reply->n_rows, 2);
        assert_int_equal(reply->rows[0]->number, 2);
        assert_int_equal(reply->rows[0]->outcome, ROW(CREATED));
        assert_int_equal(reply->n_mapping, 9);

        const Contracts__ProgrammeReply *programme_2027 = programme(f, facilitator(f), false);
        assert_int_equal(programme_2027->n_lines, 2);
        assert_string_equal(programme_2027->lines[0]->line->title, "Extension de l'école Jean-Jaurès");
        assert_string_equal(programme_2027->lines[0]->contact, "Mme Rivière");
        assert_string_equal(programme_2027->lines[1]->line->reference, "A2");
        assert_true(id_equal(id_of(programme_2027->lines[0]->line_id), id_of(reply->rows[0]->id)));
        assert_string_equal(programme_2027->settings->buyer_name, "Ville de Castelnau");
}

static void test_the_same_again_changes_nothing(void **state)
{
        struct fixture *f = *state;
        (void)import_list(f, two_lines(f));
        uint64_t position = engine_position(f->engine);
        const Types__ListReport *reply = import_list(f, two_lines(f));
        assert_int_equal(reply->unchanged, 2);
        assert_int_equal(reply->created + reply->updated + reply->rejected, 0);
        assert_int_equal(engine_position(f->engine), position);
}

static void test_an_altered_row_updates(void **state)
{
        struct fixture *f = *state;
        Types__Id *line = import_list(f, two_lines(f))->rows[0]->id;
        Contracts__ImportProgramme *command = a_list(f, LIST_HEADER);
        add_row(f, command, CLEANING); /* elsewhere in the list: no change */
        add_row(f, command,
                "a1|Extension de l'école Jean-Jaurès|45210000|1,4 M€|14 mois|T2 2027|Travaux|31|Mme Rivière");
        const Types__ListReport *reply = import_list(f, command);
        assert_int_equal(reply->unchanged, 1);
        assert_int_equal(reply->updated, 1);
        assert_true(id_equal(id_of(reply->rows[1]->id), id_of(line)));
        const Contracts__ProgrammeReply *after = programme(f, facilitator(f), false);
        assert_int_equal(after->n_lines, 2);
        for (size_t i = 0; i < after->n_lines; i++)
                if (id_equal(id_of(after->lines[i]->line_id), id_of(line)))
                        assert_int_equal(after->lines[i]->line->amount->cents, 140000000);

        command->list->rows[1]->cells[8] = arena_text(&f->arena, "M. Fabre"); /* only the contact */
        assert_int_equal(import_list(f, command)->updated, 1);
}

static void test_wrong_rows_are_told_and_the_others_kept(void **state)
{
        struct fixture *f = *state;
        Contracts__ImportProgramme *command = two_lines(f);
        add_row(f, command, "A3|Voirie|45233140|beaucoup|an deux|T2 2027|Travaux||");
        add_row(f, command, "||||||||");
        add_row(f, command, "A1|Encore une école|45210000|1 M€|12|2027|Travaux||");
        const Types__ListReport *reply = import_list(f, command);
        assert_int_equal(reply->created, 3);
        assert_int_equal(reply->rejected, 1);
        assert_int_equal(reply->rows[2]->outcome, ROW(CREATED)); /* it is a line all the same: two cells to mend */
        assert_int_equal(reply->rows[2]->n_errors, 0);
        assert_int_equal(reply->rows[2]->n_warnings, 2);
        assert_string_equal(reply->rows[2]->warnings[0]->column, "Montant HT");
        assert_string_equal(reply->rows[2]->warnings[0]->cell, "beaucoup");
        assert_int_equal(reply->rows[3]->outcome, ROW(EMPTY));
        assert_int_equal(reply->rows[4]->outcome, ROW(REJECTED)); /* its reference is taken */
        assert_non_null(strstr(reply->rows[4]->errors[0]->text, "La ligne 2"));
        assert_int_equal(programme(f, facilitator(f), false)->n_lines, 3);
}

static const Contracts__ProgrammeLine *line_a3(struct fixture *f)
{
        const Contracts__ProgrammeReply *reply = programme(f, facilitator(f), true);
        for (size_t i = 0; i < reply->n_lines; i++)
                if (strcmp(reply->lines[i]->line->reference, "A3") == 0)
                        return reply->lines[i]->line;
        fail();
        return NULL;
}

/* A cell that was not understood says nothing, and is marked until the list says it better. */
static void test_a_cell_is_marked_until_it_is_mended(void **state)
{
        struct fixture *f = *state;
        Contracts__ImportProgramme *command = a_list(f, LIST_HEADER);
        add_row(f, command, "A3|Voirie|45233140|beaucoup|14 mois|T2 2027|Travaux||");
        assert_int_equal(import_list(f, command)->created, 1);
        const Contracts__ProgrammeLine *line = line_a3(f);
        assert_null(line->amount);
        assert_int_equal(line->duration_months, 14);
        assert_int_equal(line->n_to_mend, 1);
        assert_string_equal(line->to_mend[0]->cell, "beaucoup");
        assert_int_equal(import_list(f, command)->unchanged, 1);
        command->list->rows[0]->cells[3] = arena_text(&f->arena, "800 000 €");
        assert_int_equal(import_list(f, command)->updated, 1);
        line = line_a3(f);
        assert_int_equal(line->amount->cents, 80000000);
        assert_int_equal(line->n_to_mend, 0);
}

static void test_the_mapping_is_remembered(void **state)
{
        struct fixture *f = *state;
        Contracts__ImportProgramme *command = a_list(f, "Chapitre|Besoins de la ville|Vague|Montant");
        Types__ListColumn told = TYPES__LIST_COLUMN__INIT, *mapping[] = {&told};
        told.column = arena_text(&f->arena, "vague");
        told.field = arena_text(&f->arena, "launch");
        command->list->mapping = mapping;
        command->list->n_mapping = 1;
        add_row(f, command, "21|Peinture du gymnase|T3|200 k€");
        const Types__ListReport *reply = import_list(f, command);
        assert_int_equal(reply->created, 1);
        assert_int_equal(reply->n_unused_columns, 1);
        assert_string_equal(reply->unused_columns[0], "Chapitre");

        command = a_list(f, "Vague|Besoins de la ville|Montant");
        command->year = 2028;
        command->territory = arena_text(&f->arena, ""); /* remembered too */
        add_row(f, command, "T2|Peinture du stade|100 k€");
        reply = import_list(f, command);
        assert_int_equal(reply->created, 1);
        assert_string_equal(reply->mapping[0]->field, "launch");
}

static void test_a_list_is_a_batch(void **state)
{
        struct fixture *f = *state;
        const Types__ListReport *report = import_list(f, two_lines(f));
        Contracts__ProgrammeImportsRequest query = CONTRACTS__PROGRAMME_IMPORTS_REQUEST__INIT;
        const Contracts__ProgrammeImportsReply *reply = fixture_get(f, facilitator(f), "ProgrammeImports", &query);
        assert_int_equal(reply->n_imports, 1);
        assert_true(id_equal(id_of(reply->imports[0]->batch_id), id_of(report->batch_id)));
        assert_string_equal(reply->imports[0]->sender, BUYER_SIRET);
        assert_string_equal(reply->imports[0]->file_name, "programme.csv");
        assert_true(reply->imports[0]->is_whole);
}

static void test_parts_are_one_batch(void **state)
{
        struct fixture *f = *state;
        Contracts__ImportProgramme *first = two_lines(f), *second = a_list(f, LIST_HEADER);
        first->list->is_last = false;
        second->list->batch_id = import_list(f, first)->batch_id;
        add_row(f, second, "A3|Voirie|45233140|2 M€|10|T2 2027|Travaux||");
        assert_true(id_equal(id_of(import_list(f, second)->batch_id), id_of(second->list->batch_id)));
        const Types__UndoReport *report = undo_list(f, second->list->batch_id);
        assert_int_equal(report->taken_back, 2); /* rows 3 and 2; the third has a number of its own in a real file */
}

static void test_the_same_file_is_taken_again_only_where_it_changes_nothing(void **state)
{
        struct fixture *f = *state;
        Contracts__ImportProgramme *old = two_lines(f), *newer = a_list(f, LIST_HEADER);
        of_file(f, old, 1);
        of_file(f, newer, 2);
        (void)import_list(f, old);
        assert_int_equal(import_list(f, old)->unchanged, 2); /* nothing is asked */
        add_row(f, newer, "A2|Nettoyage des locaux|90910000|950 000 €|4 ans|01/03/2027|Services|31000 Toulouse|");
        assert_int_equal(import_list(f, newer)->updated, 1);

        const Types__Refusal *refusal =
                fixture_refused(f, facilitator(f), "ImportProgramme", old, TYPES__REFUSAL_CODE__ALREADY_EXISTS);
        assert_string_equal(refusal->field, "list.goOn");
        old->year = 2028; /* last year's file */
        (void)fixture_refused(f, facilitator(f), "ImportProgramme", old, TYPES__REFUSAL_CODE__ALREADY_EXISTS);
        old->year = 2027;
        old->list->go_on = true;
        assert_int_equal(import_list(f, old)->updated, 1);
}

static void test_only_the_chosen_rows(void **state)
{
        struct fixture *f = *state;
        Contracts__ImportProgramme *command = two_lines(f);
        uint32_t only[] = {3};
        command->list->only = only;
        command->list->n_only = 1;
        const Types__ListReport *report = import_list(f, command);
        assert_int_equal(report->created, 1);
        assert_int_equal(report->not_chosen, 1);
        assert_string_equal(programme(f, facilitator(f), false)->lines[0]->line->reference, "A2");
}

/* The contact's name is sealed: neither the log nor a table has it in clear. */
static void test_a_contact_is_sealed(void **state)
{
        struct fixture *f = *state;
        (void)import_list(f, two_lines(f));
        uint64_t last = engine_position(f->engine);
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        struct scan scan = scan_from(txn, T_PROGRAMME_LINE, slice_of(NULL, 0), slice_of(NULL, 0));
        size_t seen = 0;
        while (scan_next(&scan)) {
                assert_null(memmem(scan.value.data, scan.value.size, "Rivi", 4));
                seen++;
        }
        scan_end(&scan);
        assert_int_equal(seen, 2);
        for (uint64_t number = 1; number <= last; number++) {
                struct log_entry entry;
                assert_true(log_get(txn, number, &entry));
                assert_null(memmem(entry.record.data, entry.record.size, "Rivi", 4));
                assert_null(entry.sealed.size == 0 ? NULL : memmem(entry.sealed.data, entry.sealed.size, "Rivi", 4));
        }
        txn_end_read(txn);
}

static void test_what_is_refused(void **state)
{
        struct fixture *f = *state;
        Contracts__ImportProgramme *command = two_lines(f);
        command->buyer_siret = arena_text(&f->arena, "123");
        (void)fixture_refused(f, coordinator(f), "ImportProgramme", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command = two_lines(f);
        command->year = 27;
        (void)fixture_refused(f, coordinator(f), "ImportProgramme", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command = two_lines(f);
        command->territory = arena_text(&f->arena, "20");
        (void)fixture_refused(f, coordinator(f), "ImportProgramme", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command = a_list(f, "Quoi|Combien");
        (void)fixture_refused(f, coordinator(f), "ImportProgramme", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

static void test_who_may(void **state)
{
        struct fixture *f = *state;
        Contracts__ImportProgramme *command = two_lines(f);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"), "ImportProgramme", command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        command->territory = arena_text(&f->arena, "");
        (void)fixture_refused(f, facilitator(f), "ImportProgramme", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        directory_tells(f, 1, 1, "13002526500013");
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 1), "ImportProgramme", command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        directory_tells(f, 2, 2, BUYER_SIRET);
        (void)fixture_get(f, of_organisation(f, TYPES__ROLE__BUYER, 2), "ImportProgramme", command);
        (void)fixture_get(f, fixture_actor(f, TYPES__ROLE__OPERATOR, NULL, "*"), "ImportProgramme", command);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_lines_are_kept, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_same_again_changes_nothing, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_an_altered_row_updates, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_wrong_rows_are_told_and_the_others_kept, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_cell_is_marked_until_it_is_mended, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_mapping_is_remembered, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_list_is_a_batch, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_parts_are_one_batch, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_same_file_is_taken_again_only_where_it_changes_nothing, setup,
                                                fixture_close),
                cmocka_unit_test_setup_teardown(test_only_the_chosen_rows, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_contact_is_sealed, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_is_refused, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_may, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
