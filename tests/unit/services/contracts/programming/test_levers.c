/* The four levers: how well they fit lines of every sort, and that every point is told. */
#include "tests/lib/engine_fixture.h"

#include "services/contracts/programming/duty.h"
#include "services/contracts/programming/levers.h"

struct loaded {
        struct dated rules, duty, thresholds, calibration, reservations;
        struct arena arena;
};

static int load(void **state)
{
        struct loaded *loaded = calloc(1, sizeof(*loaded));
        struct err_info info = {0};
        const char *directory = "deploy/rules";
        assert_non_null(loaded);
        if (dated_load(directory, "levers", &contracts__lever_rules__descriptor, &loaded->rules, &info) != 0 ||
            dated_load(directory, "social_duty", &contracts__social_duty__descriptor, &loaded->duty, &info) != 0 ||
            dated_load(directory, "eu_thresholds", &contracts__eu_thresholds__descriptor, &loaded->thresholds, &info) !=
                    0 ||
            dated_load(directory, "reservations", &contracts__reservation_rules__descriptor, &loaded->reservations,
                       &info) != 0 ||
            dated_load(directory, "calibration", &contracts__calibration_rules__descriptor, &loaded->calibration,
                       &info) != 0)
                fail_msg("%s", info.text);
        *state = loaded;
        return 0;
}

static int unload(void **state)
{
        struct loaded *loaded = *state;
        dated_fini(&loaded->rules);
        dated_fini(&loaded->duty);
        dated_fini(&loaded->thresholds);
        dated_fini(&loaded->calibration);
        dated_fini(&loaded->reservations);
        arena_fini(&loaded->arena);
        free(loaded);
        return 0;
}

/* A line as a test tells it; today is 2026-10-18. */
struct told {
        const char *cpv;
        int64_t euros; /* 0: not told */
        uint32_t months;
        const char *launch; /* NULL: not told */
        const char *territory;
        uint32_t suppliers;
        Contracts__ContractKind kind;
        Contracts__BuyerType buyer;
};

static struct day today(void)
{
        return day_of_civil((struct civil){2026, 10, 18});
}

static Contracts__LineAssessment *assess(struct loaded *loaded, const struct told *told)
{
        struct arena *arena = &loaded->arena;
        Contracts__ProgrammeLine *line = pb_new(&contracts__programme_line__descriptor, arena);
        Contracts__ObligationFacts facts = CONTRACTS__OBLIGATION_FACTS__INIT;
        struct duty_rules duty = {&loaded->duty, &loaded->thresholds};
        struct day launch;

        line->cpv = arena_text(arena, told->cpv);
        line->kind = told->kind;
        line->duration_months = told->months;
        if (told->euros > 0)
                line->amount = money_to(arena, money_of_cents(told->euros * 100));
        if (told->launch != NULL) {
                assert_int_equal(day_parse(told->launch, &launch), 0);
                line->launch_on = day_to(arena, launch);
        }
        facts.kind = told->kind;
        facts.nature = duty_nature(&duty, told->cpv, today());
        facts.amount = line->amount;
        facts.launch_on = line->launch_on;
        facts.duration_months = told->months;
        facts.buyer_type = told->buyer;
        struct lever_inputs inputs = {
                .rules = dated_on(&loaded->rules, today()),
                .calibration = dated_on(&loaded->calibration, today()),
                .ess = ((const Contracts__ReservationRulesVersion *)dated_on(&loaded->reservations, today()))->ess,
                .line = line,
                .check = duty_check(&duty, &facts, arena),
                .territory = told->territory,
                .suppliers = told->suppliers,
                .today = today(),
        };
        return levers_assess(&inputs, arena);
}

#define MARKET     CONTRACTS__CONTRACT_KIND__MARKET
#define CONCESSION CONTRACTS__CONTRACT_KIND__CONCESSION
#define OTHER      CONTRACTS__BUYER_TYPE__BUYER_OTHER_AUTHORITY
#define CONDITION  CONTRACTS__LEVER__LEVER_CONDITION
#define CRITERION  CONTRACTS__LEVER__LEVER_CRITERION
#define RESERVED   CONTRACTS__LEVER__LEVER_RESERVED
#define NONE       CONTRACTS__LEVER__LEVER_NONE
#define GOOD       CONTRACTS__FIT__FIT_GOOD
#define POSSIBLE   CONTRACTS__FIT__FIT_POSSIBLE
#define WEAK       CONTRACTS__FIT__FIT_WEAK
#define EXCLUDED   CONTRACTS__FIT__FIT_EXCLUDED

static const struct {
        const char *what;
        struct told told;
        Contracts__Lever best;
        Contracts__Fit condition, reserved, none;
} proposals[] = {
        {"a school: works of 1.2 M€ over 14 months, in spring",
         {"45210000", 1200000, 14, "2027-04-01", "31", 40, MARKET, OTHER},
         CONDITION,
         GOOD,
         POSSIBLE,
         WEAK},
        {"cleaning of 90,000 € a year, many structures near",
         {"90910000", 90000, 12, "2027-03-01", "31", 40, MARKET, OTHER},
         RESERVED,
         WEAK,
         GOOD,
         WEAK},
        {"cleaning above the threshold: obligatory",
         {"90910000", 900000, 48, "2027-03-01", "31", 12, MARKET, OTHER},
         CONDITION,
         GOOD,
         GOOD,
         WEAK},
        {"software licences, small and short",
         {"48000000", 20000, 1, "2027-03-01", "31", 40, MARKET, OTHER},
         NONE,
         WEAK,
         WEAK,
         GOOD},
        {"office licences above the threshold: obligatory, and they carry no clause",
         {"48000000", 310000, 36, "2027-10-01", "31", 40, MARKET, OTHER},
         NONE,
         WEAK,
         WEAK,
         WEAK},
        {"painting of 90,000 €: 126 h are too little to hire anybody",
         {"45442100", 90000, 12, "2027-03-01", "31", 2, MARKET, OTHER},
         CRITERION,
         WEAK,
         POSSIBLE,
         WEAK},
        {"gardens where nobody inclusive is near",
         {"77310000", 200000, 36, "2027-03-01", "48", 0, MARKET, OTHER},
         CONDITION,
         GOOD,
         WEAK,
         WEAK},
        {"published already",
         {"45210000", 1200000, 14, "2026-10-01", "31", 40, MARKET, OTHER},
         NONE,
         EXCLUDED,
         EXCLUDED,
         WEAK},
        {"in two weeks: nobody can be associated",
         {"45210000", 200000, 6, "2026-11-01", "31", 5, MARKET, OTHER},
         CONDITION,
         POSSIBLE,
         WEAK,
         POSSIBLE},
};

static void test_vectors(void **state)
{
        struct loaded *loaded = *state;
        for (size_t i = 0; i < ARRAY_SIZE(proposals); i++) {
                const Contracts__LineAssessment *assessment = assess(loaded, &proposals[i].told);
                const Contracts__Fit fits[] = {levers_fit(assessment, CONDITION)->fit,
                                               levers_fit(assessment, RESERVED)->fit,
                                               levers_fit(assessment, NONE)->fit};
                if (assessment->levers[0]->lever != proposals[i].best || fits[0] != proposals[i].condition ||
                    fits[1] != proposals[i].reserved || fits[2] != proposals[i].none)
                        fail_msg("%s: best %s; condition %u, criterion %u, reserved %u, none %u", proposals[i].what,
                                 lever_name(assessment->levers[0]->lever), levers_fit(assessment, CONDITION)->score,
                                 levers_fit(assessment, CRITERION)->score, levers_fit(assessment, RESERVED)->score,
                                 levers_fit(assessment, NONE)->score);
        }
}

static const struct told school = {"45210000", 1200000, 14, "2027-04-01", "31", 40, MARKET, OTHER};

/* A score is its start and the points of its reasons, nothing else. */
static void test_points_are_told(void **state)
{
        struct loaded *loaded = *state;
        const Contracts__LeverRulesVersion *rules = dated_on(&loaded->rules, today());
        const Contracts__LineAssessment *assessment = assess(loaded, &school);
        assert_int_equal(assessment->n_levers, 4);
        for (size_t i = 0; i < assessment->n_levers; i++) {
                const Contracts__LeverFit *fit = assessment->levers[i];
                int64_t score = 0;
                for (size_t j = 0; j < rules->n_levers; j++)
                        score += rules->levers[j]->lever == fit->lever ? rules->levers[j]->points : 0;
                for (size_t j = 0; j < fit->n_reasons; j++) {
                        score += fit->reasons[j]->points;
                        assert_true(fit->reasons[j]->text[0] != '\0' && fit->reasons[j]->value[0] != '\0');
                }
                score = score < 0 ? 0 : score > 100 ? 100 : score;
                assert_int_equal(fit->score, score);
                assert_true(i == 0 || assessment->levers[i - 1]->score >= fit->score);
        }
}

static bool has_reason(const Contracts__LeverFit *fit, const char *text)
{
        for (size_t i = 0; i < fit->n_reasons; i++)
                if (strstr(fit->reasons[i]->text, text) != NULL)
                        return true;
        return false;
}

/* Office licences above the threshold carry no clause: none is proposed, never without the derogation that it takes. */
static void test_none_is_proposed_with_the_derogation_that_it_takes(void **state)
{
        static const struct told licences = {"48000000", 310000, 36, "2027-10-01", "31", 40, MARKET, OTHER};
        struct loaded *loaded = *state;
        const Contracts__LineAssessment *assessment = assess(loaded, &licences);
        assert_int_equal(assessment->levers[0]->lever, NONE);
        assert_true(has_reason(assessment->levers[0], "dérogation, motivée par écrit"));
        assert_true(has_reason(levers_fit(assessment, CONDITION), "obligatoire"));
        assert_true(levers_fit(assessment, CONDITION)->withheld);
}

static void test_what_it_computes(void **state)
{
        struct loaded *loaded = *state;
        const Contracts__LineAssessment *assessment = assess(loaded, &school);
        /* 1,200,000 € x 50 % x 5 % / 25 € */
        assert_int_equal(assessment->hours->hundredths, 120000);
        assert_int_equal(assessment->labour_share->millionths, 500000);
        assert_string_equal(assessment->trade, "Bâtiment, moyenne");
        assert_int_equal(assessment->n_missing, 0);
        assert_string_equal(assessment->rules_version, "leviers-2026-1");
}

/* The longest prefix of the CPV code tells the trade. */
static void test_trades(void **state)
{
        static const struct {
                const char *cpv, *trade;
        } vectors[] = {
                {"45442100-8", "Peinture intérieure"},
                {"45233140", "Voirie, réseaux, travaux publics"},
                {"45112700", "Espaces verts"},
                {"45112500", "Voirie, réseaux, travaux publics"},
                {"45262522", "Maçonnerie"},
                {"45262400", "Charpente métallique"},
                {"79710000", "Gardiennage"},
                {"79410000", "Prestations intellectuelles"},
                {"55523100", "Restauration"},
                {"33600000", ""},
        };
        struct loaded *loaded = *state;
        for (size_t i = 0; i < ARRAY_SIZE(vectors); i++) {
                struct told told = school;
                told.cpv = vectors[i].cpv;
                assert_string_equal(assess(loaded, &told)->trade, vectors[i].trade);
        }
}

static void test_what_is_not_known_is_told(void **state)
{
        struct loaded *loaded = *state;
        const struct told nothing = {"", 0, 0, NULL, "", 0, MARKET, OTHER};
        const Contracts__LineAssessment *assessment = assess(loaded, &nothing);
        assert_int_equal(assessment->n_missing, 6);
        assert_null(assessment->hours);
        for (size_t i = 0; i < assessment->n_levers; i++)
                assert_int_equal(assessment->levers[i]->n_reasons, 0);
}

static bool says(const Contracts__LeverFit *fit, const char *part)
{
        for (size_t i = 0; i < fit->n_reasons; i++)
                if (strstr(fit->reasons[i]->text, part) != NULL)
                        return true;
        return false;
}

static void test_legal_validity(void **state)
{
        struct loaded *loaded = *state;
        const struct told concession = {"77310000", 400000, 60, "2027-04-01", "31", 20, CONCESSION, OTHER};
        assert_true(says(levers_fit(assess(loaded, &concession), RESERVED), "L3113-3"));
        const struct told care = {"85300000", 200000, 36, "2027-04-01", "31", 20, MARKET, OTHER};
        assert_true(says(levers_fit(assess(loaded, &care), RESERVED), "L2113-15"));
        const struct told long_care = {"85300000", 200000, 37, "2027-04-01", "31", 20, MARKET, OTHER};
        assert_true(says(levers_fit(assess(loaded, &long_care), RESERVED), "L2113-16"));
        const struct told obligatory = {"90910000", 900000, 48, "2027-03-01", "31", 12, MARKET, OTHER};
        assert_true(says(levers_fit(assess(loaded, &obligatory), NONE), "dérogation"));
        assert_true(says(levers_fit(assess(loaded, &obligatory), CRITERION), "ne remplit pas l'obligation"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_vectors, load, unload),
                cmocka_unit_test_setup_teardown(test_points_are_told, load, unload),
                cmocka_unit_test_setup_teardown(test_none_is_proposed_with_the_derogation_that_it_takes, load, unload),
                cmocka_unit_test_setup_teardown(test_what_it_computes, load, unload),
                cmocka_unit_test_setup_teardown(test_trades, load, unload),
                cmocka_unit_test_setup_teardown(test_what_is_not_known_is_told, load, unload),
                cmocka_unit_test_setup_teardown(test_legal_validity, load, unload),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
