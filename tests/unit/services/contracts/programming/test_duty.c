/* The obligation of a social condition: table of contracts, on both sides of every threshold and date. */
#include "tests/lib/engine_fixture.h"

#include "services/contracts/programming/duty.h"

struct loaded {
        struct dated duty, thresholds;
        struct duty_rules rules;
        struct arena arena;
};

static int load(void **state)
{
        struct loaded *loaded = calloc(1, sizeof(*loaded));
        struct err_info info = {0};
        assert_non_null(loaded);
        assert_int_equal(
                dated_load("deploy/rules", "social_duty", &contracts__social_duty__descriptor, &loaded->duty, &info),
                0);
        assert_int_equal(dated_load("deploy/rules", "eu_thresholds", &contracts__eu_thresholds__descriptor,
                                    &loaded->thresholds, &info),
                         0);
        loaded->rules = (struct duty_rules){&loaded->duty, &loaded->thresholds};
        *state = loaded;
        return 0;
}

static int unload(void **state)
{
        struct loaded *loaded = *state;
        dated_fini(&loaded->duty);
        dated_fini(&loaded->thresholds);
        arena_fini(&loaded->arena);
        free(loaded);
        return 0;
}

#define MARKET     CONTRACTS__CONTRACT_KIND__MARKET
#define CONCESSION CONTRACTS__CONTRACT_KIND__CONCESSION
#define PRIVATE    CONTRACTS__CONTRACT_KIND__PRIVATE
#define WORKS      CONTRACTS__NATURE__NATURE_WORKS
#define SUPPLIES   CONTRACTS__NATURE__NATURE_SUPPLIES
#define SERVICES   CONTRACTS__NATURE__NATURE_SERVICES
#define ANY        CONTRACTS__NATURE__NATURE_UNKNOWN
#define STATE      CONTRACTS__BUYER_TYPE__BUYER_STATE
#define OTHER      CONTRACTS__BUYER_TYPE__BUYER_OTHER_AUTHORITY
#define ENTITY     CONTRACTS__BUYER_TYPE__BUYER_ENTITY
#define NOBODY     CONTRACTS__BUYER_TYPE__BUYER_TYPE_UNKNOWN
#define UNKNOWN    CONTRACTS__DUTY__DUTY_UNKNOWN
#define MANDATORY  CONTRACTS__DUTY__DUTY_MANDATORY
#define DEROGABLE  CONTRACTS__DUTY__DUTY_DEROGABLE
#define OPTIONAL   CONTRACTS__DUTY__DUTY_OPTIONAL

struct contract {
        Contracts__ContractKind kind;
        Contracts__Nature nature;
        Contracts__BuyerType buyer;
        int64_t euros; /* -1: not told */
        uint32_t months;
        const char *launch; /* NULL: not told */
        bool defence;
};

static Contracts__ObligationCheck *check_of(struct loaded *loaded, const struct contract *contract)
{
        Contracts__ObligationFacts facts = CONTRACTS__OBLIGATION_FACTS__INIT;
        struct day launch;
        facts.kind = contract->kind;
        facts.nature = contract->nature;
        facts.buyer_type = contract->buyer;
        facts.duration_months = contract->months;
        facts.defence = contract->defence;
        if (contract->euros >= 0)
                facts.amount = money_to(&loaded->arena, money_of_cents(contract->euros * 100));
        if (contract->launch != NULL) {
                assert_int_equal(day_parse(contract->launch, &launch), 0);
                facts.launch_on = day_to(&loaded->arena, launch);
        }
        return duty_check(&loaded->rules, &facts, &loaded->arena);
}

static void test_vectors(void **state)
{
        static const struct {
                struct contract contract;
                Contracts__Duty duty;
        } vectors[] = {
                /* the day */
                {{MARKET, SERVICES, OTHER, 300000, 24, "2026-08-21", false}, OPTIONAL},
                {{MARKET, SERVICES, OTHER, 300000, 24, "2026-08-22", false}, MANDATORY},
                {{MARKET, SERVICES, OTHER, 300000, 24, "2019-01-01", false}, OPTIONAL},
                {{MARKET, SERVICES, OTHER, 300000, 24, "2031-01-01", false}, MANDATORY},
                /* the thresholds of 2026-27: reached is enough */
                {{MARKET, SERVICES, STATE, 139999, 24, "2027-01-01", false}, OPTIONAL},
                {{MARKET, SERVICES, STATE, 140000, 24, "2027-01-01", false}, MANDATORY},
                {{MARKET, SUPPLIES, STATE, 140000, 24, "2027-01-01", false}, MANDATORY},
                {{MARKET, SERVICES, OTHER, 215999, 24, "2027-01-01", false}, OPTIONAL},
                {{MARKET, SERVICES, OTHER, 216000, 24, "2027-01-01", false}, MANDATORY},
                {{MARKET, SUPPLIES, ENTITY, 431999, 24, "2027-01-01", false}, OPTIONAL},
                {{MARKET, SUPPLIES, ENTITY, 432000, 24, "2027-01-01", false}, MANDATORY},
                {{MARKET, WORKS, OTHER, 5403999, 24, "2027-01-01", false}, OPTIONAL},
                {{MARKET, WORKS, OTHER, 5404000, 24, "2027-01-01", false}, MANDATORY},
                {{CONCESSION, ANY, NOBODY, 5403999, 24, "2027-01-01", false}, OPTIONAL},
                {{CONCESSION, ANY, NOBODY, 5404000, 24, "2027-01-01", false}, MANDATORY},
                /* works do not depend on the buyer */
                {{MARKET, WORKS, NOBODY, 5404000, 24, "2027-01-01", false}, MANDATORY},
                /* short works */
                {{MARKET, WORKS, OTHER, 6000000, 5, "2027-01-01", false}, DEROGABLE},
                {{MARKET, WORKS, OTHER, 6000000, 6, "2027-01-01", false}, MANDATORY},
                {{MARKET, WORKS, OTHER, 6000000, 0, "2027-01-01", false}, MANDATORY},
                {{MARKET, SERVICES, OTHER, 6000000, 5, "2027-01-01", false}, MANDATORY},
                {{CONCESSION, WORKS, OTHER, 6000000, 5, "2027-01-01", false}, MANDATORY},
                /* what is left out */
                {{MARKET, SERVICES, STATE, 9000000, 24, "2027-01-01", true}, OPTIONAL},
                {{PRIVATE, WORKS, NOBODY, 9000000, 24, NULL, false}, OPTIONAL},
                /* what is missing */
                {{MARKET, SERVICES, OTHER, 300000, 24, NULL, false}, UNKNOWN},
                {{MARKET, ANY, OTHER, 300000, 24, "2027-01-01", false}, UNKNOWN},
                {{MARKET, SERVICES, NOBODY, 300000, 24, "2027-01-01", false}, UNKNOWN},
                {{MARKET, SERVICES, OTHER, -1, 24, "2027-01-01", false}, UNKNOWN},
                /* but nothing is missing before the law */
                {{MARKET, ANY, NOBODY, -1, 0, "2026-01-15", false}, OPTIONAL},
        };
        struct loaded *loaded = *state;
        for (size_t i = 0; i < ARRAY_SIZE(vectors); i++) {
                const Contracts__ObligationCheck *check = check_of(loaded, &vectors[i].contract);
                if (check->duty != vectors[i].duty)
                        fail_msg("vector %zu: duty %d instead of %d: %s", i, (int)check->duty, (int)vectors[i].duty,
                                 check->n_reasons > 0 ? check->reasons[0] : "no reason");
                assert_true(check->n_reasons > 0);
                assert_int_equal(check->duty == UNKNOWN, check->n_missing > 0);
                assert_int_equal(check->duty == MANDATORY || check->duty == DEROGABLE, check->n_grounds > 0);
        }
}

static void test_what_a_check_says(void **state)
{
        struct loaded *loaded = *state;
        const struct contract contract = {MARKET, SERVICES, OTHER, 300000, 24, "2027-01-01", false};
        const Contracts__ObligationCheck *check = check_of(loaded, &contract);
        assert_int_equal(check->threshold->cents, 21600000);
        assert_string_equal(check->article, "L2112-2-1 du code de la commande publique");
        assert_string_equal(check->rules_version, "climat-2026");
        assert_string_equal(check->thresholds_version, "seuils-2026");
        assert_non_null(strstr(check->reasons[0], "qui atteint le seuil européen"));
        assert_non_null(strstr(check->reasons[0], "marché de services, pouvoir adjudicateur autre que l'État"));

        const struct contract early = {MARKET, SERVICES, OTHER, 300000, 24, "2025-03-01", false};
        assert_string_equal(check_of(loaded, &early)->rules_version, "climat-2021");
        assert_non_null(strstr(check_of(loaded, &early)->reasons[0], "à compter du 22 août 2026"));

        const struct contract concession = {CONCESSION, ANY, OTHER, 6000000, 24, "2027-01-01", false};
        assert_string_equal(check_of(loaded, &concession)->article, "L3114-2-1 du code de la commande publique");
}

static void test_without_facts(void **state)
{
        struct loaded *loaded = *state;
        const Contracts__ObligationCheck *check = duty_check(&loaded->rules, NULL, &loaded->arena);
        assert_int_equal(check->duty, UNKNOWN);
        assert_int_equal(check->facts->kind, MARKET);
        assert_string_equal(check->missing[0], "launch_on");
}

static void test_derogating(void **state)
{
        static const struct contract works = {MARKET, WORKS, OTHER, 6000000, 8, "2027-01-01", false};
        static const struct contract short_works = {MARKET, WORKS, OTHER, 6000000, 4, "2027-01-01", false};
        static const struct contract untimed = {MARKET, WORKS, OTHER, 6000000, 0, "2027-01-01", false};
        static const struct contract services = {MARKET, SERVICES, OTHER, 300000, 4, "2027-01-01", false};
        static const struct contract small = {MARKET, SERVICES, OTHER, 30000, 4, "2027-01-01", false};
        static const struct contract concession = {CONCESSION, ANY, OTHER, 6000000, 4, "2027-01-01", false};
        static const struct contract vague = {MARKET, SERVICES, OTHER, -1, 4, "2027-01-01", false};
        static const struct {
                const struct contract *contract;
                const char *ground;
                bool may;
                const char *field;
        } vectors[] = {
                {&short_works, "TRAVAUX_COURTS", true, ""},
                {&works, "TRAVAUX_COURTS", false, "ground"},
                {&untimed, "TRAVAUX_COURTS", false, "ground"},
                {&services, "TRAVAUX_COURTS", false, "ground"},
                {&concession, "TRAVAUX_COURTS", false, "ground"},
                {&works, "LIEN_INSUFFISANT", true, ""},
                {&services, "SOLUTION_DISPONIBLE", true, ""},
                {&concession, "SOLUTION_DISPONIBLE", false, "ground"},
                {&concession, "CONCURRENCE_OU_DIFFICULTE", true, ""},
                {&concession, "LIEN_INSUFFISANT", true, ""},
                {&works, "AUTRE", false, "ground"},
                {&works, "", false, "ground"},
                {&small, "LIEN_INSUFFISANT", false, "ground"},
                {&vague, "LIEN_INSUFFISANT", false, "facts"},
        };
        struct loaded *loaded = *state;
        for (size_t i = 0; i < ARRAY_SIZE(vectors); i++) {
                struct refusal refusal = {0};
                const Contracts__ObligationCheck *check = check_of(loaded, vectors[i].contract);
                bool may = duty_may_derogate(check, vectors[i].ground, &refusal);
                if (may != vectors[i].may)
                        fail_msg("vector %zu: %s", i, may ? "granted" : refusal.text);
                assert_string_equal(may ? "" : refusal.field, vectors[i].field);
        }
}

static void test_years(void **state)
{
        struct loaded *loaded = *state;
        assert_false(duty_year_is_even(&loaded->rules, 2026)); /* the law comes in August */
        assert_true(duty_year_is_even(&loaded->rules, 2027));
        assert_true(duty_year_is_even(&loaded->rules, 2025));
}

static void test_what_codes_tell(void **state)
{
        struct loaded *loaded = *state;
        struct day day = day_of_civil((struct civil){2027, 1, 1});
        assert_int_equal(duty_buyer_type(&loaded->rules, "13002526500013", day), STATE);
        assert_int_equal(duty_buyer_type(&loaded->rules, "21310555400017", day), OTHER);
        assert_int_equal(duty_buyer_type(&loaded->rules, "55203253400646", day), NOBODY);
        assert_int_equal(duty_buyer_type(&loaded->rules, "", day), NOBODY);
        assert_int_equal(duty_nature(&loaded->rules, "45442100-8", day), WORKS);
        assert_int_equal(duty_nature(&loaded->rules, "44110000", day), SUPPLIES);
        assert_int_equal(duty_nature(&loaded->rules, "03000000", day), SUPPLIES);
        assert_int_equal(duty_nature(&loaded->rules, "90910000", day), SERVICES);
        assert_int_equal(duty_nature(&loaded->rules, "9310000", day), SUPPLIES); /* electricity, its zero lost */
        assert_int_equal(duty_nature(&loaded->rules, "931000", day), ANY);       /* never division 93 */
        assert_int_equal(duty_nature(&loaded->rules, "", day), ANY);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_vectors, load, unload),
                cmocka_unit_test_setup_teardown(test_what_a_check_says, load, unload),
                cmocka_unit_test_setup_teardown(test_without_facts, load, unload),
                cmocka_unit_test_setup_teardown(test_derogating, load, unload),
                cmocka_unit_test_setup_teardown(test_years, load, unload),
                cmocka_unit_test_setup_teardown(test_what_codes_tell, load, unload),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
