/* ImportRunning: a list becomes contracts with their clauses, holders and hours; again it changes nothing; what is
 * wrong is told row by row. */
#include "tests/unit/services/contracts/running/steps.h"

static void test_a_contract_is_taken_over(void **state)
{
        struct fixture *f = *state;
        const Types__ListReport *report = take_running(f, a_school(f));
        assert_int_equal(report->created, 3);
        assert_int_equal(report->rejected, 0);
        assert_non_null(report->batch_id);
        assert_int_equal(report->n_unused_columns, 0);
        assert_string_equal(report->rows[0]->title, "n° 2025-014, lot 2, avril 2025 : 151,67\u00a0h");

        const Contracts__ContractView *view = see_contract(f, report->rows[0]->id);
        assert_string_equal(view->record->object, "Extension de l'école");
        assert_int_equal(view->record->duration_months, 24);
        assert_int_equal(view->record->amount->cents, 120000000);
        assert_int_equal(view->n_clauses, 1);
        assert_int_equal(view->clauses[0]->lot, 2);
        assert_int_equal(view->clauses[0]->hours->hundredths, 182000);
        assert_int_equal(view->clauses[0]->method, CONTRACTS__CALIBRATION_METHOD__FIXED_HOURS);
        assert_int_equal(view->clauses[0]->n_obligations, 1);
        const Contracts__ObligationView *owed = see_obligation(f, view->clauses[0]->obligations[0]->obligation_id);
        assert_string_equal(owed->contractor_name, "Peintures du Lauragais");
        assert_int_equal(owed->due->hundredths, 182000);
        assert_int_equal(owed->done->hundredths, 15167 + 15167 + 7000);
        assert_int_equal(owed->remaining->hundredths, 182000 - 37334);
        assert_int_equal(ledger_sum(f, NULL), 0);
}

static void test_again_it_changes_nothing(void **state)
{
        struct fixture *f = *state;
        static uint8_t hash[BATCH_HASH_SIZE] = {7};
        Contracts__ImportRunning *list = a_school(f);
        list->list->file_hash = pb_bytes(slice_of(hash, sizeof(hash)));
        (void)take_running(f, list);
        uint64_t position = engine_position(f->engine);
        const Types__ListReport *report = take_running(f, list);
        assert_int_equal(report->unchanged, 3);
        assert_null(report->batch_id);
        assert_int_equal(engine_position(f->engine), position);

        Contracts__ImportRunning *newer = a_running_list(f, RUNNING_HEADER);
        (void)add_running(f, newer, SCHOOL_AGAIN "|||||05/2025|100|||A.B.||");
        (void)take_running(f, newer);
        const Types__Refusal *refusal = /* the older file would put back what the newer one corrected */
                fixture_refused(f, facilitator(f), "ImportRunning", list, TYPES__REFUSAL_CODE__ALREADY_EXISTS);
        assert_string_equal(refusal->field, "list.goOn");
        list->list->go_on = true;
        assert_int_equal(take_running(f, list)->updated, 1);
}

static void test_hours_told_again_are_replaced(void **state)
{
        struct fixture *f = *state;
        const Types__ListReport *first = take_running(f, a_school(f));
        Contracts__ImportRunning *list = a_running_list(f, RUNNING_HEADER);
        (void)add_running(f, list, SCHOOL_AGAIN "|||||05/2025|100|||A.B.||");
        (void)add_running(f, list, SCHOOL_AGAIN "|||||05/2025|70|||C.D.||");
        (void)add_running(f, list, SCHOOL_AGAIN "|||||06/2025|35|||C.D.||");
        const Types__ListReport *report = take_running(f, list);
        assert_int_equal(report->updated, 1);
        assert_int_equal(report->unchanged, 1);
        assert_int_equal(report->created, 1);
        assert_true(id_equal(id_of(report->rows[0]->id), id_of(first->rows[0]->id)));
        const Contracts__ContractView *view = see_contract(f, report->rows[0]->id);
        assert_int_equal(view->n_clauses, 1);
        assert_int_equal(see_obligation(f, view->clauses[0]->obligations[0]->obligation_id)->done->hundredths,
                         15167 + 10000 + 7000 + 3500);
}

static void test_a_published_contract_is_gone_on_with(void **state)
{
        struct fixture *f = *state;
        Types__Id *known = a_contract(f); /* 2026-031, notified in March 2026 */
        Contracts__ImportRunning *list = a_running_list(f, RUNNING_HEADER);
        (void)add_running(f, list, "2026-031|" BUYER_SIRET "|Un autre libellé||||1|" PAINTER "|04/2026|100|||A.B.||");
        const Types__ListReport *report = take_running(f, list);
        assert_int_equal(report->created, 1);
        assert_true(id_equal(id_of(report->rows[0]->id), id_of(known)));
        assert_int_equal(see_contract(f, known)->clauses_hours->hundredths, 182000);
}

static void test_an_obligation_is_gone_on_with(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f); /* lot 1 of 2026-031, 833 h */
        Contracts__ImportRunning *list = a_running_list(f, RUNNING_HEADER);
        (void)add_running(f, list, "2026-031|" BUYER_SIRET "||||||" CONTRACTOR_SIRET "|||04/2026|100|||A.B.||");
        (void)add_running(f, list, "2026-031|" BUYER_SIRET "||||||||900|05/2026|100|||A.B.||");
        const Types__ListReport *report = take_running(f, list);
        assert_int_equal(report->created, 1);
        assert_int_equal(see_obligation(f, obligation)->done->hundredths, 10000);
        assert_non_null(strstr(rejected(report, 1)->text, "doit déjà 833\u00a0h"));
        assert_string_equal(rejected(report, 1)->column, "Heures dues");
}

static void test_a_group_shares_a_lot(void **state)
{
        struct fixture *f = *state;
        Contracts__ImportRunning *list = a_running_list(f, RUNNING_HEADER);
        (void)add_running(f, list, SCHOOL_IS "|1|" PAINTER "|||||||");
        (void)add_running(f, list, SCHOOL_AGAIN "|1|" MASON_SIRET "|Maçons|180|||||||");
        (void)add_running(f, list, SCHOOL_AGAIN "|||||04/2025|10|||A.B.||"); /* whose? */
        (void)add_running(f, list, SCHOOL_AGAIN "||" MASON_SIRET "|||04/2025|10|||A.B.||");
        (void)add_running(f, list, SCHOOL_AGAIN "|3|" MASON_SIRET "|Maçons|20|||||||");
        (void)add_running(f, list, SCHOOL_AGAIN "|||||04/2025|10|||A.B.||"); /* of which lot? */
        const Types__ListReport *report = take_running(f, list);
        assert_int_equal(report->created, 4);
        assert_string_equal(rejected(report, 2)->column, "SIRET titulaire");
        assert_string_equal(rejected(report, 5)->column, "Lot");
        const Contracts__ContractView *view = see_contract(f, report->rows[0]->id);
        assert_int_equal(view->n_clauses, 2);
        assert_int_equal(view->clauses[0]->hours->hundredths, 200000);
        assert_int_equal(view->clauses[0]->n_obligations, 2);
        assert_int_equal(ledger_sum(f, NULL), 0);
}

/* A row whose cells after the twelfth common ones are wrong in one way, told at that cell. */
static void test_what_the_single_commands_refuse(void **state)
{
        static const struct {
                const char *cells, *column, *text;
        } wrong[] = {
                {"|" BUYER_SIRET "|École|||||||||||||", "N° de marché", "à chaque ligne"},
                {"2025-1||École|||||||||||||", "SIRET acheteur", "à chaque ligne"},
                {"2025-1|21310555400018|École|||||||||||||", "SIRET acheteur", "clés"},
                {"2025-1|2,13106E+13|École|||||||||||||", "SIRET acheteur", "abrégé"},
                {"2025-1|" BUYER_SIRET "|||||||||||||||", "Objet", "première ligne"},
                {"2025-1|" BUYER_SIRET "|École|beaucoup||||||||||||", "Montant HT", "non compris"},
                {"2025-1|" BUYER_SIRET "|École||32/01/2025||||||||||||", "Notifié le", "non comprise"},
                {"2025-1|" BUYER_SIRET "|École||01/12/2026||||||||||||", "Notifié le", "à venir"},
                {"2025-1|" BUYER_SIRET "|École||01/12/2025|01/11/2025|||||||||||", "Notifié le", "avant de commencer"},
                {"2025-1|" BUYER_SIRET "|École|||01/11/2025|||||||||||", "Fin", "ne dit pas la durée"},
                {"2025-1|" BUYER_SIRET "|École||01/03/2025||peinture|" PAINTER "|||||||", "Lot", "non compris"},
                {"2025-1|" BUYER_SIRET "|École||01/03/2025||1||Peintures|100|||||||", "SIRET titulaire",
                 "titulaire manque"},
                {"2025-1|" BUYER_SIRET "|École||01/03/2025||1|" CONTRACTOR_SIRET "||100|||||||", "Titulaire", "nom"},
                {"2025-2|" BUYER_SIRET "|École||01/03/2025||1|" CONTRACTOR_SIRET "|Peintures||||||||", "Heures dues",
                 "manquent"},
                {"2025-1|" BUYER_SIRET "|École||01/03/2025||1|" PAINTER "|05/2025||||||", "Heures réalisées",
                 "manquent"},
                {"2025-1|" BUYER_SIRET "|École||01/03/2025||1|" PAINTER "||100|||||", "Mois", "manque"},
                {"2025-1|" BUYER_SIRET "|École||01/03/2025||1|" PAINTER "|02/2025|100|||||", "Mois", "avant le début"},
                {"2025-1|" BUYER_SIRET "|École||01/03/2025||1|" PAINTER "|11/2026|100|||||", "Mois",
                 "après le dernier"},
                {"2025-1|" BUYER_SIRET "|École||01/03/2025||1|" PAINTER "|05/2025|500|||A.B.||", "Heures réalisées",
                 "un mois n'en permet"},
                {"2025-1|" BUYER_SIRET "|École||01/03/2025||1|" PAINTER "|05/2025|50|||Durand||", "Matricule", "nom"},
                {"2025-1|" BUYER_SIRET "|École||01/03/2025||1|" PAINTER "|05/2025|50|ETTI||||", "SIRET structure",
                 "manque"},
                {"2025-1|" BUYER_SIRET "|École||01/03/2025||1|" PAINTER "|05/2025|50|au noir||||", "Modalité",
                 "non comprise"},
                {"2025-1|" BUYER_SIRET "|École||01/03/2025||1|" PAINTER "||||||retard de paiement|01/06/2026",
                 "Dossier de contrôle", "non compris"},
                {"2025-1|" BUYER_SIRET "|École||01/03/2025||1|" PAINTER "||||||relevé en retard|", "Dossier ouvert le",
                 "manque"},
        };
        struct fixture *f = *state;
        Contracts__ImportRunning *list = a_running_list(f, RUNNING_HEADER);
        for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
                (void)add_running(f, list, wrong[i].cells);
        const Types__ListReport *report = take_running(f, list);
        for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
                const Types__RowVerdict *row = report->rows[i];
                if (row->outcome != TYPES__ROW_OUTCOME__ROW_REJECTED || row->n_errors == 0 ||
                    strcmp(row->errors[0]->column, wrong[i].column) != 0 ||
                    strstr(row->errors[0]->text, wrong[i].text) == NULL)
                        fail_msg("« %s »: %d, %s: %s", wrong[i].cells, (int)row->outcome,
                                 row->n_errors == 0 ? "" : row->errors[0]->column,
                                 row->n_errors == 0 ? "" : row->errors[0]->text);
        }
        assert_int_equal(report->created, 0);
}

static void test_a_row_that_rests_on_another(void **state)
{
        struct fixture *f = *state;
        Contracts__ImportRunning *list = a_running_list(f, RUNNING_HEADER);
        (void)add_running(f, list, SCHOOL_IS "|2|" PAINTER "|04/2024|100|||A.B.||"); /* before it was notified */
        (void)add_running(f, list, SCHOOL_AGAIN "|||||05/2025|100|||A.B.||");
        (void)add_running(f, list, "2025-015|" BUYER_SIRET "|Voirie||01/03/2025||||||||||||");
        (void)add_running(f, list, "2025-015|" BUYER_SIRET "||||||" CONTRACTOR_SIRET "|Peintures|100|01/2025|5|||||");
        (void)add_running(f, list, "2025-015|" BUYER_SIRET "||||||" CONTRACTOR_SIRET "|||05/2025|5|||||");
        const Types__ListReport *report = take_running(f, list);
        assert_int_equal(report->created, 1);
        assert_non_null(strstr(rejected(report, 0)->text, "avant le début"));
        assert_non_null(strstr(rejected(report, 1)->text, "s'appuie sur la ligne 2"));
        assert_non_null(strstr(rejected(report, 3)->text, "avant le début"));
        assert_non_null(strstr(rejected(report, 4)->text, "s'appuie sur la ligne 5"));
        assert_int_equal(see_contract(f, report->rows[2]->id)->n_clauses, 0);
}

static void test_a_row_that_says_otherwise(void **state)
{
        struct fixture *f = *state;
        Contracts__ImportRunning *list = a_running_list(f, RUNNING_HEADER);
        (void)add_running(f, list, SCHOOL_IS "|2|" PAINTER "|04/2025|100|||A.B.||");
        (void)add_running(f, list, "2025-014|" BUYER_SIRET "||1 300 000||||||||||||");
        (void)add_running(f, list, SCHOOL_AGAIN "|2|" CONTRACTOR_SIRET "||1 900|||||||");
        (void)add_running(f, list, SCHOOL_AGAIN "|||||04/2025|90|||A.B.||"); /* told twice */
        const Types__ListReport *report = take_running(f, list);
        assert_int_equal(report->created, 1);
        assert_string_equal(rejected(report, 1)->column, "Montant HT");
        assert_non_null(strstr(rejected(report, 1)->text, "La ligne 2"));
        assert_non_null(strstr(rejected(report, 2)->text, "doit déjà 1\u202f820"));
        assert_non_null(strstr(rejected(report, 3)->text, "deux fois"));
        list->list->rows += 1; /* again, without the first: of what is known now */
        list->list->n_rows -= 1;
        assert_non_null(strstr(rejected(take_running(f, list), 0)->text, "AmendContract"));
}

static void test_rows_that_are_not_chosen(void **state)
{
        struct fixture *f = *state;
        static uint32_t second[] = {3};
        Contracts__ImportRunning *list = a_school(f);
        list->list->only = second;
        list->list->n_only = 1;
        const Types__ListReport *report = take_running(f, list);
        assert_int_equal(report->not_chosen, 2);
        assert_non_null(strstr(rejected(report, 1)->text, "n'est pas choisie"));
}

static void test_sums_and_empty_rows_are_passed_over(void **state)
{
        struct fixture *f = *state;
        Contracts__ImportRunning *list = a_school(f);
        (void)add_running(f, list, "|||||||||||||||");
        (void)add_running(f, list, "Total 2025-014|||||||||1 820||373,34|||||");
        (void)add_running(f, list, SCHOOL_AGAIN "|||||TOTAL|373,34|||||");
        (void)add_running(f, list, "||TOTAL GÉNÉRAL|1 200 000|||||||||||");
        const Types__ListReport *report = take_running(f, list);
        assert_int_equal(report->created, 3);
        assert_int_equal(report->empty, 4);
        assert_int_equal(report->rejected, 0);
}

static void test_a_column_a_month(void **state)
{
        struct fixture *f = *state;
        Contracts__ImportRunning *list = a_running_list(
                f, "Marché|Objet|Notification|SIRET entreprise|Entreprise|Objectif|janv. 2026|02/2026|46082|Remarque");
        list->buyer_siret = arena_text(&f->arena, BUYER_SIRET);
        (void)add_running(f, list, "M1|École|03/01/2026|" PAINTER "|10|20,5|30|oui");
        (void)add_running(f, list, "M1|||" MASON_SIRET "|Maçons|300||trop||");
        const Types__ListReport *report = take_running(f, list);
        assert_int_equal(report->n_unused_columns, 1);
        assert_string_equal(report->unused_columns[0], "Remarque");
        assert_int_equal(report->created, 1);
        assert_string_equal(rejected(report, 1)->column, "02/2026");
        const Contracts__ContractView *view = see_contract(f, report->rows[0]->id);
        assert_int_equal(see_obligation(f, view->clauses[0]->obligations[0]->obligation_id)->done->hundredths, 6050);
}

static void test_a_person_over_several_contracts(void **state)
{
        struct fixture *f = *state;
        Contracts__ImportRunning *list = a_running_list(f, RUNNING_HEADER);
        (void)add_running(f, list, SCHOOL_IS "|2|" PAINTER "|04/2025|150|||A.B.||");
        (void)add_running(f, list, "2025-9|" BUYER_SIRET "|Voirie||15/03/2025||1|" PAINTER "|04/2025|100|||A.B.||");
        (void)add_running(f, list, "2025-10|" BUYER_SIRET "|Parc||15/03/2025||1|" PAINTER "|04/2025|100|||A.B.||");
        const Types__ListReport *report = take_running(f, list);
        assert_int_equal(report->created, 2);
        assert_non_null(strstr(report->rows[1]->warnings[0]->text, "durée légale"));
        assert_non_null(strstr(rejected(report, 2)->text, "un mois n'en permet"));
}

static void test_parts(void **state)
{
        struct fixture *f = *state;
        Contracts__ImportRunning *first = a_school(f), *second = a_running_list(f, RUNNING_HEADER);
        first->list->is_last = false;
        const Types__ListReport *report = take_running(f, first);
        (void)add_running(f, second, SCHOOL_AGAIN "|||||06/2025|12|||A.B.||");
        (void)add_running(f, second, SCHOOL_AGAIN "|4|" MASON_SIRET "|Maçons|50|06/2025|7|||||");
        second->list->batch_id = report->batch_id;
        const Types__ListReport *more = take_running(f, second);
        assert_int_equal(more->created, 2);
        assert_true(id_equal(id_of(more->rows[1]->id), id_of(report->rows[0]->id)));
        assert_int_equal(see_contract(f, report->rows[0]->id)->n_clauses, 2);
}

static void test_tracking_told_of_the_month(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        hours_validated(f, 1, obligation, 1, 5000);
        Contracts__ImportRunning *list = a_running_list(f, RUNNING_HEADER);
        (void)add_running(f, list, "2026-031|" BUYER_SIRET "|||||||||10/2026|100|||A.B.||");
        assert_non_null(strstr(rejected(take_running(f, list), 0)->text, "font foi"));
}

static void test_whose(void **state)
{
        struct fixture *f = *state;
        Contracts__ImportRunning *list = a_school(f);
        const Wire__Passport *stranger = fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "75");
        (void)fixture_refused(f, stranger, "ImportRunning", list, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 1), "ImportRunning", list,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)take_running(f, list);
        list->territory = arena_text(&f->arena, "75"); /* what she gives there changes nothing of ours */
        add_running(f, list, SCHOOL_AGAIN "|||||07/2025|5|||||");
        const Contracts__ImportRunningReply *reply = fixture_get(f, stranger, "ImportRunning", list);
        assert_int_equal(reply->report->created + reply->report->updated, 0);
        assert_non_null(strstr(rejected(reply->report, 3)->text, "pas de votre ressort"));
        list->territory = arena_text(&f->arena, "31000");
        (void)fixture_refused(f, coordinator(f), "ImportRunning", list, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

static void test_a_contract_in_preparation_lacks_its_number(void **state)
{
        struct fixture *f = *state;
        Contracts__OpenContract *command = works_to_open(f);
        command->record->number = arena_text(&f->arena, "");
        command->record->object = arena_text(&f->arena, "Extension de l'École");
        (void)opened(f, command);
        assert_non_null(strstr(rejected(take_running(f, a_school(f)), 0)->text, "sans numéro"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_close)
                TEST(test_a_contract_is_taken_over),
                TEST(test_again_it_changes_nothing),
                TEST(test_hours_told_again_are_replaced),
                TEST(test_a_published_contract_is_gone_on_with),
                TEST(test_an_obligation_is_gone_on_with),
                TEST(test_a_group_shares_a_lot),
                TEST(test_what_the_single_commands_refuse),
                TEST(test_a_row_that_rests_on_another),
                TEST(test_a_row_that_says_otherwise),
                TEST(test_rows_that_are_not_chosen),
                TEST(test_sums_and_empty_rows_are_passed_over),
                TEST(test_a_column_a_month),
                TEST(test_a_person_over_several_contracts),
                TEST(test_parts),
                TEST(test_tracking_told_of_the_month),
                TEST(test_whose),
                TEST(test_a_contract_in_preparation_lacks_its_number),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
