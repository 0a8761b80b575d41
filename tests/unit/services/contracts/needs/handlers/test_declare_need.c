/* DeclareNeed: what a company looks for, and who may say so. */
#include "tests/unit/services/contracts/fixture.h"

static void test_a_company_declares(void **state)
{
        struct fixture *f = *state;
        Contracts__DeclareNeed *command = need_for(f, an_obligation(f));
        const Contracts__DeclareNeedReply *reply = declare(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), command);
        assert_string_equal(reply->territory, "31");

        Contracts__NeedsRequest query = CONTRACTS__NEEDS_REQUEST__INIT;
        const Contracts__NeedsReply *needs = fixture_get(f, coordinator(f), "Needs", &query);
        assert_int_equal(needs->n_needs, 1);
        assert_true(id_equal(id_of(needs->needs[0]->need_id), id_of(reply->need_id)));
        assert_string_equal(needs->needs[0]->rome_code, "F1606");
        assert_string_equal(needs->needs[0]->contractor_name, "Peintures du Lauragais");
        assert_int_equal(needs->needs[0]->positions, 2);
        assert_int_equal(needs->needs[0]->modality, TYPES__MODALITY__DIRECT_HIRE);
}

static void test_a_company_only_for_itself(void **state)
{
        struct fixture *f = *state;
        Contracts__DeclareNeed *command = need_for(f, an_obligation(f));
        const Types__Refusal *refusal = fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 2), "DeclareNeed",
                                                        command, TYPES__REFUSAL_CODE__NOT_FOUND);
        assert_string_equal(refusal->field, "obligationId");
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__COMPANY, NULL, "*"), "DeclareNeed", command,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
}

/* An obligation whose company has no organisation belongs to no account, not to every account without one. */
static void test_nobodys_obligation(void **state)
{
        struct fixture *f = *state;
        Contracts__RecordObligation *obligation = obligation_on(f, a_clause(f));
        obligation->contractor_organisation = NULL;
        Contracts__DeclareNeed *command = need_for(f, record_obligation(f, obligation)->obligation_id);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__COMPANY, NULL, "*"), "DeclareNeed", command,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
}

static void test_a_facilitator_in_its_territories(void **state)
{
        struct fixture *f = *state;
        Contracts__DeclareNeed *command = need_for(f, an_obligation(f));
        command->commune = arena_text(&f->arena, "09122");
        assert_string_equal(declare(f, facilitator(f), command)->territory, "09");
        command->commune = arena_text(&f->arena, "65440");
        const Types__Refusal *refusal =
                fixture_refused(f, facilitator(f), "DeclareNeed", command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        assert_string_equal(refusal->field, "commune");
        assert_non_null(strstr(refusal->text, "65"));
        (void)declare(f, coordinator(f), command);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__PRESCRIBER, 1), "DeclareNeed", command,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        Contracts__DeclareNeed *command = need_for(f, id_to(&f->arena, id_numbered(7)));
        const Types__Refusal *refusal =
                fixture_refused(f, facilitator(f), "DeclareNeed", command, TYPES__REFUSAL_CODE__NOT_FOUND);
        assert_string_equal(refusal->field, "obligationId");
        command = need_for(f, obligation);
        command->rome_code = arena_text(&f->arena, "peintre");
        refusal = fixture_refused(f, facilitator(f), "DeclareNeed", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "romeCode");
        command = need_for(f, obligation);
        command->starts_on = a_day(f, 2024, 11, 2);
        refusal = fixture_refused(f, facilitator(f), "DeclareNeed", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "startsOn");
}

/* The structure chosen under two names: one gives the other, or they agree. */
static void test_a_partner_under_two_names(void **state)
{
        struct fixture *f = *state;
        Contracts__DeclareNeed *command = need_for(f, an_obligation(f));
        Contracts__NeedPartner partner = CONTRACTS__NEED_PARTNER__INIT;
        Contracts__NeedsRequest query = CONTRACTS__NEEDS_REQUEST__INIT;
        directory_tells(f, 1, 77, "21090122900018");
        command->modality = TYPES__MODALITY__STAFF_PROVIDED;
        command->partner = &partner;
        partner.choice = CONTRACTS__PARTNER_CHOICE__PARTNER_CHOSEN;
        partner.name = arena_text(&f->arena, "Intérim du Lauragais");
        partner.organisation_id = id_to(&f->arena, id_numbered(77));
        partner.siret = arena_text(&f->arena, CONTRACTOR_SIRET);
        const Types__Refusal *refusal =
                fixture_refused(f, facilitator(f), "DeclareNeed", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "partner.siret");
        partner.siret = arena_text(&f->arena, "");
        (void)declare(f, facilitator(f), command);
        const Contracts__NeedsReply *needs = fixture_get(f, facilitator(f), "Needs", &query);
        assert_string_equal(needs->needs[0]->partner->siret, "21090122900018");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_partner_under_two_names, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_company_declares, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_company_only_for_itself, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_nobodys_obligation, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_facilitator_in_its_territories, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
