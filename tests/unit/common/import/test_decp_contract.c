#include "common/import/decp_contract.h"

#include "common/base/day.h"
#include "tests/unit/common/import/contract_text.h"

static struct day day(const char *text)
{
        struct day day;
        assert_int_equal(day_parse(text, &day), 0);
        return day;
}

static void a_market_is_read_whole(void **state)
{
        struct reading *reading = *state;
        const Contracts__ContractRecord *record = market_with(reading, "_type", "'Marché'");

        assert_non_null(record);
        assert_int_equal(reading->found.warnings.count, 0);
        assert_int_equal(record->kind, CONTRACTS__CONTRACT_KIND__MARKET);
        assert_string_equal(record->number, "2024-17-02");
        assert_string_equal(record->buyer_siret, "21310555400017");
        assert_string_equal(record->nature, "Marché");
        assert_string_equal(record->object, "Voirie : lot 2");
        assert_string_equal(record->cpv, "45233140");
        assert_string_equal(record->procedure, "Procédure adaptée");
        assert_string_equal(record->place->code, "31555");
        assert_int_equal(record->place->kind, CONTRACTS__PLACE_KIND__COMMUNE);
        assert_int_equal(record->duration_months, 12);
        assert_int_equal(record->offers_received, 3);
        assert_int_equal(record->notified_on->days, day_number(day("2024-05-06")));
        assert_int_equal(record->published_on->days, day_number(day("2024-07-02")));
        assert_int_equal(record->amount->cents, 8223850);
        assert_string_equal(record->price_form, "Unitaire");
        assert_string_equal(record->ccag, "Travaux");
        assert_string_equal(record->grouping, "Solidaire");
        assert_true(record->advance);
        assert_false(record->innovative);
        assert_int_equal(record->advance_rate->millionths, 50000);
        assert_string_equal(record->framework_number, "2023-AC-1");
        assert_int_equal(record->n_techniques, 1);
        assert_int_equal(record->n_execution_modes, 2);
        assert_string_equal(record->execution_modes[1], "Tranches");
        assert_string_equal(record->price_types[0], "Définitif ferme");
}

static void a_concession_is_read_by_its_own_names(void **state)
{
        struct reading *reading = *state;
        const Contracts__ContractRecord *record = contract_with(reading, concession_text, "x", NULL);

        assert_non_null(record);
        assert_int_equal(reading->found.warnings.count, 0);
        assert_int_equal(record->kind, CONTRACTS__CONTRACT_KIND__CONCESSION);
        assert_int_equal(record->notified_on->days, day_number(day("2024-06-18")));
        assert_int_equal(record->starts_on->days, day_number(day("2024-07-01")));
        assert_int_equal(record->amount->cents, 70000000);
        assert_int_equal(record->public_subsidy->cents, 100000);
        assert_int_equal(record->n_contractors, 1);
        assert_int_equal(record->social[0], CONTRACTS__SOCIAL_CONSIDERATION__RESERVED);
}

/* key, value, the reason and its field. */
static const struct {
        const char *key;
        const char *value;
        enum note_code code;
        const char *field;
} rejects[] = {
        {"id", NULL, NOTE_MISSING, "id"},
        {"id", "''", NOTE_MISSING, "id"},
        {"id", "null", NOTE_MISSING, "id"},
        {"acheteur", NULL, NOTE_MISSING, "acheteur.id"},
        {"acheteur", "{'id': null}", NOTE_MISSING, "acheteur.id"},
        {"acheteur", "'21310555400017'", NOTE_MISSING, "acheteur.id"},
        {"acheteur", "{'id': '2131055540001'}", NOTE_SIRET_FORM, "acheteur.id"},
        {"acheteur", "{'id': '2131055540001X'}", NOTE_SIRET_FORM, "acheteur.id"},
        {"objet", NULL, NOTE_MISSING, "objet"},
        {"objet", "' \\n'", NOTE_MISSING, "objet"},
        {"dateNotification", NULL, NOTE_MISSING, "dateNotification"},
        {"dateNotification", "'NC'", NOTE_MISSING, "dateNotification"},
        {"dateNotification", "'0218-05-06'", NOTE_DATE, "dateNotification"},
        {"montant", "'test'", NOTE_NUMBER, "montant"},
        {"montant", "-1", NOTE_NEGATIVE, "montant"},
        {"montant", "1e17", NOTE_IMPLAUSIBLE, "montant"},
        {"considerationsSociales", "{'considerationSociale': ['Clause sociale', 'Pas de considération sociale']}",
         NOTE_CONTRADICTION, "considerationsSociales"},
};

static void what_makes_a_contract_unusable_rejects_it(void **state)
{
        struct reading *reading = *state;

        for (size_t i = 0; i < ARRAY_SIZE(rejects); i++) {
                assert_null(market_with(reading, rejects[i].key, rejects[i].value));
                assert_non_null(reading_find(&reading->found.reasons, rejects[i].code, rejects[i].field));
                assert_int_equal(reading->found.reasons.count, 1);
        }
}

static void all_reasons_are_told(void **state)
{
        struct reading *reading = *state;
        const struct json_tree *json =
                reading_json(reading, "{'montant': 'x', 'considerationsSociales': ['Autre', 'Clause sociale']}");

        assert_null(decp_contract(&reading->found, json, CONTRACTS__RECORD_FORMAT__DECP_2022,
                                  CONTRACTS__CONTRACT_KIND__MARKET));
        assert_non_null(reading_find(&reading->found.reasons, NOTE_MISSING, "id"));
        assert_non_null(reading_find(&reading->found.reasons, NOTE_MISSING, "acheteur.id"));
        assert_non_null(reading_find(&reading->found.reasons, NOTE_MISSING, "dateNotification"));
        assert_non_null(reading_find(&reading->found.reasons, NOTE_NUMBER, "montant"));
        assert_non_null(reading_find(&reading->found.reasons, NOTE_MISSING, "objet"));
        assert_int_equal(reading->found.reasons.count, 5);
        assert_non_null(reading_find(&reading->found.warnings, NOTE_LABEL, "considerationsSociales[0]"));
}

static void what_is_no_contract_is_rejected(void **state)
{
        struct reading *reading = *state;

        assert_null(decp_contract(&reading->found, reading_json(reading, "['x']"), CONTRACTS__RECORD_FORMAT__DECP_2019,
                                  CONTRACTS__CONTRACT_KIND__CONTRACT_KIND_UNKNOWN));
        assert_non_null(reading_find(&reading->found.reasons, NOTE_NOT_OBJECT, ""));
        reading_again(reading);
        assert_null(decp_contract(
                &reading->found,
                reading_json(reading, "{'id': '1', 'acheteur_id': '21310555400017', 'autoriteConcedante': 'x'}"),
                CONTRACTS__RECORD_FORMAT__DECP_2019, CONTRACTS__CONTRACT_KIND__CONTRACT_KIND_UNKNOWN));
        assert_non_null(reading_find(&reading->found.reasons, NOTE_FLATTENED, "acheteur_id"));
        assert_int_equal(reading->found.reasons.count, 1);
}

/* key, value, the warning and its field. The contract is kept. */
static const struct {
        const char *key;
        const char *value;
        enum note_code code;
        const char *field;
} warnings[] = {
        {"codeCPV", "''", NOTE_MISSING, "codeCPV"},
        {"codeCPV", "'9310000'", NOTE_ZERO_ADDED, "codeCPV"},
        {"codeCPV", "9310000", NOTE_ZERO_ADDED, "codeCPV"},
        {"codeCPV", "'9910000'", NOTE_CPV, "codeCPV"},
        {"codeCPV", "'12345678'", NOTE_CPV, "codeCPV"},
        {"codeCPV", "'IA01-1'", NOTE_CPV, "codeCPV"},
        {"acheteur", "{'id': 5520000000010}", NOTE_ZERO_ADDED, "acheteur.id"},
        {"titulaires", "[{'typeIdentifiant': 'SIRET', 'id': 5520000000010}]", NOTE_ZERO_ADDED, "titulaires[0].id"},
        {"lieuExecution", "{'code': '4004', 'typeCode': 'Code commune'}", NOTE_ZERO_ADDED, "lieuExecution.code"},
        {"lieuExecution", "{'code': 1000, 'typeCode': 'Code postal'}", NOTE_ZERO_ADDED, "lieuExecution.code"},
        {"lieuExecution", "{'code': '1', 'typeCode': 'Code département'}", NOTE_ZERO_ADDED, "lieuExecution.code"},
        {"montant", NULL, NOTE_MISSING, "montant"},
        {"montant", "'NC'", NOTE_MISSING, "montant"},
        {"titulaires", NULL, NOTE_MISSING, "titulaires"},
        {"titulaires", "[]", NOTE_MISSING, "titulaires"},
        {"considerationsSociales", NULL, NOTE_MISSING, "considerationsSociales"},
        {"considerationsSociales", "{'considerationSociale': []}", NOTE_MISSING, "considerationsSociales"},
        {"considerationsEnvironnementales", "{'considerationEnvironnementale': ['Autre']}", NOTE_LABEL,
         "considerationsEnvironnementales.considerationEnvironnementale[0]"},
        {"acheteur", "{'id': '21310555400018'}", NOTE_SIRET_CHECKSUM, "acheteur.id"},
        {"id", "'2024-000000000-17'", NOTE_TOO_LONG, "id"},
        {"idAccordCadre", "'multisite AMI - 2024'", NOTE_TOO_LONG, "idAccordCadre"},
        {"datePublicationDonnees", "'test'", NOTE_DATE, "datePublicationDonnees"},
        {"dureeMois", "0", NOTE_BELOW_MINIMUM, "dureeMois"},
        {"dureeMois", "'douze'", NOTE_OUT_OF_RANGE, "dureeMois"},
        {"offresRecues", "'test'", NOTE_OUT_OF_RANGE, "offresRecues"},
        {"marcheInnovant", "'test'", NOTE_BOOLEAN, "marcheInnovant"},
        {"tauxAvance", "30", NOTE_OUT_OF_RANGE, "tauxAvance"},
        {"lieuExecution", "'Toulouse'", NOTE_NOT_OBJECT, "lieuExecution"},
        {"lieuExecution", "{'code': '31', 'typeCode': 'Code du lieu'}", NOTE_LABEL, "lieuExecution.typeCode"},
        {"modifications", "'Avenant 1'", NOTE_NOT_LIST, "modifications"},
        {"acheteur", "[{'id': '21310555400017'}, {'id': '21590350100017'}]", NOTE_SEVERAL, "acheteur"},
        {"ccag", "['Travaux']", NOTE_NOT_TEXT, "ccag"},
        {"objet", "'H\\ufffdtel'", NOTE_LOST_CHARACTERS, "objet"},
};

static void what_is_doubtful_is_kept_and_warned_of(void **state)
{
        struct reading *reading = *state;

        for (size_t i = 0; i < ARRAY_SIZE(warnings); i++) {
                assert_non_null(market_with(reading, warnings[i].key, warnings[i].value));
                assert_non_null(reading_find(&reading->found.warnings, warnings[i].code, warnings[i].field));
                assert_int_equal(reading->found.warnings.count, 1);
                reading_fini(reading);
                reading_init(reading);
        }
}

/* key, value: what real files do and what is plain to read. No warning. */
static const struct {
        const char *key;
        const char *value;
} forms[] = {
        {"id", "202417"},
        {"acheteur", "{'id': ' 213 105 554 00017', 'nom ': 'Ville'}"},
        {"codeCPV", "'45000000-7'"},
        {"codeCPV", "'45 000 000'"},
        {"codeCPV", "'45000000-'"},
        {"montant", "'82238.5'"},
        {"montant", "0"},
        {"montant", "999999999"},
        {"dateNotification", "'2024-05-06+02:00'"},
        {"offresRecues", "'NC'"},
        {"dureeMois", "'48.0'"},
        {"marcheInnovant", "'non'"},
        {"attributionAvance", "'1'"},
        {"idAccordCadre", "'CDL'"},
        {"uid", "'x'"},
        {"techniques", "null"},
        {"techniques", "['Concours']"},
        {"techniques", "'Concours'"},
        {"techniques", "[{'technique': ['Concours']}]"},
        {"lieuExecution", "{'code': '99109', 'typeCode': 'Code pays'}"},
        {"lieuExecution", "{'code': '31', 'typeCode': 'CODE DEPARTEMENT', 'nom': 'Haute-Garonne'}"},
        {"modifications", "'[]'"},
        {"considerationsSociales", "['clause sociale']"},
        {"considerationsSociales", "'Critere social'"},
        {"considerationsSociales", "{'considerationSociale': 'Marché réservé'}"},
};

static void plain_forms_are_taken_without_a_word(void **state)
{
        struct reading *reading = *state;

        for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
                assert_non_null(market_with(reading, forms[i].key, forms[i].value));
                assert_int_equal(reading->found.warnings.count, 0);
                reading_fini(reading);
                reading_init(reading);
        }
        assert_string_equal(market_with(reading, forms[0].key, forms[0].value)->number, "202417");
        const Contracts__ContractRecord *record = market_with(reading, forms[1].key, forms[1].value);
        assert_string_equal(record->buyer_siret, "21310555400017");
        assert_string_equal(record->buyer_name, "Ville");
        assert_int_equal(market_with(reading, "montant", "0")->amount->cents, 0);
        assert_int_equal(market_with(reading, "dureeMois", "'48.0'")->duration_months, 48);
}

static void a_lost_zero_is_put_back(void **state)
{
        struct reading *reading = *state;

        assert_string_equal(market_with(reading, "codeCPV", "'9310000-5'")->cpv, "09310000-5");
        assert_string_equal(market_with(reading, "codeCPV", "9310000")->cpv, "09310000");
        assert_string_equal(market_with(reading, "codeCPV", "'931000'")->cpv, ""); /* unknown, never division 93 */
        assert_string_equal(market_with(reading, "acheteur", "{'id': 5520000000010}")->buyer_siret, "05520000000010");
        const Contracts__ContractRecord *record =
                market_with(reading, "lieuExecution", "{'code': '4004', 'typeCode': 'Code commune'}");
        assert_string_equal(record->place->code, "04004");
        record = market_with(reading, "lieuExecution", "{'code': '1', 'typeCode': 'Code département'}");
        assert_string_equal(record->place->code, "01");
}

static Contracts__ContractRecord *read_2019(struct reading *reading, const char *text)
{
        reading_again(reading);
        return decp_contract(&reading->found, reading_json(reading, text), CONTRACTS__RECORD_FORMAT__DECP_2019,
                             CONTRACTS__CONTRACT_KIND__CONTRACT_KIND_UNKNOWN);
}

static void a_2019_contract_may_lack_its_notification(void **state)
{
        struct reading *reading = *state;
        const Contracts__ContractRecord *record = read_2019(
                reading, "{'id': '1', '_type': 'Marché', 'acheteur': {'id': '21310555400017', 'nom': 'Ville'},"
                         " 'dateNotification': '0218-01-01', 'objet': 'x', 'codeCPV': '45000000', 'montant': 1,"
                         " 'titulaires': [{'typeIdentifiant': 'Siret', 'id': '39281098200018',"
                         " 'denominationSociale': 'Dupont'}], 'modifications': []}");

        assert_non_null(record);
        assert_null(record->notified_on);
        assert_int_equal(reading->found.warnings.count, 1);
        assert_non_null(reading_find(&reading->found.warnings, NOTE_DATE, "dateNotification"));
        assert_int_equal(record->n_social, 0); /* the 2019 format has no considerations: unknown, and no warning */
        assert_string_equal(record->buyer_name, "Ville");
        assert_string_equal(record->contractors[0]->name, "Dupont");
        assert_int_equal(record->contractors[0]->kind, CONTRACTS__COMPANY_ID_KIND__SIRET);
}

static void a_2019_element_tells_what_it_is(void **state)
{
        static const struct {
                const char *text;
                Contracts__ContractKind kind;
        } cases[] = {
                {"{'id': '1', 'objet': 'x', '_type': 'Contrat de concession', 'autoriteConcedante': {'id': "
                 "'21310555400017'}}",
                 CONTRACTS__CONTRACT_KIND__CONCESSION},
                {"{'id': '1', 'objet': 'x', 'autoriteConcedante': {'id': '21310555400017'}}",
                 CONTRACTS__CONTRACT_KIND__CONCESSION},
                {"{'id': '1', 'objet': 'x', 'acheteur': {'id': '21310555400017'}}", CONTRACTS__CONTRACT_KIND__MARKET},
                {"{'id': '1', 'objet': 'x', 'acheteur': {'id': '21310555400017'}, 'autoriteConcedante': {}}",
                 CONTRACTS__CONTRACT_KIND__MARKET},
        };
        struct reading *reading = *state;

        for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
                assert_int_equal(read_2019(reading, cases[i].text)->kind, cases[i].kind);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                READING_TEST(a_market_is_read_whole),
                READING_TEST(a_concession_is_read_by_its_own_names),
                READING_TEST(what_makes_a_contract_unusable_rejects_it),
                READING_TEST(all_reasons_are_told),
                READING_TEST(what_is_no_contract_is_rejected),
                READING_TEST(what_is_doubtful_is_kept_and_warned_of),
                READING_TEST(plain_forms_are_taken_without_a_word),
                READING_TEST(a_lost_zero_is_put_back),
                READING_TEST(a_2019_contract_may_lack_its_notification),
                READING_TEST(a_2019_element_tells_what_it_is),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
