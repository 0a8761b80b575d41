/* PutAgreement: a draft, its changes, and who may write it. */
#include "tests/unit/services/contracts/agreements/agreement_fixture.h"

static const Types__Refusal *put_refused(struct fixture *f, const Wire__Passport *actor, Types__Id *id,
                                         Contracts__Agreement *agreement, Types__RefusalCode code)
{
        Contracts__PutAgreement command = CONTRACTS__PUT_AGREEMENT__INIT;
        command.agreement_id = id;
        command.agreement = agreement;
        return fixture_refused(f, actor, "PutAgreement", &command, code);
}

static void test_a_draft_and_its_change(void **state)
{
        struct fixture *f = *state;
        Contracts__Agreement *agreement = an_agreement(f);
        Types__Id *id = put_agreement(f, agreement);
        assert_int_equal(see_agreement(f, coordinator(f), id)->state, CONTRACTS__AGREEMENT_STATE__AGREEMENT_DRAFT);

        Contracts__PutAgreement command = CONTRACTS__PUT_AGREEMENT__INIT;
        command.agreement_id = id;
        command.agreement = agreement;
        uint64_t before = engine_position(f->engine);
        (void)fixture_get(f, facilitator(f), "PutAgreement", &command);
        assert_int_equal(engine_position(f->engine), before); /* the same again says nothing */
        agreement->buyer_siret = arena_text(&f->arena, "21090122900018");
        (void)fixture_get(f, facilitator(f), "PutAgreement", &command);
        assert_string_equal(see_agreement(f, coordinator(f), id)->agreement->buyer_siret, "21090122900018");
        Contracts__AgreementsRequest query = CONTRACTS__AGREEMENTS_REQUEST__INIT;
        query.buyer_siret = arena_text(&f->arena, BUYER_SIRET);
        const Contracts__AgreementsReply *list = fixture_get(f, coordinator(f), "Agreements", &query);
        assert_int_equal(list->n_agreements, 0); /* it has left the other buyer's list */
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        Contracts__Agreement *agreement = an_agreement(f);
        (void)put_refused(f, coordinator(f), id_to(&f->arena, id_numbered(9)), agreement,
                          TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)put_refused(f, coordinator(f), NULL, NULL, TYPES__REFUSAL_CODE__INVALID_FIELD);
        const Wire__Passport *other = fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "65");
        assert_string_equal(put_refused(f, other, NULL, agreement, TYPES__REFUSAL_CODE__NOT_ALLOWED)->field,
                            "agreement.territories");
        Types__Id *id = a_signed_agreement(f, agreement);
        Contracts__Agreement *changed = an_agreement(f);
        changed->notice_days = 30;
        (void)put_refused(f, facilitator(f), id, changed, TYPES__REFUSAL_CODE__WRONG_STATE);
        changed->n_territories = 0;
        add_text(f, &changed->territories, &changed->n_territories, "65");
        (void)put_refused(f, other, id, changed, TYPES__REFUSAL_CODE__NOT_ALLOWED); /* not hers to take over */
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_draft_and_its_change, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
