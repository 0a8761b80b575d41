/* The text of an agreement, from the library that is delivered: nothing half-filled is printed. */
#include "tests/unit/services/contracts/agreements/agreement_fixture.h"

#include "common/codec/dated.h"
#include "services/contracts/agreements/agreement_print.h"

static struct dated library;

static const Texts__TextVersion *texts(void)
{
        return dated_on(&library, day_of_civil((struct civil){2026, 10, 18}));
}

static int load(void **state)
{
        struct err_info info = {0};
        (void)state;
        if (dated_load("deploy/rules", "agreement_texts", &texts__text_library__descriptor, &library, &info) != 0)
                fail_msg("%s", info.text);
        return 0;
}

static int unload(void **state)
{
        (void)state;
        dated_fini(&library);
        return 0;
}

static const char *printed(struct fixture *f, const Contracts__Agreement *agreement)
{
        struct agreement_print print;
        struct refusal refusal = {0};
        if (!agreement_print(agreement, &(struct agreement_matter){texts()}, &f->arena, &print, &refusal))
                fail_msg("%s", refusal.text);
        assert_true(strlen(print.source) > 0);
        assert_string_equal(print.version, texts()->version);
        assert_null(strstr(print.text, "{{"));
        return print.text;
}

static void assert_says(const char *text, const char *words)
{
        if (strstr(text, words) == NULL)
                fail_msg("« %s » is not in: %s", words, text);
}

static void test_a_whole_one(void **state)
{
        struct fixture *f = *state;
        const char *text = printed(f, an_agreement(f));
        assert_says(
                text,
                "Entre\nCommune de Tournefeuille (SIRET 213\u00a0105\u00a0554\u00a000017), représenté par son maire");
        assert_says(text, "\n- associer le facilitateur avant la rédaction du dossier\n");
        assert_says(text, "\n- rendre un bilan chaque semestre\n");
        assert_says(text, "marchés publics, concessions. Métiers : tous. Départements : 31.");
        assert_says(text, "prend effet le 1er janvier 2026 et court jusqu'au 31 décembre 2026");
        assert_says(text, "par périodes de 12 mois, 1 fois au plus");
        assert_says(text, "60 jours avant l'échéance");
        assert_says(text, " par heure d'insertion suivie");
        static const char *const articles[] = {"Article 7. Protection des données personnelles",
                                               "Article 8. Suivi et évaluation", "Article 9. Résiliation",
                                               "avec un préavis de 60 jours à compter de la réception",
                                               "Article 10. Litiges"};
        for (size_t i = 0; i < ARRAY_SIZE(articles); i++)
                assert_says(text, articles[i]);
}

/* Where the parties are, and what a lawyer should look at: beside the text, never in it. */
static void test_addresses_and_what_is_to_be_confirmed(void **state)
{
        struct fixture *f = *state;
        const struct agreement_matter matter = {texts(), .buyer_address = "1 place de la Mairie, 31170 Tournefeuille"};
        struct agreement_print print;
        struct refusal refusal;
        assert_true(agreement_print(an_agreement(f), &matter, &f->arena, &print, &refusal));
        assert_says(print.text, "Commune de Tournefeuille, 1 place de la Mairie, 31170 Tournefeuille (SIRET 213");
        assert_int_equal(print.to_confirm_count, 5);
        assert_says(print.to_confirm[0], "article 26 du RGPD");
        assert_null(strstr(print.text, "à confirmer"));
}

static void test_each_fee(void **state)
{
        struct fixture *f = *state;
        Contracts__Agreement *agreement = an_agreement(f);
        agreement->fee = a_fee(f, CONTRACTS__FEE_KIND__NO_FEE, 0);
        assert_says(printed(f, agreement), "sans participation financière");
        agreement->fee = a_fee(f, CONTRACTS__FEE_KIND__LUMP_SUM_YEAR, 5000);
        agreement->fee->by_days = true;
        agreement->fee->year_max = euros(f, 9000);
        assert_says(printed(f, agreement), "par année civile. Une année entamée");
        assert_says(printed(f, agreement), "ne peut dépasser 9");
        agreement->fee = a_fee(f, CONTRACTS__FEE_KIND__PER_CONTRACT, 800);
        assert_says(printed(f, agreement), "par contrat suivi notifié");
        agreement->fee = a_fee(f, CONTRACTS__FEE_KIND__SHARE_OF_AMOUNT, 0);
        agreement->fee->share = share_to(&f->arena, share_of_millionths(10000));
        assert_says(printed(f, agreement), "du montant hors taxes");
}

static void test_other_words(void **state)
{
        struct fixture *f = *state;
        Contracts__Agreement *agreement = an_agreement(f);
        agreement->tacit_renewal = false;
        agreement->renewal_months = agreement->renewals_max = 0;
        add_text(f, &agreement->cpv_prefixes, &agreement->n_cpv_prefixes, "45");
        add_text(f, &agreement->cpv_prefixes, &agreement->n_cpv_prefixes, "77");
        agreement->kinds = arena_zalloc(&f->arena, sizeof(*agreement->kinds));
        agreement->kinds[0] = CONTRACTS__CONTRACT_KIND__PRIVATE;
        agreement->n_kinds = 1;
        const char *text = printed(f, agreement);
        assert_says(text, "renouvelée que par accord écrit");
        assert_says(text, "codes CPV commençant par 45, 77");
        assert_says(text, "Contrats concernés : contrats privés.");
}

static void test_what_is_missing(void **state)
{
        struct fixture *f = *state;
        struct agreement_print print = {.title = "untouched"};
        struct refusal refusal = {0};
        Contracts__Agreement *agreement = an_agreement(f);
        agreement->perimeter = arena_text(&f->arena, "");
        agreement->n_carrier_commitments = 0;
        agreement->fee = NULL;
        assert_false(agreement_print(agreement, &(struct agreement_matter){texts()}, &f->arena, &print, &refusal));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_says(refusal.text, "périmètre");
        assert_says(refusal.text, "engagements de la structure porteuse");
        assert_says(refusal.text, "participation financière");
        assert_null(strstr(refusal.text, "engagements de l'acheteur"));
        assert_string_equal(print.title, "untouched");
}

static void test_a_library_without_a_text(void **state)
{
        struct fixture *f = *state;
        Texts__TextVersion poor = *texts();
        struct agreement_print print;
        struct refusal refusal = {0};
        poor.n_texts = 1;
        assert_false(agreement_print(an_agreement(f), &(struct agreement_matter){&poor}, &f->arena, &print, &refusal));
        assert_says(refusal.text, "renewal_tacit");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_whole_one, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_addresses_and_what_is_to_be_confirmed, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_each_fee, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_other_words, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_is_missing, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_library_without_a_text, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, load, unload);
}
