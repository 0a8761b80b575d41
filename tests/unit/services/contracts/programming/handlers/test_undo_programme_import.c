/* UndoProgrammeImport: what still stands as the import left it goes back, its contact too; the rest is told why. */
#include "tests/unit/services/contracts/programming/steps.h"

#include "common/service/keys.h"
#include "common/store/vault.h"
#include "services/contracts/programming/programming_rows.h"

#define CLEANING_DEARER "A2|Nettoyage des locaux|90910000|950 000 €|4 ans|01/03/2027|Services|31000 Toulouse|M. Fabre"
#define ROADS           "A3|Voirie|45233140|2 M€|10 mois|T2 2027|Travaux|31|Mme Vidal"

static Contracts__ImportProgramme *list_of(struct fixture *f, const char *first, const char *second)
{
        Contracts__ImportProgramme *command = a_list(f, LIST_HEADER);
        add_row(f, command, first);
        if (second != NULL)
                add_row(f, command, second);
        return command;
}

static const Contracts__ProgrammeLineView *line_named(struct fixture *f, const char *reference)
{
        const Contracts__ProgrammeReply *reply = programme(f, facilitator(f), false);
        for (size_t i = 0; i < reply->n_lines; i++)
                if (strcmp(reply->lines[i]->line->reference, reference) == 0)
                        return reply->lines[i];
        return NULL;
}

static void decide(struct fixture *f, Types__Id *line)
{
        Contracts__DecideLine command = CONTRACTS__DECIDE_LINE__INIT;
        command.line_id = line;
        command.status = CONTRACTS__LINE_STATUS__LINE_KEPT;
        command.reason = arena_text(&f->arena, "Besoin confirmé par le service.");
        (void)fixture_get(f, facilitator(f), "DecideLine", &command);
        f->world.now_ms_value++;
}

static void test_new_lines_go_and_changed_ones_go_back(void **state)
{
        struct fixture *f = *state;
        (void)import_list(f, list_of(f, SCHOOL,
                                     "A2|"
                                     "Nettoyage des locaux|90910000|900 000 €|4 ans|01/03/2027|Services|"
                                     "31000 Toulouse|Mme Rivière"));
        Types__Id *batch = import_list(f, list_of(f, ROADS, CLEANING_DEARER))->batch_id;
        assert_string_equal(line_named(f, "A2")->contact, "M. Fabre");
        const Types__UndoReport *report = undo_list(f, batch);
        assert_int_equal(report->taken_back, 2);
        assert_int_equal(report->kept, 0);
        assert_null(line_named(f, "A3"));
        const Contracts__ProgrammeLineView *cleaning = line_named(f, "A2");
        assert_int_equal(cleaning->line->amount->cents, 90000000);
        assert_int_equal(cleaning->row, 3);
        assert_string_equal(cleaning->contact, "Mme Rivière");
        (void)fixture_refused(f, facilitator(f), "UndoProgrammeImport", undo_of(f, batch),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_int_equal(import_list(f, list_of(f, ROADS, NULL))->created, 1); /* as if it had never been there */
}

/* From the newest import to the oldest, all of it. */
static void test_undone_one_after_the_other(void **state)
{
        struct fixture *f = *state;
        Types__Id *first = import_list(f, two_lines(f))->batch_id;
        Types__Id *second = import_list(f, list_of(f, CLEANING_DEARER, NULL))->batch_id;
        const Types__UndoReport *report = undo_list(f, second);
        assert_int_equal(report->taken_back, 1);
        report = undo_list(f, first);
        assert_int_equal(report->taken_back, 2);
        assert_int_equal(programme(f, facilitator(f), false)->n_lines, 0);
}

static void test_what_something_happened_to_stays(void **state)
{
        struct fixture *f = *state;
        Types__Id *batch = import_list(f, list_of(f, SCHOOL, ROADS))->batch_id;
        decide(f, line_named(f, "A1")->line_id);
        (void)import_list(f, list_of(f, "A3|Voirie|45233140|3 M€|10 mois|T2 2027|Travaux|31|Mme Vidal", NULL));
        const Types__UndoReport *report = undo_list(f, batch);
        assert_int_equal(report->taken_back, 0);
        assert_int_equal(report->kept, 2);
        assert_int_equal(report->rows[0]->number, 3); /* from the last on */
        assert_non_null(strstr(report->rows[0]->why, "autre liste"));
        assert_non_null(strstr(report->rows[1]->why, "choix"));
        assert_int_equal(programme(f, facilitator(f), false)->n_lines, 2);
}

/* What was decided before the import stands after its undo, on what the line says again. */
static void test_a_choice_of_before_stands(void **state)
{
        struct fixture *f = *state;
        (void)import_list(f, two_lines(f));
        decide(f, line_named(f, "A2")->line_id);
        Types__Id *batch = import_list(f, list_of(f, CLEANING_DEARER, NULL))->batch_id;
        assert_int_equal(undo_list(f, batch)->taken_back, 1);
        assert_int_equal(line_named(f, "A2")->line->amount->cents, 90000000);
        assert_int_equal(line_named(f, "A2")->decision->status, CONTRACTS__LINE_STATUS__LINE_KEPT);
}

/* ---- keys */

/* Of contacts that the store names; each opens. */
static uint64_t keys_named(struct fixture *f)
{
        struct missing_keys keys = engine_missing_keys(f->engine, 100);
        assert_int_equal(keys.missing, 0);
        return keys.looked_at;
}

static bool key_is_there(struct fixture *f, const Types__Id *id)
{
        struct err_info info;
        struct vault_keys *keys = vault_keys_of(engine_vault(f->engine), &info);
        assert_non_null(keys);
        bool there = vault_keys_have(keys, id_of(id));
        vault_keys_close(keys);
        return there;
}

/* Of the contact that a line has now. */
static const Types__Id *contact_of(struct fixture *f, const char *reference)
{
        struct id id = id_of(line_named(f, reference)->line_id);
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        const Contracts__ProgrammeLineRow *row = programme_line_find(txn, &f->arena, id);
        txn_end_read(txn);
        return row->contact_id;
}

static void test_a_name_is_kept_while_it_can_come_back(void **state)
{
        struct fixture *f = *state;
        (void)import_list(f, list_of(f, SCHOOL, NULL));
        const Types__Id *first = contact_of(f, "A1");
        (void)import_list(f, list_of(f, "A1|" SCHOOL_CELLS "|M. Fabre", NULL));
        assert_int_equal(keys_named(f), 2); /* his, and that of who stood there */
        Types__Id *batch = import_list(f, list_of(f, "A1|" SCHOOL_CELLS "|Mme Vidal", NULL))->batch_id;
        assert_int_equal(keys_named(f), 2);
        assert_false(key_is_there(f, first)); /* that change cannot be taken back any more */
        const Types__Id *last = contact_of(f, "A1");
        (void)undo_list(f, batch);
        assert_false(key_is_there(f, last));
        assert_int_equal(keys_named(f), 1);
        assert_string_equal(line_named(f, "A1")->contact, "M. Fabre");

        Types__Id *alone = import_list(f, list_of(f, ROADS, NULL))->batch_id;
        last = contact_of(f, "A3");
        (void)undo_list(f, alone);
        assert_false(key_is_there(f, last));
        assert_int_equal(keys_named(f), 1);
}

/* A change of something else keeps the key that the contact has. */
static void test_the_same_contact_keeps_its_key(void **state)
{
        struct fixture *f = *state;
        (void)import_list(f, list_of(f, "A3|Voirie|45233140|1 M€|10 mois|T2 2027|Travaux|31|Mme Vidal", NULL));
        for (int i = 0; i < 2; i++) {
                Types__Id *batch = import_list(f, list_of(f, ROADS, NULL))->batch_id;
                assert_int_equal(keys_named(f), 2); /* the same, twice */
                (void)undo_list(f, batch);
                assert_string_equal(line_named(f, "A3")->contact, "Mme Vidal");
        }
}

/* ---- whose */

static void test_whose(void **state)
{
        struct fixture *f = *state;
        Types__Id *batch = import_list(f, two_lines(f))->batch_id;
        Contracts__UndoProgrammeImport *undo = undo_of(f, batch);
        Contracts__ProgrammeImportsRequest query = CONTRACTS__PROGRAMME_IMPORTS_REQUEST__INIT;
        const Wire__Passport *stranger = fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"), *other, *own,
                             *auditor = fixture_actor(f, TYPES__ROLE__AUDITOR, NULL, "*");
        const Contracts__ProgrammeImportsReply *reply;
        directory_tells(f, 1, 1, "13002526500013");
        directory_tells(f, 2, 2, BUYER_SIRET);
        other = of_organisation(f, TYPES__ROLE__BUYER, 1);
        own = of_organisation(f, TYPES__ROLE__BUYER, 2);

        (void)fixture_refused(f, stranger, "UndoProgrammeImport", undo, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, other, "UndoProgrammeImport", undo, TYPES__REFUSAL_CODE__NOT_FOUND);
        reply = fixture_get(f, stranger, "ProgrammeImports", &query);
        assert_int_equal(reply->n_imports, 0);
        reply = fixture_get(f, other, "ProgrammeImports", &query);
        assert_int_equal(reply->n_imports, 0);
        reply = fixture_get(f, auditor, "ProgrammeImports", &query);
        assert_int_equal(reply->n_imports, 1);
        undo->reason = arena_text(&f->arena, " ");
        (void)fixture_refused(f, own, "UndoProgrammeImport", undo, TYPES__REFUSAL_CODE__INVALID_FIELD);
        undo->reason = arena_text(&f->arena, "mauvaise année");
        (void)fixture_get(f, own, "UndoProgrammeImport", undo);
        reply = fixture_get(f, own, "ProgrammeImports", &query);
        assert_int_equal(reply->n_imports, 1);
        assert_int_equal(reply->imports[0]->taken_back, 2);
        assert_string_equal(reply->imports[0]->undone_because, "mauvaise année");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_new_lines_go_and_changed_ones_go_back, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_undone_one_after_the_other, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_something_happened_to_stays, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_choice_of_before_stands, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_name_is_kept_while_it_can_come_back, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_same_contact_keeps_its_key, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_whose, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
