/* The rules of an organisation, without a store. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/codec/validate.h"
#include "services/directory/organisations/organisation.h"

#define KIND(name) DIRECTORY__ORGANISATION_KIND__##name

static Directory__Organisation good(void)
{
        Directory__Organisation o = DIRECTORY__ORGANISATION__INIT;
        o.siret = (char *)"13002526500013";
        o.kind = KIND(ACI);
        o.name = (char *)"Chantier du Lac";
        o.territory = (char *)"2A";
        return o;
}

/* What the field rules tell, then what the rule of the trade does. */
static bool is_sound(const Directory__Organisation *o, struct refusal *ret)
{
        Directory__PutOrganisation command = DIRECTORY__PUT_ORGANISATION__INIT;
        command.organisation = (Directory__Organisation *)(uintptr_t)o;
        return validate_message(&command.base, day_of_number(20700), ret) && organisation_check(o, ret);
}

static void expect_refusal(const Directory__Organisation *o, const char *field)
{
        struct refusal refusal = {0};
        assert_false(is_sound(o, &refusal));
        assert_string_equal(refusal.field, field);
        assert_true(refusal.text[0] != '\0');
}

static void test_good_organisations(void **state)
{
        (void)state;
        struct refusal refusal;
        Directory__Organisation o = good();
        assert_true(is_sound(&o, &refusal));
        o.territory = (char *)"";
        assert_true(is_sound(&o, &refusal));
        o.siret = (char *)"";
        o.source = (char *)"itou";
        o.source_id = (char *)"7";
        assert_true(is_sound(&o, &refusal));
}

static void test_bad_organisations(void **state)
{
        (void)state;
        expect_refusal(NULL, "organisation");

        Directory__Organisation o = good();
        o.kind = KIND(ORGANISATION_KIND_UNKNOWN);
        expect_refusal(&o, "organisation.kind");

        o = good();
        o.siret = (char *)"13002526500014"; /* typed, or from a register that says nothing of it */
        expect_refusal(&o, "organisation.siret");
        char *doubts[] = {(char *)"siret : ce SIRET ne passe pas le contrôle de clé"};
        struct refusal refusal;
        o.source = (char *)"lemarche";
        o.warnings = doubts;
        o.n_warnings = 1;
        assert_true(is_sound(&o, &refusal));

        o = good();
        o.name = (char *)"   ";
        expect_refusal(&o, "organisation.name");

        static const char *const sirets[] = {"1300252650001", "130025265000133", "13002526500O13", " 3002526500013"};
        for (size_t i = 0; i < ARRAY_SIZE(sirets); i++) {
                o = good();
                o.siret = (char *)(uintptr_t)sirets[i];
                expect_refusal(&o, "organisation.siret");
        }

        o = good();
        o.siret = (char *)"";
        o.source = (char *)"itou";
        expect_refusal(&o, "organisation.sourceId");

        o = good();
        o.territory = (char *)"20";
        expect_refusal(&o, "organisation.territory");

        Directory__Coordinates at = DIRECTORY__COORDINATES__INIT;
        at.latitude = 90000001;
        o = good();
        o.coordinates = &at;
        expect_refusal(&o, "organisation.coordinates.latitude");
}

static void test_the_id_is_that_of_the_key(void **state)
{
        (void)state;
        struct arena arena scoped(arena_fini) = {0};
        Directory__Organisation o = good();
        struct id first = organisation_id(&o, &arena);

        o.name = (char *)"Another name";
        o.source_id = (char *)"99";
        assert_true(id_equal(organisation_id(&o, &arena), first));
        o.kind = KIND(EI); /* the same establishment, another trade */
        assert_false(id_equal(organisation_id(&o, &arena), first));

        o.siret = (char *)"";
        o.source = (char *)"ab";
        o.source_id = (char *)"c";
        first = organisation_id(&o, &arena);
        o.source = (char *)"a";
        o.source_id = (char *)"bc";
        assert_false(id_equal(organisation_id(&o, &arena), first));
}

static void test_outcome(void **state)
{
        (void)state;
        struct arena arena scoped(arena_fini) = {0};
        Directory__Organisation a = good(), b = good();
        assert_int_equal(organisation_put_outcome(NULL, &a, &arena), DIRECTORY__PUT_OUTCOME__ADDED);
        assert_int_equal(organisation_put_outcome(&a, &b, &arena), DIRECTORY__PUT_OUTCOME__SAME);
        b.city = (char *)"Ajaccio";
        assert_int_equal(organisation_put_outcome(&a, &b, &arena), DIRECTORY__PUT_OUTCOME__CHANGED);
}

static void test_closing(void **state)
{
        (void)state;
        Directory__OrganisationView row = DIRECTORY__ORGANISATION_VIEW__INIT;
        struct refusal refusal = {0};

        assert_true(organisation_check_close(&row, &refusal));
        assert_false(organisation_check_close(NULL, &refusal));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__NOT_FOUND);
        row.closed = true;
        assert_false(organisation_check_close(&row, &refusal));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__WRONG_STATE);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_good_organisations),
                cmocka_unit_test(test_bad_organisations),
                cmocka_unit_test(test_the_id_is_that_of_the_key),
                cmocka_unit_test(test_outcome),
                cmocka_unit_test(test_closing),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
