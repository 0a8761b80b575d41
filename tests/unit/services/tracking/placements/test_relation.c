/* Whose work it is, and who owes the hours. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/base/attr.h"
#include "services/tracking/placements/relation.h"

#define PAINTER           "13002526500013"
#define PAINTER_ELSEWHERE "13002526500021"
#define MASON             "21310555400017"

static char hires[] = "OTHER_COMPANY_HIRES", hosts[] = "OTHER_COMPANY_HOSTS", own[] = "OWN_SUBCONTRACTOR",
            outside[] = "OUTSIDE_CONTRACT", unknown[] = "NO_SUCH_CHECK";

struct rules {
        Tracking__PlacementCheck checks[3], *list[3];
        Tracking__HoursVersion version;
};

static void make(struct rules *rules)
{
        char *codes[] = {hires, hosts, own};
        rules->version = (Tracking__HoursVersion)TRACKING__HOURS_VERSION__INIT;
        for (size_t i = 0; i < ARRAY_SIZE(codes); i++) {
                rules->checks[i] = (Tracking__PlacementCheck)TRACKING__PLACEMENT_CHECK__INIT;
                rules->checks[i].code = codes[i];
                rules->checks[i].severity = TRACKING__HOURS_SEVERITY__WARN;
                rules->list[i] = &rules->checks[i];
        }
        rules->checks[2].severity = TRACKING__HOURS_SEVERITY__BLOCK;
        rules->version.placement_checks = rules->list;
        rules->version.n_placement_checks = ARRAY_SIZE(codes);
}

static struct company named(const char *name, const char *siret)
{
        return (struct company){{{0}}, siret, name};
}

/* The only warning; "": there is none. "refused": it blocks, at that field. */
static const char *said(const struct rules *rules, struct relation relation, struct arena *arena, const char *field)
{
        struct relation_texts texts;
        struct refusal refusal;
        if (!relation_may_be(&rules->version, &relation, arena, &texts, &refusal)) {
                assert_string_equal(refusal.field, field);
                return "refused";
        }
        assert_true(texts.count <= 1);
        return texts.count == 0 ? "" : texts.texts[0];
}

static void test_a_company_is_known_by_what_is_told_of_it(void **state)
{
        (void)state;
        struct company painter = named("Peintures du Lauragais", PAINTER), other = painter;
        assert_true(company_is_same(&painter, &other));
        other = named("Peintures Lauragais, agence", PAINTER_ELSEWHERE); /* another establishment */
        assert_true(company_is_same(&painter, &other));
        other = named("Peintures du Lauragais", MASON);
        assert_false(company_is_same(&painter, &other));
        other = named("PEINTURES DU LAURAGAIS", "");
        assert_true(company_is_same(&painter, &other));
        other = named("Maçons réunis", "");
        assert_false(company_is_same(&painter, &other));
        other = painter = named("", "");
        assert_false(company_is_same(&painter, &other)); /* of nobody nothing is known */
        painter.organisation = other.organisation = id_derived(1, slice_of_text("painter"));
        assert_true(company_is_same(&painter, &other));
}

static void test_who_hires_and_who_hosts(void **state)
{
        struct arena arena scoped(arena_fini) = {0};
        struct rules rules;
        struct relation relation = {.modality = TYPES__MODALITY__DIRECT_HIRE,
                                    .employer = named("Maçons réunis", MASON),
                                    .host = named("Maçons réunis", MASON),
                                    .owing = named("Peintures du Lauragais", PAINTER)};
        (void)state;
        make(&rules);
        assert_non_null(strstr(said(&rules, relation, &arena, ""), "embauche n'est pas celle qui doit ces heures "
                                                                   "(Peintures du Lauragais)"));
        relation.works_for_other = true;
        assert_non_null(strstr(said(&rules, relation, &arena, ""), "choisissez son obligation"));
        relation.modality = TYPES__MODALITY__STAFF_PROVIDED;
        relation.works_for_other = false;
        assert_non_null(strstr(said(&rules, relation, &arena, ""), "L'entreprise d'accueil"));
        relation.host = named("", PAINTER);
        assert_string_equal(said(&rules, relation, &arena, ""), ""); /* who employs is the structure */
        relation.host = named("", MASON);
        relation.owing = named("", "");
        assert_string_equal(said(&rules, relation, &arena, ""), ""); /* nothing to compare with */
}

static void test_nobody_subcontracts_to_herself(void **state)
{
        struct arena arena scoped(arena_fini) = {0};
        struct rules rules;
        struct relation relation = {.modality = TYPES__MODALITY__SUBCONTRACTING,
                                    .employer = named("", PAINTER_ELSEWHERE),
                                    .owing = named("Peintures du Lauragais", PAINTER)};
        (void)state;
        make(&rules);
        assert_string_equal(said(&rules, relation, &arena, "modality"), "refused");
        rules.checks[2].severity = TRACKING__HOURS_SEVERITY__OFF;
        assert_string_equal(said(&rules, relation, &arena, ""), "");
        rules.checks[2].severity = TRACKING__HOURS_SEVERITY__BLOCK;
        relation.employer = named("", MASON);
        assert_string_equal(said(&rules, relation, &arena, ""), "");
}

static void test_the_life_of_the_contract(void **state)
{
        struct arena arena scoped(arena_fini) = {0};
        struct rules rules;
        struct relation relation = {.modality = TYPES__MODALITY__DIRECT_HIRE,
                                    .life = {.has_begun = true, .first = day_of_number(100)},
                                    .starts_on = day_of_number(99)};
        (void)state;
        make(&rules);
        rules.checks[0].code = outside;
        assert_non_null(strstr(said(&rules, relation, &arena, ""), "ne commence que le"));
        relation.starts_on = day_of_number(100);
        assert_string_equal(said(&rules, relation, &arena, ""), "");
        relation.life.has_ended = true;
        relation.life.last = day_of_number(200);
        relation.starts_on = day_of_number(200);
        assert_string_equal(said(&rules, relation, &arena, ""), "");
        relation.starts_on = day_of_number(201);
        assert_non_null(strstr(said(&rules, relation, &arena, ""), "a pris fin le"));
        rules.checks[0].severity = TRACKING__HOURS_SEVERITY__BLOCK;
        assert_string_equal(said(&rules, relation, &arena, "startsOn"), "refused");
        assert_null(contract_life_outside(&relation.life, day_of_number(0), day_of_number(100), &arena));
        assert_null(contract_life_outside(&relation.life, day_of_number(200), day_of_number(300), &arena));
}

static void test_rules_that_do_not_hold(void **state)
{
        struct rules rules;
        (void)state;
        make(&rules);
        assert_null(relation_rules_fault(&rules.version));
        rules.checks[1].severity = TRACKING__HOURS_SEVERITY__HOURS_SEVERITY_UNKNOWN;
        assert_non_null(relation_rules_fault(&rules.version));
        make(&rules);
        rules.checks[1].code = unknown;
        assert_non_null(relation_rules_fault(&rules.version));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_a_company_is_known_by_what_is_told_of_it),
                cmocka_unit_test(test_who_hires_and_who_hosts),
                cmocka_unit_test(test_nobody_subcontracts_to_herself),
                cmocka_unit_test(test_the_life_of_the_contract),
                cmocka_unit_test(test_rules_that_do_not_hold),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
