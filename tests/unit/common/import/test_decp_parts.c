#include "common/import/decp_contract.h"

#include "tests/unit/common/import/contract_text.h"

static void identifier_kinds_have_many_spellings(void **state)
{
        static const struct {
                const char *label;
                Contracts__CompanyIdKind kind;
        } cases[] = {
                {"SIRET", CONTRACTS__COMPANY_ID_KIND__SIRET},
                {"siret", CONTRACTS__COMPANY_ID_KIND__SIRET},
                {"TVA", CONTRACTS__COMPANY_ID_KIND__TVA},
                {"TVA_INTRACOMMUNAUTAIRE", CONTRACTS__COMPANY_ID_KIND__TVA},
                {"FRWF", CONTRACTS__COMPANY_ID_KIND__FRWF},
                {"FRW", CONTRACTS__COMPANY_ID_KIND__FRWF},
                {"HORS-UE", CONTRACTS__COMPANY_ID_KIND__HORS_UE},
                {"HORS_UE", CONTRACTS__COMPANY_ID_KIND__HORS_UE},
                {"RIDET", CONTRACTS__COMPANY_ID_KIND__RIDET},
                {"TAHITI", CONTRACTS__COMPANY_ID_KIND__TAHITI},
                {"IREP", CONTRACTS__COMPANY_ID_KIND__IREP},
        };
        struct reading *reading = *state;

        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                const Contracts__ContractRecord *record =
                        market_with(reading, "titulaires",
                                    arena_printf(&reading->arena,
                                                 "[{'titulaire': {'typeIdentifiant': '%s', 'id': '39281098200018'}}]",
                                                 cases[i].label));
                assert_int_equal(record->contractors[0]->kind, cases[i].kind);
                assert_int_equal(reading->found.warnings.count, 0);
        }
}

static void doubtful_contractors_are_warned_of(void **state)
{
        static const struct {
                const char *item;
                enum note_code code;
                const char *field;
                size_t kept;
        } cases[] = {
                {"{'typeIdentifiant': 'SIRET', 'id': '392810982000'}", NOTE_SIRET_FORM, "titulaires[0].id", 1},
                {"{'typeIdentifiant': 'SIRET', 'id': 'CSM'}", NOTE_SIRET_FORM, "titulaires[0].id", 1},
                {"{'typeIdentifiant': 'SIRET', 'id': '39281098200019'}", NOTE_SIRET_CHECKSUM, "titulaires[0].id", 1},
                {"{'typeIdentifiant': '', 'id': '39281098200018'}", NOTE_COMPANY_ID_KIND,
                 "titulaires[0].typeIdentifiant", 1},
                {"{'typeIdentifiant': 'EORI', 'id': '1'}", NOTE_COMPANY_ID_KIND, "titulaires[0].typeIdentifiant", 1},
                {"{'denominationSociale': 'Dupont'}", NOTE_MISSING, "titulaires[0].id", 1},
                {"{'typeIdentifiant': 'SIRET'}", NOTE_EMPTY, "titulaires[0]", 0},
                {"'Dupont'", NOTE_NOT_OBJECT, "titulaires[0]", 0},
                {"[[[[[1]]]]]", NOTE_NOT_OBJECT, "titulaires[0][0][0][0][0][0]", 0},
        };
        struct reading *reading = *state;

        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                const Contracts__ContractRecord *record =
                        market_with(reading, "titulaires", arena_printf(&reading->arena, "[%s]", cases[i].item));
                assert_non_null(reading_find(&reading->found.warnings, cases[i].code, cases[i].field));
                assert_int_equal(record->n_contractors, cases[i].kept);
                assert_int_equal(reading->found.warnings.count,
                                 cases[i].kept > 0 ? 1 : 2); /* "titulaires" is missing */
        }
}

static void modifications_are_read_and_numbered(void **state)
{
        struct reading *reading = *state;
        const Contracts__ContractRecord *record = market_with(
                reading, "modifications",
                "[{'modification': {'id': 0, 'dateNotificationModification': '2024-06-03', 'montant': 19061,"
                " 'datePublicationDonneesModification': '2024-06-10', 'dureeMois': 14,"
                " 'titulaires': [{'titulaire': {'typeIdentifiant': 'SIRET', 'id': '39281098200018'}}]}},"
                " {'objetModification': 'Avenant', 'dateSignatureModification': '2024-07-01', 'valeurGlobale': '5,5'},"
                " {'modification': 'x'}, {'modification': {'id': -4, 'dateNotificationModification': '0204-06-06'}}]");

        assert_non_null(record);
        assert_int_equal(record->n_modifications, 3);
        assert_int_equal(record->modifications[0]->number, 0);
        assert_int_equal(record->modifications[0]->amount->cents, 1906100);
        assert_int_equal(record->modifications[0]->duration_months, 14);
        assert_int_equal(record->modifications[0]->n_contractors, 1);
        assert_non_null(record->modifications[0]->published_on);
        assert_int_equal(record->modifications[1]->number, 2);
        assert_int_equal(record->modifications[1]->amount->cents, 550);
        assert_string_equal(record->modifications[1]->object, "Avenant");
        assert_non_null(record->modifications[1]->notified_on);
        assert_int_equal(record->modifications[2]->number, 4);
        assert_null(record->modifications[2]->notified_on);
        assert_non_null(reading_find(&reading->found.warnings, NOTE_BELOW_MINIMUM, "modifications[0].modification.id"));
        assert_non_null(reading_find(&reading->found.warnings, NOTE_NOT_OBJECT, "modifications[2].modification"));
        assert_non_null(reading_find(&reading->found.warnings, NOTE_OUT_OF_RANGE, "modifications[3].modification.id"));
        assert_non_null(reading_find(&reading->found.warnings, NOTE_DATE,
                                     "modifications[3].modification.dateNotificationModification"));
        assert_int_equal(reading->found.warnings.count, 4);
}

static void subcontracts_and_their_modifications_are_read(void **state)
{
        struct reading *reading = *state;
        const Contracts__ContractRecord *record = market_with(
                reading, "actesSousTraitance",
                "[{'acteSousTraitance': {'id': 1, 'sousTraitant': {'typeIdentifiant': 'SIRET',"
                " 'id': '39281098200018'}, 'dureeMois': 12, 'dateNotification': '2023-10-11', 'montant': 10,"
                " 'variationPrix': 'Révisable', 'datePublicationDonnees': '2023-10-12'}},"
                " {'acteSousTraitance': {'id': 2}}]");

        assert_int_equal(record->n_subcontracts, 2);
        assert_string_equal(record->subcontracts[0]->subcontractor->value, "39281098200018");
        assert_int_equal(record->subcontracts[0]->amount->cents, 1000);
        assert_string_equal(record->subcontracts[0]->price_variation, "Révisable");
        assert_null(record->subcontracts[1]->subcontractor);
        assert_non_null(reading_find(&reading->found.warnings, NOTE_MISSING,
                                     "actesSousTraitance[1].acteSousTraitance.sousTraitant"));
        record = market_with(reading, "modificationsActesSousTraitance",
                             "[{'modificationActeSousTraitance': {'id': 1, 'dureeMois': 0, 'montant': 5,"
                             " 'dateNotificationModificationSousTraitance': '2024-07-16',"
                             " 'datePublicationDonnees': '2024-10-03'}},"
                             " {'modificationActeSousTraitance': {'id': 2,"
                             " 'dateNotificationModificationActeSousTraitance': '2024-07-16',"
                             " 'datePublicationDonneesModificationActeSousTraitance': '2024-10-03'}}]");
        assert_int_equal(record->n_subcontract_modifications, 2);
        for (size_t i = 0; i < 2; i++) {
                assert_non_null(record->subcontract_modifications[i]->notified_on);
                assert_non_null(record->subcontract_modifications[i]->published_on);
        }
        assert_int_equal(reading_count(&reading->found.warnings, NOTE_BELOW_MINIMUM), 1);
        assert_int_equal(reading->found.warnings.count, 1);
}

static void what_is_no_list_is_left_aside(void **state)
{
        struct reading *reading = *state;
        const Contracts__ContractRecord *record = market_with(reading, "modifications", "'Avenant 1'");

        assert_non_null(record);
        assert_int_equal(record->n_modifications, 0);
        assert_non_null(reading_find(&reading->found.warnings, NOTE_NOT_LIST, "modifications"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                READING_TEST(identifier_kinds_have_many_spellings),
                READING_TEST(doubtful_contractors_are_warned_of),
                READING_TEST(modifications_are_read_and_numbered),
                READING_TEST(subcontracts_and_their_modifications_are_read),
                READING_TEST(what_is_no_list_is_left_aside),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
