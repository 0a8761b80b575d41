#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "tests/unit/services/tracking/scene.h"

static const Types__Refusal *refused(struct scene *s, const Tracking__OpenPlacement *command, Types__RefusalCode code)
{
        return fixture_refused(&s->f, s->facilitator, "OpenPlacement", command, code);
}

static void test_opens(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        Tracking__OpenPlacement *command = scene_opening(s, person);
        command->employer_name = arena_text(&s->f.arena, "Une autre entreprise");
        struct id placement = scene_open_placement(s, command);
        assert_int_equal(id_partition(placement), SCENE_PARTITION);

        const Tracking__PlacementOpened *opened = scene_last_event(s)->placement_opened;
        assert_true(id_equal(id_of(opened->placement_id), placement));
        assert_true(id_equal(id_of(opened->beneficiary_id), person));
        assert_true(id_equal(id_of(opened->prescriber), s->mission_locale));
        assert_string_equal(opened->territory, "31");
        /* Of two names that of the directory, whatever is typed beside it. */
        assert_string_equal(opened->employer_name, "Entreprise d'insertion du Lauragais");
        assert_int_equal(opened->eligible_until->days, day_number(scene_day(2028, 1, 31)));
        assert_true(opened->rules_version[0] != '\0');

        const Tracking__PlacementView *view = scene_view(s, placement);
        assert_int_equal(view->eligible_until->days, day_number(scene_day(2028, 1, 31)));
        assert_false(view->ended);
}

static void test_permanent_contract_counts_three_years(void **state)
{
        struct scene *s = *state;
        Tracking__OpenPlacement *command = scene_opening(s, scene_eligible_person(s));
        command->work_contract = arena_text(&s->f.arena, "CDI");
        struct id placement = scene_open_placement(s, command);
        assert_int_equal(scene_view(s, placement)->eligible_until->days, day_number(scene_day(2029, 1, 31)));
}

static void test_direct_hire_is_hosted_by_the_employer(void **state)
{
        struct scene *s = *state;
        Tracking__OpenPlacement *command = scene_opening(s, scene_eligible_person(s));
        command->modality = TYPES__MODALITY__DIRECT_HIRE;
        command->employer = scene_id(s, s->company);
        command->host_company = NULL;
        struct id placement = scene_open_placement(s, command);
        assert_true(id_equal(id_of(scene_view(s, placement)->host_company), s->company));
}

static void test_unknown_employer_needs_a_name(void **state)
{
        struct scene *s = *state;
        Tracking__OpenPlacement *command = scene_opening(s, scene_eligible_person(s));
        command->modality = TYPES__MODALITY__DIRECT_HIRE;
        command->employer = NULL;
        command->host_company = NULL;
        assert_string_equal(refused(s, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "employerName");
        command->employer_name = arena_text(&s->f.arena, "Artisan sans annuaire");
        struct id placement = scene_open_placement(s, command);
        assert_null(scene_view(s, placement)->employer);
        assert_string_equal(scene_view(s, placement)->employer_name, "Artisan sans annuaire");
}

static void test_closed_employer(void **state)
{
        struct scene *s = *state;
        Tracking__OpenPlacement *command = scene_opening(s, scene_eligible_person(s));
        command->employer = scene_id(s, s->closed);
        assert_string_equal(refused(s, command, TYPES__REFUSAL_CODE__WRONG_STATE)->field, "employer");
}

static void test_person_must_be_eligible_that_day(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        (void)refused(s, scene_opening(s, person), TYPES__REFUSAL_CODE__NOT_ELIGIBLE);
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", scene_decision(s, person));
        Tracking__OpenPlacement *command = scene_opening(s, person);
        command->starts_on = scene_date(s, 2026, 1, 31); /* the day before */
        (void)refused(s, command, TYPES__REFUSAL_CODE__NOT_ELIGIBLE);
        command->starts_on = scene_date(s, 2026, 2, 1);
        (void)scene_open_placement(s, command);
}

static void test_what_must_be_known(void **state)
{
        struct scene *s = *state;
        Tracking__OpenPlacement *command = scene_opening(s, scene_name("nobody"));
        assert_string_equal(refused(s, command, TYPES__REFUSAL_CODE__NOT_FOUND)->field, "beneficiaryId");
        command = scene_opening(s, scene_eligible_person(s));
        command->obligation_id = scene_id(s, scene_name("no obligation"));
        assert_string_equal(refused(s, command, TYPES__REFUSAL_CODE__NOT_FOUND)->field, "obligationId");
}

static void test_no_two_at_once_on_one_obligation(void **state)
{
        struct scene *s = *state;
        struct id person = scene_eligible_person(s);
        Tracking__OpenPlacement *command = scene_opening(s, person);
        command->ends_on = scene_date(s, 2026, 6, 30);
        struct id first = scene_open_placement(s, command);
        command->starts_on = scene_date(s, 2026, 6, 30);
        command->ends_on = NULL;
        (void)refused(s, command, TYPES__REFUSAL_CODE__ALREADY_EXISTS);

        command->starts_on = scene_date(s, 2026, 7, 1); /* after it */
        (void)scene_open_placement(s, command);
        command->starts_on = scene_date(s, 2026, 5, 1);
        command->obligation_id = scene_id(s, s->unpriced); /* another obligation */
        (void)scene_open_placement(s, command);

        Tracking__EndPlacement *end = scene_end(s, first);
        end->ended_on = scene_date(s, 2026, 4, 30);
        (void)fixture_get(&s->f, s->facilitator, "EndPlacement", end);
        command->obligation_id = scene_id(s, s->obligation);
        command->ends_on = scene_date(s, 2026, 6, 15);
        (void)scene_open_placement(s, command); /* the first is over */
}

static void test_scope(void **state)
{
        struct scene *s = *state;
        Tracking__OpenPlacement *command = scene_opening(s, scene_eligible_person(s));
        const Wire__Passport *others[] = {s->company_user, s->structure_user, s->prescriber, s->auditor};
        for (size_t i = 0; i < ARRAY_SIZE(others); i++)
                (void)fixture_refused(&s->f, others[i], "OpenPlacement", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(&s->f, s->stranger, "OpenPlacement", command, TYPES__REFUSAL_CODE__NOT_FOUND);
}

/* Her person, on an obligation of another department's: it answers as one that is not there. */
static void test_an_obligation_of_another_territory(void **state)
{
        struct scene *s = *state;
        struct id theirs = scene_name("obligation of 62"), none = scene_name("no obligation");
        char *territories[] = {(char[]){"62"}};
        Contracts__ObligationRecorded recorded = CONTRACTS__OBLIGATION_RECORDED__INIT;
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        recorded.obligation_id = scene_id(s, theirs);
        recorded.n_territories = 1;
        recorded.territories = territories;
        event.body_case = CONTRACTS__EVENT__BODY_OBLIGATION_RECORDED;
        event.obligation_recorded = &recorded;
        scene_feed_contracts(s, &event);

        Tracking__OpenPlacement *command = scene_opening(s, scene_eligible_person(s));
        command->obligation_id = scene_id(s, none);
        const Types__Refusal *absent = refused(s, command, TYPES__REFUSAL_CODE__NOT_FOUND);
        command->obligation_id = scene_id(s, theirs);
        const Types__Refusal *refusal = refused(s, command, TYPES__REFUSAL_CODE__NOT_FOUND);
        assert_string_equal(refusal->field, absent->field);
        assert_string_equal(refusal->text, absent->text);
}

static void buyer_is(struct scene *s, const char *siret)
{
        Contracts__ContractRecord record = CONTRACTS__CONTRACT_RECORD__INIT;
        Contracts__ContractOpened opened = CONTRACTS__CONTRACT_OPENED__INIT;
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        record.kind = CONTRACTS__CONTRACT_KIND__MARKET;
        record.buyer_siret = arena_text(&s->f.arena, siret);
        opened.contract_id = scene_id(s, scene_name("contract"));
        opened.record = &record;
        event.body_case = CONTRACTS__EVENT__BODY_CONTRACT_OPENED;
        event.contract_opened = &opened;
        scene_feed_contracts(s, &event);
}

/* Which one decided is kept and told to watchers. */
static void test_a_buyer_has_a_policy_of_its_own(void **state)
{
        struct scene *s = *state;
        struct id person = scene_refer(s);
        Tracking__DecideEligibility *decision = scene_decision(s, person);
        decision->public_code = arena_text(&s->f.arena, "B_PLIE");
        decision->proof_code = arena_text(&s->f.arena, "COURRIER_PLIE");
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", decision);
        buyer_is(s, "21750001600019");
        Tracking__OpenPlacement *command = scene_opening(s, person);
        command->work_contract = arena_text(&s->f.arena, "CDI");
        const Types__Refusal *refusal = refused(s, command, TYPES__REFUSAL_CODE__NOT_ELIGIBLE);
        assert_string_equal(refusal->field, "obligationId");
        assert_non_null(strstr(refusal->text, "Ville de Paris"));
        assert_null(strstr(refusal->text, "PLIE"));

        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", scene_decision(s, person));
        struct id placement = scene_open_placement(s, command);
        assert_string_equal(scene_view(s, placement)->policy_code, "PARIS_EPEC");
        assert_true(scene_view(s, placement)->rules_version[0] != '\0');
        Tracking__PlacementById query = TRACKING__PLACEMENT_BY_ID__INIT;
        query.placement_id = scene_id(s, placement);
        const Tracking__PlacementView *view = fixture_get(&s->f, s->company_user, "PlacementById", &query);
        assert_string_equal(view->policy_code, "");
        assert_string_equal(view->rules_version, "");
        buyer_is(s, "21310555400017");
        command->starts_on = scene_date(s, 2026, 3, 9); /* under whichever contract it is, one at a time */
        (void)refused(s, command, TYPES__REFUSAL_CODE__ALREADY_EXISTS);
}

/* The company owes the hours by its SIRET; the directory tells of it later. */
static void test_whose_work_it_is(void **state)
{
        struct scene *s = *state;
        Tracking__OpenPlacement *command = scene_opening(s, scene_eligible_person(s));
        scene_obligation_of(s, s->obligation, 3000, "13002526500013");
        const Tracking__OpenPlacementReply *reply =
                fixture_get(&s->f, s->facilitator, "OpenPlacement", command); /* at "Bâtisseurs réunis" */
        assert_int_equal(reply->n_warnings, 1);
        assert_non_null(strstr(reply->warnings[0], "L'entreprise d'accueil n'est pas celle qui doit ces heures"));

        scene_organisation_of(s, s->company, DIRECTORY__ORGANISATION_KIND__ORDINARY_COMPANY, "Peintures",
                              "13002526500013");
        command->beneficiary_id = scene_id(s, scene_eligible_person(s));
        reply = fixture_get(&s->f, s->facilitator, "OpenPlacement", command);
        assert_int_equal(reply->n_warnings, 0);

        scene_organisation_of(s, s->structure, DIRECTORY__ORGANISATION_KIND__EI, "Entreprise d'insertion",
                              "21310555400017");
        scene_obligation_of(s, s->unpriced, 0, "21310555400017"); /* who is host owes hours of it, too */
        command->obligation_id = scene_id(s, s->unpriced);
        command->beneficiary_id = scene_id(s, scene_eligible_person(s));
        reply = fixture_get(&s->f, s->facilitator, "OpenPlacement", command);
        assert_int_equal(reply->n_warnings, 1);
        assert_non_null(strstr(reply->warnings[0], "choisissez son obligation"));
        command->modality = TYPES__MODALITY__SUBCONTRACTING;
        command->beneficiary_id = scene_id(s, scene_eligible_person(s));
        assert_string_equal(refused(s, command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "modality");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_opens, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_permanent_contract_counts_three_years, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_direct_hire_is_hosted_by_the_employer, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_unknown_employer_needs_a_name, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_closed_employer, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_person_must_be_eligible_that_day, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_what_must_be_known, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_no_two_at_once_on_one_obligation, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_an_obligation_of_another_territory, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_a_buyer_has_a_policy_of_its_own, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_whose_work_it_is, scene_open, scene_close),
                cmocka_unit_test_setup_teardown(test_scope, scene_open, scene_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
