#include "services/contracts/publication/decp_check.h"

#include "tests/unit/services/contracts/publication/full_record.h"

/* The one problem of the record: its field; "" where there is none, "…" where there are several. */
static const char *lacks(struct fixture *f, const Contracts__ContractRecord *record)
{
        struct decp_problems problems = {.arena = &f->arena};
        decp_check(record, &problems);
        for (size_t i = 0; i < problems.count; i++)
                assert_true(problems.at[i]->text[0] != '\0');
        return problems.count == 0 ? "" : problems.count == 1 ? problems.at[0]->field : "…";
}

static void test_a_full_one_lacks_nothing(void **state)
{
        struct fixture *f = *state;
        assert_string_equal(lacks(f, a_full_record(f)), "");
        assert_string_equal(lacks(f, a_full_concession(f)), "");
}

static void test_each_field_that_is_missing_is_named(void **state)
{
        struct fixture *f = *state;
        static char empty[] = "";
        const struct {
                size_t offset;
                const char *field;
        } texts[] = {
                {offsetof(Contracts__ContractRecord, number), "id"},
                {offsetof(Contracts__ContractRecord, buyer_siret), "acheteur.id"},
                {offsetof(Contracts__ContractRecord, object), "objet"},
                {offsetof(Contracts__ContractRecord, nature), "nature"},
                {offsetof(Contracts__ContractRecord, cpv), "codeCPV"},
                {offsetof(Contracts__ContractRecord, procedure), "procedure"},
                {offsetof(Contracts__ContractRecord, ccag), "ccag"},
                {offsetof(Contracts__ContractRecord, price_form), "formePrix"},
                {offsetof(Contracts__ContractRecord, grouping), "typeGroupementOperateurs"},
        };
        for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
                Contracts__ContractRecord *record = a_full_record(f);
                *(char **)((char *)record + texts[i].offset) = empty;
                assert_string_equal(lacks(f, record), texts[i].field);
        }
        const struct {
                size_t offset;
                const char *field;
        } counts[] = {
                {offsetof(Contracts__ContractRecord, n_techniques), "techniques.technique"},
                {offsetof(Contracts__ContractRecord, n_execution_modes), "modalitesExecution.modaliteExecution"},
                {offsetof(Contracts__ContractRecord, n_price_types), "typesPrix.typePrix"},
                {offsetof(Contracts__ContractRecord, n_contractors), "titulaires"},
                {offsetof(Contracts__ContractRecord, n_social), "considerationsSociales"},
                {offsetof(Contracts__ContractRecord, n_environmental), "considerationsEnvironnementales"},
        };
        for (size_t i = 0; i < ARRAY_SIZE(counts); i++) {
                Contracts__ContractRecord *record = a_full_record(f);
                *(size_t *)((char *)record + counts[i].offset) = 0;
                assert_string_equal(lacks(f, record), counts[i].field);
        }
}

static void test_days_amounts_and_numbers(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_full_record(f);
        record->notified_on = NULL;
        assert_string_equal(lacks(f, record), "dateNotification");
        record = a_full_record(f);
        record->published_on = NULL;
        assert_string_equal(lacks(f, record), "datePublicationDonnees");
        record = a_full_record(f);
        record->amount = NULL;
        assert_string_equal(lacks(f, record), "montant");
        record->amount = money_to(&f->arena, money_of_cents(99));
        assert_string_equal(lacks(f, record), "montant");
        record = a_full_record(f);
        record->duration_months = 0;
        assert_string_equal(lacks(f, record), "dureeMois");
        record->duration_months = 1;
        record->offers_received = 0;
        assert_string_equal(lacks(f, record), "offresRecues");
        record->offers_received = 1;
        record->place->kind = CONTRACTS__PLACE_KIND__PLACE_KIND_UNKNOWN;
        assert_string_equal(lacks(f, record), "lieuExecution");
}

static void test_bounds(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_full_record(f);
        record->number = arena_text(&f->arena, "12345678901234567");
        assert_string_equal(lacks(f, record), "id");
        record = a_full_record(f);
        record->object = arena_alloc(&f->arena, 1002);
        memset(record->object, 'x', 1001);
        record->object[1001] = '\0';
        assert_string_equal(lacks(f, record), "objet");
        record->object[1000] = '\0';
        assert_string_equal(lacks(f, record), "");
        record->cpv = arena_text(&f->arena, "4544210");
        assert_string_equal(lacks(f, record), "codeCPV");
}

static void test_words_are_the_formats_own(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_full_record(f);
        record->ccag = arena_text(&f->arena, "CCAG Travaux");
        assert_string_equal(lacks(f, record), "ccag");
        record = a_full_concession(f);
        record->nature = arena_text(&f->arena, "Marché");
        assert_string_equal(lacks(f, record), "nature");
}

static void test_none_stands_alone(void **state)
{
        static const Contracts__SocialConsideration both[] = {CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CLAUSE,
                                                              CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL};
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_full_record(f);
        record->social = arena_copy(&f->arena, both, sizeof(both));
        record->n_social = 2;
        assert_string_equal(lacks(f, record), "considerationsSociales");
        record->n_social = 1;
        record->social[0] = CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL;
        assert_string_equal(lacks(f, record), "");
}

static void test_what_was_appended(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_full_record(f);
        Contracts__Modification *modification = add_modification(f, record, 1, a_day(f, 2026, 6, 1), 1200000);
        assert_string_equal(lacks(f, record), "");
        modification->number = 0;
        assert_string_equal(lacks(f, record), "modifications[0].id");
        modification->number = 1;
        modification->published_on = NULL;
        assert_string_equal(lacks(f, record), "modifications[0].datePublicationDonneesModification");

        record = a_full_record(f);
        Contracts__Subcontract *act = pb_new(&contracts__subcontract__descriptor, &f->arena);
        act->number = 1;
        act->subcontractor = record->contractors[0];
        act->duration_months = 2;
        act->notified_on = act->published_on = a_day(f, 2026, 6, 1);
        act->amount = euros(f, 900);
        act->price_variation = arena_text(&f->arena, "Ferme");
        record->subcontracts = arena_copy(&f->arena, &act, sizeof(Contracts__Subcontract *));
        record->n_subcontracts = 1;
        assert_string_equal(lacks(f, record), "");
        act->price_variation = arena_text(&f->arena, "");
        assert_string_equal(lacks(f, record), "actesSousTraitance[0].variationPrix");
}

static void test_companies(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_full_record(f);
        Contracts__CompanyId *twice[] = {record->contractors[0], record->contractors[0]};
        record->contractors = arena_copy(&f->arena, twice, sizeof(twice));
        record->n_contractors = 2;
        assert_string_equal(lacks(f, record), "titulaires[1]");
        record->n_contractors = 1;
        record->contractors[0]->value = arena_text(&f->arena, "123");
        assert_string_equal(lacks(f, record), "titulaires[0]");
}

static void test_concessions_have_fields_of_their_own(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_full_concession(f);
        record->starts_on = NULL;
        assert_string_equal(lacks(f, record), "dateDebutExecution");
        record = a_full_concession(f);
        record->public_subsidy = NULL;
        assert_string_equal(lacks(f, record), "montantSubventionPublique");
        record = a_full_concession(f);
        record->notified_on = NULL;
        assert_string_equal(lacks(f, record), "dateSignature");
        record = a_full_concession(f);
        record->amount = NULL;
        assert_string_equal(lacks(f, record), "valeurGlobale");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_full_one_lacks_nothing, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_each_field_that_is_missing_is_named, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_days_amounts_and_numbers, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_bounds, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_words_are_the_formats_own, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_none_stands_alone, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_was_appended, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_companies, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_concessions_have_fields_of_their_own, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
