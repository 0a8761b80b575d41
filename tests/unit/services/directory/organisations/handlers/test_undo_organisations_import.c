/* UndoOrganisationsImport: what still stands as the import left it goes back; the rest is told, and why. */
#include "tests/unit/services/directory/lists.h"

static const Types__UndoReport *undo(struct fixture *f, Types__Id *batch)
{
        const Directory__UndoOrganisationsImportReply *reply =
                fixture_get(f, facilitator_of(f, "31"), "UndoOrganisationsImport", undo_of(f, batch));
        return reply->report;
}

static void test_new_ones_go_and_corrected_ones_go_back(void **state)
{
        struct fixture *f = *state;
        const char *known = siret_numbered(f, 1), *new = siret_numbered(f, 2);
        (void)put(f, structure(f, known, KIND(EI)));
        Directory__ImportOrganisations *command = partners_list(f, PARTNERS_HEADER);
        partners_row(f, command, arena_printf(&f->arena, "Autre nom|%s|EI|31000|Toulouse|05|", known));
        partners_row(f, command, arena_printf(&f->arena, "Nouvelle|%s|ACI|31000|||", new));
        sent_choice(&f->arena, command->list, 2);
        sent_choice(&f->arena, command->list, 3);
        Types__Id *batch = import_partners(f, command)->batch_id;
        assert_string_equal(found(f, known)->organisation->name, "Autre nom");
        const Types__UndoReport *report = undo(f, batch);
        assert_int_equal(report->taken_back, 2);
        assert_int_equal(report->kept, 0);
        assert_string_equal(found(f, known)->organisation->name, "Les Jardins du Midi");
        assert_string_equal(found(f, known)->organisation->city, "");
        assert_null(found(f, new));
        assert_int_equal(counts(f, "31")->n_counts, 1);
        assert_int_equal(list(f, "", "", KIND(ACI))->n_organisations, 0);
        (void)fixture_refused(f, facilitator_of(f, "31"), "UndoOrganisationsImport", undo_of(f, batch),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_int_equal(import_partners(f, command)->created, 1); /* the right list later: as if it had never been */
        assert_int_equal(counts(f, "31")->n_counts, 2);
}

static void test_what_others_changed_since_stays(void **state)
{
        struct fixture *f = *state;
        const char *changed = siret_numbered(f, 1), *closed = siret_numbered(f, 2), *still = siret_numbered(f, 3);
        Directory__ImportOrganisations *command = partners_list(f, PARTNERS_HEADER);
        partners_row(f, command, arena_printf(&f->arena, "Un|%s|ACI|31000|||", changed));
        partners_row(f, command, arena_printf(&f->arena, "Deux|%s|ACI|31000|||", closed));
        partners_row(f, command, arena_printf(&f->arena, "Trois|%s|ACI|31000|||", still));
        const Types__ListReport *imported = import_partners(f, command);
        (void)put(f, structure(f, changed, KIND(ACI)));
        close_organisation(f, imported->rows[1]->id);
        const Types__UndoReport *report = undo(f, imported->batch_id);
        assert_int_equal(report->taken_back, 1);
        assert_int_equal(report->kept, 2);
        assert_int_equal(report->rows[0]->number, 3); /* from the last on */
        assert_non_null(strstr(report->rows[0]->why, "fermée"));
        assert_non_null(strstr(report->rows[1]->why, "modifiée depuis"));
        assert_string_equal(found(f, changed)->organisation->name, "Les Jardins du Midi");
        assert_true(found(f, closed)->closed);
        assert_null(found(f, still));
}

/* An import of the coordination is undone by a facilitator of the territory, for what is of hers. */
static void test_whose(void **state)
{
        struct fixture *f = *state;
        const char *siret = siret_numbered(f, 1), *away = siret_numbered(f, 2);
        Directory__ImportOrganisations *command = partners_list(f, PARTNERS_HEADER);
        partners_row(f, command, arena_printf(&f->arena, "Un|%s|ACI|31000|||", siret));
        partners_row(f, command, arena_printf(&f->arena, "Deux|%s|ACI|09000|||", away));
        const Directory__ImportOrganisationsReply *reply =
                fixture_get(f, operator_of(f), "ImportOrganisations", command);
        Directory__UndoOrganisationsImport *of = undo_of(f, reply->report->batch_id);
        (void)fixture_refused(f, facilitator_of(f, "09"), "UndoOrganisationsImport", of,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        of->reason = arena_text(&f->arena, " ");
        (void)fixture_refused(f, facilitator_of(f, "31"), "UndoOrganisationsImport", of,
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
        const Types__UndoReport *report = undo(f, reply->report->batch_id);
        assert_int_equal(report->taken_back, 1);
        assert_non_null(strstr(report->rows[0]->why, "n'est pas le vôtre"));
        assert_null(found(f, siret));
        assert_non_null(found(f, away));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_new_ones_go_and_corrected_ones_go_back, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_others_changed_since_stays, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_whose, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
