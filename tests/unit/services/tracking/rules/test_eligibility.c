#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "services/tracking/rules/eligibility.h"

static struct day day(int year, int month, int number)
{
        return day_of_civil((struct civil){year, month, number});
}

static const struct proof_rule proofs[] = {{"RECENT", "attestation", 3}, {"AGELESS", "décision", -1}};
static struct public_rule publics[4];
static const struct contract_rule contracts[] = {{"CDI", 36, false}, {"CDD", 24, false}, {"APPRENTISSAGE", 24, true}};

static int setup(void **state)
{
        (void)state;
        const struct public_rule any = {
                .code = "ANY",
                .label = "tout public",
                .valid_from = day(1970, 1, 1),
                .valid_to = day(2400, 12, 31),
                .age_min_years = -1,
                .age_max_years = -1,
                .proofs = proofs,
                .proof_count = 2,
        };
        publics[0] = publics[1] = publics[2] = publics[3] = any;
        publics[1].code = "SENIOR";
        publics[1].age_min_years = 50;
        publics[2].code = "YOUNG";
        publics[2].age_max_years = 25;
        publics[2].valid_to = day(2026, 6, 30);
        publics[3].code = "OTHER";
        publics[3].reason_demanded = true;
        return 0;
}

static struct eligibility_rules rules(void)
{
        return (struct eligibility_rules){.version = "essai",
                                          .default_months = 24,
                                          .publics = publics,
                                          .public_count = 4,
                                          .contracts = contracts,
                                          .contract_count = 3};
}

static struct day dated;

static struct eligibility_question question(const char *public_code, const char *proof_code)
{
        dated = day(2026, 4, 15);
        return (struct eligibility_question){.public_code = public_code,
                                             .proof_code = proof_code,
                                             .reason = "",
                                             .proof_dated = &dated,
                                             .valid_from = day(2026, 5, 1),
                                             .born_on = day(1990, 5, 2),
                                             .born_by = day(1990, 5, 2),
                                             .eligible = true};
}

static void grants(const struct eligibility_question *q, struct day wanted)
{
        struct refusal refusal;
        struct day until = {0};
        struct eligibility_rules all = rules();
        if (!eligibility_decide(&all, q, &until, &refusal))
                fail_msg("refused: %s: %s", refusal.field, refusal.text);
        assert_int_equal(day_number(until), day_number(wanted));
}

static void refuses(const struct eligibility_question *q, Types__RefusalCode code, const char *field)
{
        struct refusal refusal;
        struct day until = day(2000, 1, 1);
        struct eligibility_rules all = rules();
        assert_false(eligibility_decide(&all, q, &until, &refusal));
        assert_int_equal(refusal.code, code);
        assert_string_equal(refusal.field, field);
        assert_int_equal(day_number(until), day_number(day(2000, 1, 1)));
}

static void test_two_years_less_a_day(void **state)
{
        (void)state;
        struct eligibility_question q = question("ANY", "RECENT");
        grants(&q, day(2028, 4, 30));
        q.valid_from = day(2026, 2, 28);
        dated = day(2026, 2, 1);
        grants(&q, day(2028, 2, 27));
}

static void test_age_of_the_proof(void **state)
{
        (void)state;
        struct eligibility_question q = question("ANY", "RECENT");
        dated = day(2026, 2, 1); /* three months to the day */
        grants(&q, day(2028, 4, 30));
        dated = day(2026, 1, 31);
        refuses(&q, TYPES__REFUSAL_CODE__INVALID_FIELD, "proofDated");
        dated = day(2026, 5, 20);
        grants(&q, day(2028, 4, 30));
        q.proof_dated = NULL;
        refuses(&q, TYPES__REFUSAL_CODE__INVALID_FIELD, "proofDated");
        q = question("ANY", "AGELESS");
        dated = day(2001, 1, 1);
        grants(&q, day(2028, 4, 30));
}

static void test_age_of_the_person(void **state)
{
        (void)state;
        struct eligibility_question q = question("SENIOR", "RECENT");
        q.born_on = q.born_by = day(1976, 5, 1); /* fifty that day */
        grants(&q, day(2028, 4, 30));
        q.born_on = q.born_by = day(1976, 5, 2);
        refuses(&q, TYPES__REFUSAL_CODE__NOT_ELIGIBLE, "publicCode");
        q = question("YOUNG", "RECENT");
        q.born_on = q.born_by = day(2000, 5, 2); /* 26 tomorrow */
        grants(&q, day(2028, 4, 30));
        q.born_on = q.born_by = day(2000, 5, 1);
        refuses(&q, TYPES__REFUSAL_CODE__NOT_ELIGIBLE, "publicCode");
}

/* H11: known by its year, an age that is possible needs a word of why it holds; one that is not is refused. */
static void test_age_of_a_birth_that_is_not_known_whole(void **state)
{
        (void)state;
        struct eligibility_question q = question("SENIOR", "RECENT");
        q.born_on = day(1976, 1, 1);
        q.born_by = day(1976, 12, 31);
        refuses(&q, TYPES__REFUSAL_CODE__INVALID_FIELD, "reason");
        q.reason = "acte de naissance reçu, à confirmer";
        grants(&q, day(2028, 4, 30));
        q.reason = "";
        q.born_by = day(1976, 4, 30); /* fifty in any case */
        grants(&q, day(2028, 4, 30));
        q.born_on = day(1977, 1, 1);
        q.born_by = day(1977, 12, 31);
        refuses(&q, TYPES__REFUSAL_CODE__NOT_ELIGIBLE, "publicCode");
        q = question("YOUNG", "RECENT");
        q.born_on = day(2000, 1, 1);
        q.born_by = day(2000, 12, 31);
        refuses(&q, TYPES__REFUSAL_CODE__INVALID_FIELD, "reason");
}

static void test_a_rule_has_its_dates(void **state)
{
        (void)state;
        struct eligibility_question q = question("YOUNG", "AGELESS");
        q.born_on = q.born_by = day(2005, 1, 1);
        q.valid_from = day(2026, 6, 30);
        grants(&q, day(2028, 6, 29));
        q.valid_from = day(2026, 7, 1);
        refuses(&q, TYPES__REFUSAL_CODE__INVALID_FIELD, "publicCode");
}

static void test_unknown_codes(void **state)
{
        (void)state;
        struct eligibility_question q = question("NONE", "RECENT");
        refuses(&q, TYPES__REFUSAL_CODE__INVALID_FIELD, "publicCode");
        q = question("ANY", "NONE");
        refuses(&q, TYPES__REFUSAL_CODE__INVALID_FIELD, "proofCode");
}

static void test_reasons(void **state)
{
        (void)state;
        struct eligibility_question q = question("OTHER", "RECENT");
        refuses(&q, TYPES__REFUSAL_CODE__INVALID_FIELD, "reason");
        q.reason = "avis de la mission locale";
        grants(&q, day(2028, 4, 30));
        q = question("", "");
        q.eligible = false;
        refuses(&q, TYPES__REFUSAL_CODE__INVALID_FIELD, "reason");
        q.reason = "hors critères";
        grants(&q, day_of_number(0)); /* nothing is granted */
}

static void test_granted_by_contract(void **state)
{
        (void)state;
        struct eligibility_rules all = rules();
        struct day from = day(2026, 5, 1), until = day(2028, 4, 30), ends = day(2029, 8, 31);
        const struct contract_rule *cdi = eligibility_contract(&all, "CDI"), *cdd = eligibility_contract(&all, "CDD");
        const struct contract_rule *apprentice = eligibility_contract(&all, "APPRENTISSAGE");
        assert_null(eligibility_contract(&all, "STAGE"));
        assert_int_equal(day_number(eligibility_granted_until(cdi, from, until, NULL)), day_number(day(2029, 4, 30)));
        assert_int_equal(day_number(eligibility_granted_until(cdd, from, until, &ends)), day_number(until));
        assert_int_equal(day_number(eligibility_granted_until(apprentice, from, until, &ends)), day_number(ends));
        assert_int_equal(day_number(eligibility_granted_until(apprentice, from, until, NULL)), day_number(until));
        until = day(2030, 1, 1); /* prolonged: no contract shortens it */
        assert_int_equal(day_number(eligibility_granted_until(cdi, from, until, NULL)), day_number(until));
}

/* The buyer's in that territory, else the buyer's, else the territory's; in force that day. */
static void test_whose_policy_decides(void **state)
{
        (void)state;
        const struct day from = day(2026, 1, 1), to = day(2026, 12, 31);
        const struct policy_rule policies[] = {
                {"LAND", "", "", "31,81", "ANY", "", 18, from, to},
                {"BUYER", "", "217500016", "", "", "CDI", 12, from, to},
                {"BOTH", "", "21750001600019", "81", "", "", -1, from, to},
        };
        const struct eligibility_rules rules = {.policies = policies, .policy_count = 3};
        const struct {
                const char *buyer, *territory, *policy;
                struct day at;
        } rows[] = {
                {"", "31", "LAND", day(2026, 5, 1)},
                {"", "75", "", day(2026, 5, 1)},
                {"21750001600019", "31", "BUYER", day(2026, 5, 1)},
                {"21750001600019", "81", "BOTH", day(2026, 5, 1)},
                {"21750001600027", "81", "BUYER", day(2026, 5, 1)},
                {"21310555400017", "81", "LAND", day(2026, 5, 1)},
                {"21750001600019", "81", "", day(2027, 1, 1)},
        };
        for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
                const struct policy_question question = {rows[i].buyer, rows[i].territory, rows[i].at};
                const struct policy_rule *policy = eligibility_policy(&rules, &question);
                assert_string_equal(policy == NULL ? "" : policy->code, rows[i].policy);
        }
        struct day last;
        assert_true(policy_admits(NULL, "SENIOR") && policy_admits(&policies[1], "SENIOR"));
        assert_true(policy_admits(&policies[0], "ANY") && !policy_admits(&policies[0], "SENIOR"));
        assert_true(policy_last_day(&policies[1], "CDI", day(2026, 3, 10), &last));
        assert_int_equal(day_number(last), day_number(day(2027, 3, 9)));
        assert_false(policy_last_day(&policies[1], "CDD", day(2026, 3, 10), &last));
        assert_false(policy_last_day(&policies[2], "CDI", day(2026, 3, 10), &last));
        assert_false(policy_last_day(NULL, "CDI", day(2026, 3, 10), &last));
}

static void test_age_years(void **state)
{
        (void)state;
        assert_int_equal(age_years(day(2000, 2, 29), day(2026, 2, 28)), 25);
        assert_int_equal(age_years(day(2000, 2, 29), day(2026, 3, 1)), 26);
        assert_int_equal(age_years(day(2000, 5, 17), day(2026, 5, 17)), 26);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_two_years_less_a_day),
                cmocka_unit_test(test_age_of_the_proof),
                cmocka_unit_test(test_age_of_the_person),
                cmocka_unit_test(test_age_of_a_birth_that_is_not_known_whole),
                cmocka_unit_test(test_a_rule_has_its_dates),
                cmocka_unit_test(test_unknown_codes),
                cmocka_unit_test(test_reasons),
                cmocka_unit_test(test_granted_by_contract),
                cmocka_unit_test(test_whose_policy_decides),
                cmocka_unit_test(test_age_years),
        };
        return cmocka_run_group_tests(tests, setup, NULL);
}
