#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/codec/types.h"
#include "common/codec/validate.h"
#include "services/tracking/persons/beneficiary.h"

static struct day day(int year, int month, int number)
{
        return day_of_civil((struct civil){year, month, number});
}

/* protobuf-c's texts are not const; nothing here writes them. */
static char *text(const char *literal)
{
        return (char *)(uintptr_t)literal;
}

/* --- referrals ------------------------------------------------------------------------------------------------- */

static Types__Day born;
static Tracking__Identity identity;
static Tracking__ReferBeneficiary command;

static int setup(void **state)
{
        (void)state;
        born = (Types__Day)TYPES__DAY__INIT;
        born.days = day_number(day(1990, 5, 17));
        identity = (Tracking__Identity)TRACKING__IDENTITY__INIT;
        identity.family_name = text("Le Goff");
        identity.given_name = text("Anaïs");
        identity.born_on = &born;
        command = (Tracking__ReferBeneficiary)TRACKING__REFER_BENEFICIARY__INIT;
        command.identity = &identity;
        command.territory = text("31");
        return 0;
}

/* What the field rules tell, then what the rule of the trade does. */
static bool is_sound(struct refusal *ret)
{
        struct day today = day(2026, 10, 18);
        return validate_message(&command.base, today, ret) && referral_is_sound(&command, today, ret);
}

static void accepts(void)
{
        struct refusal refusal;
        if (!is_sound(&refusal))
                fail_msg("refused: %s: %s", refusal.field, refusal.text);
}

static void refuses(const char *field)
{
        struct refusal refusal;
        assert_false(is_sound(&refusal));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal.field, field);
        assert_true(refusal.text[0] != '\0');
}

static void test_names(void **state)
{
        (void)state;
        accepts();
        identity.family_name = text("  ");
        refuses("identity.familyName");
        identity.family_name = text("Dupont 2");
        refuses("identity.familyName");
        identity.family_name = text("D\nupont");
        refuses("identity.familyName");
        identity.family_name = text("Dupont");
        accepts();
        identity.given_name = text("");
        refuses("identity.givenName");
        identity.one_name = true;
        accepts();
        identity.given_name = text("Anaïs");
        refuses("identity.oneName");
        identity.one_name = false;
        command.identity = NULL;
        refuses("identity");
}

static void test_age(void **state)
{
        (void)state;
        identity.born_on = NULL;
        refuses("identity.bornOn");
        identity.born_in = text("1990");
        accepts();
        identity.born_in = text("");
        identity.birth_vouched_by = text("la mission locale");
        accepts();
        identity.birth_vouched_by = text("");
        identity.born_on = &born;
        born.days = day_number(day(2012, 10, 18)); /* fourteen today */
        accepts();
        born.days = day_number(day(2012, 10, 19));
        refuses("identity.bornOn");
        born.days = day_number(day(1945, 10, 19)); /* eighty still */
        accepts();
        born.days = day_number(day(1945, 10, 18));
        refuses("identity.bornOn");
}

static void test_contacts(void **state)
{
        (void)state;
        static const char *const phones[] = {"06 39 98 71 43", "+33 6.39.98.71.43", "(0)5-61-00-00-00", ""};
        for (size_t i = 0; i < ARRAY_SIZE(phones); i++) {
                identity.phone = text(phones[i]);
                accepts();
        }
        identity.phone = text("demander à sa mère");
        refuses("identity.phone");
        identity.phone = text("1850578006084");
        refuses("identity.phone");
        identity.phone = text("");
        identity.email = text("anais@exemple.fr");
        accepts();
        identity.email = text("");
        identity.commune = text("2A004");
        accepts();
        identity.commune = text("Toulouse");
        refuses("identity.commune");
}

static void test_territory(void **state)
{
        (void)state;
        command.territory = text("2A");
        accepts();
        command.territory = text("20");
        refuses("territory");
        command.territory = text("");
        refuses("territory");
}

static void test_reasons(void **state)
{
        (void)state;
        struct refusal refusal;
        assert_true(reason_is_sound("", &refusal));
        assert_true(reason_is_sound("Sans emploi depuis deux ans", &refusal));
        assert_false(reason_is_sound("son numéro est 1 85 05 78 006 084 36", &refusal));
        assert_string_equal(refusal.field, "reason");
}

/* --- periods --------------------------------------------------------------------------------------------------- */

static struct period period(int from, int until)
{
        return (struct period){day_of_number(from), day_of_number(until), false};
}

static void is(const struct period *p, int from, int until, bool cut)
{
        assert_int_equal(day_number(p->from), from);
        assert_int_equal(day_number(p->until), until);
        assert_int_equal(p->cut, cut);
}

static void test_periods_apart_stay_apart_in_order(void **state)
{
        (void)state;
        struct period all[4];
        size_t count = periods_grant(all, 0, period(100, 200));
        count = periods_grant(all, count, period(300, 400));
        count = periods_grant(all, count, period(10, 50));
        assert_int_equal(count, 3);
        is(&all[0], 10, 50, false);
        is(&all[1], 100, 200, false);
        is(&all[2], 300, 400, false);
        assert_null(periods_meeting(all, count, day_of_number(51), day_of_number(99)));
        assert_ptr_equal(periods_meeting(all, count, day_of_number(51), day_of_number(100)), &all[1]);
        assert_ptr_equal(periods_meeting(all, count, day_of_number(400), day_of_number(500)), &all[2]);
        assert_null(periods_meeting(all, count, day_of_number(401), day_of_number(500)));
}

static void test_periods_that_meet_melt(void **state)
{
        (void)state;
        struct period all[4];
        size_t count = periods_grant(all, 0, period(100, 200));
        count = periods_grant(all, count, period(201, 250)); /* the next day */
        assert_int_equal(count, 1);
        is(&all[0], 100, 250, false);
        count = periods_grant(all, count, period(150, 160)); /* inside */
        is(&all[0], 100, 250, false);
        count = periods_grant(all, count, period(400, 500));
        count = periods_grant(all, count, period(90, 450)); /* over both */
        assert_int_equal(count, 1);
        is(&all[0], 90, 500, false);
}

static void test_a_refusal_cuts(void **state)
{
        (void)state;
        struct period all[4];
        size_t count = periods_grant(all, 0, period(100, 200));
        count = periods_grant(all, count, period(300, 400));
        count = periods_refuse(all, count, day_of_number(150));
        assert_int_equal(count, 1);
        is(&all[0], 100, 149, true);
        count = periods_refuse(all, count, day_of_number(500)); /* nothing there */
        is(&all[0], 100, 149, true);
        count = periods_grant(all, count, period(150, 260)); /* eligible again */
        assert_int_equal(count, 1);
        is(&all[0], 100, 260, false);
        count = periods_refuse(all, count, day_of_number(100));
        assert_int_equal(count, 0);
}

static void test_a_suspension_leaves_what_is_behind(void **state)
{
        (void)state;
        struct period all[4];
        size_t count = periods_grant(all, 0, period(100, 200));
        count = periods_suspend(all, count, day_of_number(120), day_of_number(130));
        assert_int_equal(count, 2);
        is(&all[0], 100, 119, true);
        is(&all[1], 131, 200, false);
        count = periods_suspend(all, count, day_of_number(90), day_of_number(119)); /* the whole first part */
        assert_int_equal(count, 1);
        is(&all[0], 131, 200, false);
        count = periods_suspend(all, count, day_of_number(300), day_of_number(310)); /* nothing there */
        assert_int_equal(count, 1);
        count = periods_suspend(all, count, day_of_number(200), day_of_number(210)); /* its last day */
        is(&all[0], 131, 199, true);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup(test_names, setup),
                cmocka_unit_test_setup(test_age, setup),
                cmocka_unit_test_setup(test_contacts, setup),
                cmocka_unit_test_setup(test_territory, setup),
                cmocka_unit_test(test_reasons),
                cmocka_unit_test(test_periods_apart_stay_apart_in_order),
                cmocka_unit_test(test_periods_that_meet_melt),
                cmocka_unit_test(test_a_refusal_cuts),
                cmocka_unit_test(test_a_suspension_leaves_what_is_behind),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
