/* ImportOrganisations: rows are put by the rules of PutOrganisation; what is wrong is told cell by cell; what is known
 * stops. */
#include "tests/unit/services/directory/lists.h"

static void test_rows_are_put_and_name_their_batch(void **state)
{
        struct fixture *f = *state;
        const char *siret = siret_numbered(f, 1);
        Directory__ImportOrganisations *command = partners_list(f, PARTNERS_HEADER);
        partners_row(f, command,
                     arena_printf(&f->arena, "Bois et Cie|%s|chantier d'insertion|31000|Toulouse||", siret));
        partners_row(f, command, "Mission locale du Lac|||||05 61 00 00 00|ML-7");
        partners_row(f, command, "||||||");
        command->kind = KIND(MISSION_LOCALE); /* of the rows that tell none */
        const Types__ListReport *report = import_partners(f, command);
        assert_int_equal(report->created, 2);
        assert_int_equal(report->empty, 1);
        assert_string_equal(report->rows[0]->title, "Bois et Cie");

        const Directory__OrganisationView *row = found(f, siret);
        assert_int_equal(row->organisation->kind, KIND(ACI));
        assert_string_equal(row->organisation->territory, "31");
        assert_string_equal(row->organisation->source, "réseau");
        assert_true(id_equal(id_of(report->rows[0]->id), id_of(row->organisation_id)));
        row = list(f, "", "31", KIND(MISSION_LOCALE))->organisations[0];
        assert_string_equal(row->organisation->source_id, "ML-7");
        assert_string_equal(row->organisation->phone, "05 61 00 00 00");
        const Types__BatchImported *batch = ((const Directory__Event *)fixture_event(f, 3))->batch_imported;
        assert_int_equal(batch->n_rows, 2);
        assert_int_equal(batch->rows[1]->event, 2);
        assert_string_equal(batch->sender, "réseau, 31");
        assert_true(id_equal(id_of(batch->batch_id), id_of(report->batch_id)));
}

/* What a row says nothing of stays; what others said is replaced only where it is chosen. */
static void test_what_others_said_is_kept_and_chosen(void **state)
{
        struct fixture *f = *state;
        const char *siret = siret_numbered(f, 1);
        Directory__Organisation *o = structure(f, siret, KIND(ACI));
        o->website = arena_text(&f->arena, "https://jardins.example");
        (void)put(f, o);
        Directory__ImportOrganisations *command = partners_list(f, PARTNERS_HEADER);
        partners_row(f, command, arena_printf(&f->arena, "Les Jardins du Midi|%s|ACI|||05 61 11 11 11|", siret));
        const Types__ListReport *report = preview_partners(f, command);
        assert_int_equal(report->rows[0]->outcome, ROW(DOUBTFUL));
        assert_non_null(strstr(report->mostly_known, "1 des 1 lignes"));
        sent_choice(&f->arena, command->list, 2);
        assert_int_equal(import_partners(f, command)->updated, 1);
        const Directory__Organisation *now = found(f, siret)->organisation;
        assert_string_equal(now->phone, "05 61 11 11 11");
        assert_string_equal(now->website, "https://jardins.example");
        assert_string_equal(now->source, "lemarche");
        assert_string_equal(now->source_id, "12");

        command = partners_list(f, PARTNERS_HEADER); /* its own word it corrects without more ado */
        partners_row(f, command, arena_printf(&f->arena, "Les Jardins|%s|ACI||||", siret));
        assert_int_equal(import_partners(f, command)->updated, 1);
        assert_string_equal(found(f, siret)->organisation->name, "Les Jardins");
        assert_int_equal(preview_partners(f, command)->unchanged, 1);
}

static void test_wrong_rows_are_told_and_the_others_taken(void **state)
{
        struct fixture *f = *state;
        const char *siret = siret_numbered(f, 1), *other = siret_numbered(f, 2);
        Directory__ImportOrganisations *command = partners_list(f, PARTNERS_HEADER);
        partners_row(f, command, arena_printf(&f->arena, "Bois et Cie|%s|EI||||", siret));
        partners_row(f, command, arena_printf(&f->arena, "Bois|%s|EI||||", siret)); /* the same twice */
        partners_row(f, command, "Bois|3,56E+13|EI||||");
        partners_row(f, command, arena_printf(&f->arena, "Bois|%s|boulangerie||||", other));
        partners_row(f, command, arena_printf(&f->arena, "|%s|EI||||", other)); /* no name: a rule of PutOrganisation */
        partners_row(f, command, "Bois||EI||||");                               /* nothing to know it by */
        partners_row(f, command, arena_printf(&f->arena, "Bois|%s|EI|09000|Foix||", other)); /* not hers */
        const Types__ListReport *report = import_partners(f, command);
        static const char *const columns[] = {"", "SIRET", "Type", "Structure", "SIRET", "SIRET"};
        assert_int_equal(report->created, 1);
        assert_int_equal(report->rejected, 6);
        for (size_t i = 0; i < ARRAY_SIZE(columns); i++) {
                assert_int_equal(report->rows[i + 1]->outcome, ROW(REJECTED));
                assert_string_equal(report->rows[i + 1]->errors[0]->column, columns[i]);
        }
        assert_non_null(strstr(report->rows[1]->errors[0]->text, "La ligne 2"));
        assert_non_null(strstr(report->rows[2]->errors[0]->text, "tableur"));
        assert_non_null(strstr(report->rows[6]->errors[0]->text, "n'est pas le vôtre"));
        assert_null(found(f, other));
}

static void test_a_list_that_is_known_stops(void **state)
{
        struct fixture *f = *state;
        Directory__ImportOrganisations *command = partners_list(f, PARTNERS_HEADER);
        sent_file(&f->arena, command->list, 7);
        partners_row(f, command, arena_printf(&f->arena, "Un|%s|EI||||", siret_numbered(f, 1)));
        partners_row(f, command, arena_printf(&f->arena, "Deux|%s|EI||||", siret_numbered(f, 2)));
        (void)import_partners(f, command);
        uint64_t position = engine_position(f->engine);
        const Types__Refusal *refusal = fixture_refused(f, facilitator_of(f, "31"), "ImportOrganisations", command,
                                                        TYPES__REFUSAL_CODE__ALREADY_EXISTS);
        assert_string_equal(refusal->field, "list.goOn");
        assert_non_null(strstr(preview_partners(f, command)->mostly_known, "déjà été importée"));
        sent_file(&f->arena, command->list, 8); /* another file that says the same: two of three */
        partners_row(f, command, arena_printf(&f->arena, "Trois|%s|EI||||", siret_numbered(f, 3)));
        refusal = fixture_refused(f, facilitator_of(f, "31"), "ImportOrganisations", command,
                                  TYPES__REFUSAL_CODE__ALREADY_EXISTS);
        assert_non_null(strstr(refusal->text, "2 des 3 lignes"));
        assert_int_equal(engine_position(f->engine), position);
        command->list->go_on = true;
        assert_int_equal(import_partners(f, command)->created, 1);
}

/* Remembered of a source in a territory, by whoever gives its list there. */
static void test_the_mapping_is_told_then_remembered(void **state)
{
        struct fixture *f = *state;
        Types__ListColumn told = TYPES__LIST_COLUMN__INIT, *mapping[] = {&told};
        Directory__ImportOrganisations *command = partners_list(f, "Qui|SIRET|Type");
        told.column = arena_text(&f->arena, "Qui");
        told.field = arena_text(&f->arena, "name");
        command->list->mapping = mapping;
        command->list->n_mapping = 1;
        partners_row(f, command, arena_printf(&f->arena, "Un|%s|EI", siret_numbered(f, 1)));
        assert_int_equal(import_partners(f, command)->created, 1);
        command = partners_list(f, "Qui|SIRET|Type");
        partners_row(f, command, arena_printf(&f->arena, "Deux|%s|EI", siret_numbered(f, 2)));
        assert_int_equal(import_partners(f, command)->created, 1);
        command->source = arena_text(&f->arena, "un autre");
        assert_int_equal(preview_partners(f, command)->rejected, 0); /* it is known by now: its name stays */
        assert_string_equal(preview_partners(f, command)->unused_columns[0], "Qui");
        command = partners_list(f, "Structure|Ville");
        (void)fixture_refused(f, facilitator_of(f, "31"), "ImportOrganisations", command,
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
}

static void test_whose(void **state)
{
        struct fixture *f = *state;
        Directory__ImportOrganisations *command = partners_list(f, PARTNERS_HEADER);
        partners_row(f, command, arena_printf(&f->arena, "Un|%s|EI||||", siret_numbered(f, 1)));
        (void)fixture_refused(f, facilitator_of(f, "09"), "ImportOrganisations", command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__STRUCTURE, NULL, "31"), "ImportOrganisations", command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        command->list->is_last = false;
        Types__Id *batch = import_partners(f, command)->batch_id;
        command->list->batch_id = batch; /* a list of another territory does not go on in it */
        command->territory = arena_text(&f->arena, "09");
        (void)fixture_refused(f, facilitator_of(f, "09"), "ImportOrganisations", command,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, operator_of(f), "ImportOrganisations", command, TYPES__REFUSAL_CODE__NOT_FOUND);
        command->list->batch_id = NULL;
        command->territory = arena_text(&f->arena, "");
        (void)fixture_refused(f, facilitator_of(f, "31"), "ImportOrganisations", command,
                              TYPES__REFUSAL_CODE__INVALID_FIELD);
        command->source = arena_text(&f->arena, "");
        (void)fixture_refused(f, operator_of(f), "ImportOrganisations", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_rows_are_put_and_name_their_batch, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_others_said_is_kept_and_chosen, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_wrong_rows_are_told_and_the_others_taken, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_list_that_is_known_stops, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_mapping_is_told_then_remembered, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_whose, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
