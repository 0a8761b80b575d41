#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/codec/types.h"
#include "common/codec/validate.h"
#include "directory/commands.pb-c.h"
#include "services/tracking/placements/placement.h"

static struct day day(int year, int month, int number)
{
        return day_of_civil((struct civil){year, month, number});
}

static char *text(const char *literal)
{
        return (char *)(uintptr_t)literal;
}

static const struct contract_rule contracts[] = {{"CDI", 36, false}, {"CDD", 24, false}};
static const struct eligibility_rules rules = {
        .version = "essai", .default_months = 24, .contracts = contracts, .contract_count = 2};

/* An opening as it should be; each test spoils one thing. */
static struct {
        struct arena arena;
        Tracking__OpenPlacement command;
        Tracking__OrganisationCopy employer;
        struct period period;
        struct vouched vouched;
        struct opening opening;
        struct id employer_id, host_id;
} scene;

static int setup(void **state)
{
        (void)state;
        arena_reset(&scene.arena);
        scene.employer_id = id_derived(1, slice_of_text("employer"));
        scene.host_id = id_derived(1, slice_of_text("host"));
        scene.command = (Tracking__OpenPlacement)TRACKING__OPEN_PLACEMENT__INIT;
        scene.command.modality = TYPES__MODALITY__STAFF_PROVIDED;
        scene.command.employer = id_to(&scene.arena, scene.employer_id);
        scene.command.host_company = id_to(&scene.arena, scene.host_id);
        scene.command.tutor = text("le tuteur");
        scene.command.referent = text("la référente");
        scene.command.starts_on = day_to(&scene.arena, day(2026, 3, 10));
        scene.command.weekly_hours = hours_to(&scene.arena, hours_of_hundredths(3500));
        scene.command.rome_code = text("F1703");
        scene.command.work_contract = text("CDD");
        scene.employer = (Tracking__OrganisationCopy)TRACKING__ORGANISATION_COPY__INIT;
        scene.employer.kind = DIRECTORY__ORGANISATION_KIND__EI;
        scene.employer.name = text("L'Entreprise");
        scene.period = (struct period){day(2026, 2, 1), day(2028, 1, 31), false};
        scene.vouched =
                (struct vouched){.periods = &scene.period, .period_count = 1, .whole = &scene.period, .whole_count = 1};
        scene.opening = (struct opening){
                .command = &scene.command, .rules = &rules, .vouched = &scene.vouched, .employer = &scene.employer};
        return 0;
}

static int teardown(void **state)
{
        (void)state;
        arena_fini(&scene.arena);
        return 0;
}

/* What the field rules tell, then what the rule of the trade does. */
static bool may_open(struct opened *ret_opened, struct refusal *ret)
{
        return validate_message(&scene.command.base, day(2026, 3, 1), ret) &&
               placement_may_open(&scene.opening, ret_opened, ret);
}

static struct opened opens(void)
{
        struct refusal refusal;
        struct opened opened;
        if (!may_open(&opened, &refusal))
                fail_msg("refused: %s: %s", refusal.field, refusal.text);
        return opened;
}

static void refuses(Types__RefusalCode code, const char *field)
{
        struct refusal refusal;
        struct opened opened;
        assert_false(may_open(&opened, &refusal));
        assert_int_equal(refusal.code, code);
        assert_string_equal(refusal.field, field);
        assert_true(refusal.text[0] != '\0');
}

static void refuses_field(const char *field)
{
        refuses(TYPES__REFUSAL_CODE__INVALID_FIELD, field);
}

static void test_staff_provided(void **state)
{
        (void)state;
        struct opened opened = opens();
        assert_true(id_equal(opened.employer, scene.employer_id));
        assert_true(id_equal(opened.host, scene.host_id));
        assert_string_equal(opened.employer_name, "L'Entreprise");
        assert_int_equal(day_number(opened.grant.until), day_number(day(2028, 1, 31)));

        scene.command.referent = text("");
        refuses_field("referent");
        scene.command.referent = text("R");
        scene.command.host_company = NULL;
        refuses_field("hostCompany");
        scene.command.host_company = scene.command.employer;
        refuses_field("hostCompany");
        scene.command.employer = NULL;
        scene.command.employer_name = text("N");
        refuses_field("employer");
        scene.command.employer = id_to(&scene.arena, scene.employer_id);
        scene.command.host_company = id_to(&scene.arena, scene.host_id);
        scene.employer.kind = DIRECTORY__ORGANISATION_KIND__ETT;
        (void)opens();
        scene.employer.kind =
                DIRECTORY__ORGANISATION_KIND__ORDINARY_COMPANY; /* lending staff is not for every company */
        refuses_field("employer");
}

static void test_direct_hire(void **state)
{
        (void)state;
        scene.command.modality = TYPES__MODALITY__DIRECT_HIRE;
        refuses_field("hostCompany"); /* another than the employer */
        scene.command.host_company = NULL;
        assert_true(id_equal(opens().host, scene.employer_id));
        scene.command.tutor = text(" ");
        refuses_field("tutor");
}

static void test_subcontracting(void **state)
{
        (void)state;
        scene.command.modality = TYPES__MODALITY__SUBCONTRACTING;
        assert_true(id_equal(opens().host, scene.host_id));
        scene.command.host_company = NULL;
        assert_true(id_equal(opens().host, scene.employer_id));
        scene.employer.kind = DIRECTORY__ORGANISATION_KIND__ORDINARY_COMPANY;
        refuses_field("employer");
        scene.opening.employer = NULL;
        scene.command.employer_name = text("inconnue");
        refuses_field("employer");
        scene.command.employer = NULL;
        refuses_field("employer");
}

static void test_modality(void **state)
{
        (void)state;
        scene.command.modality = TYPES__MODALITY__MODALITY_UNKNOWN;
        refuses_field("modality");
        scene.command.modality = (Types__Modality)9;
        refuses_field("modality");
}

static void test_post(void **state)
{
        (void)state;
        static const int64_t wrong[] = {99, 4801, 0, -3500};
        for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
                scene.command.weekly_hours->hundredths = wrong[i];
                refuses_field("weeklyHours");
        }
        scene.command.weekly_hours->hundredths = 100;
        (void)opens();
        scene.command.weekly_hours->hundredths = 4800;
        (void)opens();
        static const char *const codes[] = {"", "F170", "f1703", "F17031", "17031", "FA703"};
        for (size_t i = 0; i < ARRAY_SIZE(codes); i++) {
                scene.command.rome_code = text(codes[i]);
                refuses_field("romeCode");
        }
        scene.command.rome_code = text("F1703");
        scene.command.work_contract = text("");
        refuses_field("workContract");
        scene.command.work_contract = text("CDD");
        scene.command.weekly_hours = NULL;
        refuses_field("weeklyHours");
}

static void test_dates(void **state)
{
        (void)state;
        scene.command.ends_on = day_to(&scene.arena, day(2026, 3, 10)); /* a single day */
        (void)opens();
        scene.command.ends_on->days--;
        refuses_field("endsOn");
        scene.command.ends_on->days += 5000;
        refuses_field("endsOn");
        scene.command.ends_on = NULL;
        scene.command.starts_on = NULL;
        refuses_field("startsOn");
}

static void test_employer(void **state)
{
        (void)state;
        scene.employer.closed_on = day_to(&scene.arena, day(2026, 3, 11));
        (void)opens(); /* open on the first day */
        scene.employer.closed_on->days--;
        refuses(TYPES__REFUSAL_CODE__WRONG_STATE, "employer");
        scene.opening.employer = NULL;
        refuses_field("employerName");
        scene.command.employer_name = text("Chez Nous");
        assert_string_equal(opens().employer_name, "Chez Nous");
}

static void test_names_of_people(void **state)
{
        (void)state;
        scene.command.referent = text("Mme R., 1 85 05 78 006 084 36");
        refuses_field("referent");
        scene.command.referent = text("Mme R.");
        scene.command.tutor = text("M. T., 1 85 05 78 006 084 36");
        refuses_field("tutor");
}

/* What a suspension takes out, a CDI gives again behind it; a refusal ends all; a buyer may shorten all that. */
static void test_what_is_granted(void **state)
{
        (void)state;
        const struct policy_rule policy = {
                .code = "P", .buyer = "217500016", .territories = "", .publics = "", .contracts = "CDI", .months = 12};
        struct period before = {day(2026, 2, 1), day(2026, 3, 31), true};
        struct period suspended = {day(2026, 4, 1), day(2026, 6, 30), false};
        struct day refused = day(2028, 6, 1);
        scene.command.work_contract = text("CDI");
        scene.vouched.periods = &before;
        scene.vouched.suspended = &suspended;
        scene.vouched.suspended_count = 1;
        struct grant grant = opens().grant;
        assert_int_equal(day_number(grant.until), day_number(day(2026, 3, 31)));
        assert_int_equal(day_number(grant.again_from), day_number(day(2026, 7, 1)));
        assert_int_equal(day_number(grant.again_until), day_number(day(2029, 1, 31)));
        assert_int_equal(day_number(grant.counts_until), DAY_OPEN_NUMBER);

        scene.vouched.refused = &refused;
        scene.vouched.refused_count = 1;
        assert_int_equal(day_number(opens().grant.again_until), day_number(day(2028, 5, 31)));

        scene.opening.policy = &policy;
        grant = opens().grant;
        assert_string_equal(grant.policy, "P");
        assert_int_equal(day_number(grant.counts_until), day_number(day(2027, 3, 9)));
        assert_int_equal(day_number(grant.again_until), day_number(day(2027, 3, 9)));
        scene.command.work_contract = text("CDD"); /* of which the policy says nothing */
        assert_int_equal(day_number(opens().grant.counts_until), DAY_OPEN_NUMBER);

        suspended.until = day_of_number(DAY_OPEN_NUMBER);
        grant = opens().grant;
        assert_int_equal(day_number(grant.until), day_number(day(2026, 3, 31)));
        assert_int_equal(day_number(grant.again_from), DAY_OPEN_NUMBER);
}

static void test_eligibility(void **state)
{
        (void)state;
        scene.command.work_contract = text("CDI");
        assert_int_equal(day_number(opens().grant.until), day_number(day(2029, 1, 31)));
        scene.period.cut = true; /* no contract stretches what a refusal ended */
        assert_int_equal(day_number(opens().grant.until), day_number(day(2028, 1, 31)));
        scene.period.from = day(2026, 3, 11);
        refuses(TYPES__REFUSAL_CODE__NOT_ELIGIBLE, "beneficiaryId");
        scene.vouched.period_count = 0;
        refuses(TYPES__REFUSAL_CODE__NOT_ELIGIBLE, "beneficiaryId");
}

/* --- afterwards ------------------------------------------------------------------------------------------------ */

static struct placement running(void)
{
        return (struct placement){.obligation = id_derived(1, slice_of_text("o")),
                                  .starts_on = day(2026, 3, 10),
                                  .ends_on = day(2026, 8, 31),
                                  .ended_on = day_of_number(DAY_OPEN_NUMBER)};
}

static void test_overlaps(void **state)
{
        (void)state;
        struct placement p = running();
        Types__Day end = TYPES__DAY__INIT;
        end.days = day_number(day(2026, 3, 9));
        assert_false(placement_overlaps(&p, p.obligation, day(2026, 1, 1), &end));
        end.days++;
        assert_true(placement_overlaps(&p, p.obligation, day(2026, 1, 1), &end));
        assert_true(placement_overlaps(&p, p.obligation, day(2026, 1, 1), NULL));
        assert_true(placement_overlaps(&p, p.obligation, day(2026, 8, 31), NULL));
        assert_false(placement_overlaps(&p, p.obligation, day(2026, 9, 1), NULL));
        assert_false(placement_overlaps(&p, id_derived(1, slice_of_text("p")), day(2026, 4, 1), NULL));
        p.ends_on = day_of_number(DAY_OPEN_NUMBER);
        assert_true(placement_overlaps(&p, p.obligation, day(2030, 1, 1), NULL));
        p.ended = 1;
        assert_false(placement_overlaps(&p, p.obligation, day(2026, 4, 1), NULL));
}

static void test_last_month(void **state)
{
        (void)state;
        struct placement p = running();
        struct month october = month_of_day(day(2026, 10, 1)), august = month_of_day(day(2026, 8, 1));
        assert_int_equal(month_number(placement_last_month(&p, day(2026, 10, 18))), month_number(august));
        p.ends_on = day_of_number(DAY_OPEN_NUMBER);
        assert_int_equal(month_number(placement_last_month(&p, day(2026, 10, 18))), month_number(october));
        p.ended = 1;
        p.ended_on = day(2026, 8, 3);
        assert_int_equal(month_number(placement_last_month(&p, day(2026, 10, 18))), month_number(august));
}

static bool may_end(const struct placement *p, const Tracking__EndPlacement *command, struct refusal *ret)
{
        return validate_message(&command->base, day(2026, 10, 18), ret) && placement_may_end(p, command, ret);
}

static void test_ending(void **state)
{
        (void)state;
        struct placement p = running();
        struct refusal refusal;
        Types__Day end = TYPES__DAY__INIT;
        Tracking__EndPlacement command = TRACKING__END_PLACEMENT__INIT;
        command.ended_on = &end;
        command.outcome = TRACKING__OUTCOME__WITHDRAWN;
        end.days = day_number(p.starts_on);
        assert_true(may_end(&p, &command, &refusal));
        end.days = day_number(day(2026, 10, 18));
        assert_true(may_end(&p, &command, &refusal));
        end.days++;
        assert_false(may_end(&p, &command, &refusal));
        assert_string_equal(refusal.field, "endedOn");
        end.days = day_number(p.starts_on) - 1;
        assert_false(may_end(&p, &command, &refusal));
        assert_string_equal(refusal.field, "endedOn");
        end.days = day_number(p.starts_on);
        command.reason = text("NIR 185057800608436");
        assert_false(may_end(&p, &command, &refusal));
        assert_string_equal(refusal.field, "reason");
        command.reason = text("");
        p.ended = 1;
        p.ended_on = day(2026, 8, 3);
        assert_false(may_end(&p, &command, &refusal));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_inclusive_kinds(void **state)
{
        (void)state;
        assert_true(kind_is_inclusive(DIRECTORY__ORGANISATION_KIND__ACI));
        assert_true(kind_is_inclusive(DIRECTORY__ORGANISATION_KIND__REGIE_DE_QUARTIER));
        assert_false(kind_is_inclusive(DIRECTORY__ORGANISATION_KIND__ORGANISATION_KIND_UNKNOWN));
        assert_false(kind_is_inclusive(DIRECTORY__ORGANISATION_KIND__FRANCE_TRAVAIL));
        assert_false(kind_is_inclusive(DIRECTORY__ORGANISATION_KIND__ETT));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_staff_provided, setup, teardown),
                cmocka_unit_test_setup_teardown(test_direct_hire, setup, teardown),
                cmocka_unit_test_setup_teardown(test_subcontracting, setup, teardown),
                cmocka_unit_test_setup_teardown(test_modality, setup, teardown),
                cmocka_unit_test_setup_teardown(test_post, setup, teardown),
                cmocka_unit_test_setup_teardown(test_dates, setup, teardown),
                cmocka_unit_test_setup_teardown(test_employer, setup, teardown),
                cmocka_unit_test_setup_teardown(test_names_of_people, setup, teardown),
                cmocka_unit_test_setup_teardown(test_what_is_granted, setup, teardown),
                cmocka_unit_test_setup_teardown(test_eligibility, setup, teardown),
                cmocka_unit_test(test_overlaps),
                cmocka_unit_test(test_last_month),
                cmocka_unit_test(test_ending),
                cmocka_unit_test(test_inclusive_kinds),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
