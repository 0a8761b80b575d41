/* AgreementById: an agreement with its history, for those whose it is. */
#include "tests/unit/services/contracts/agreements/agreement_fixture.h"

static void test_who_reads_it(void **state)
{
        struct fixture *f = *state;
        Types__Id *id = a_signed_agreement(f, an_agreement(f));
        Contracts__AgreementById query = CONTRACTS__AGREEMENT_BY_ID__INIT;
        query.agreement_id = id;
        directory_tells(f, 1, 5, BUYER_SIRET);
        directory_tells(f, 2, 6, "21090122900018");
        const Contracts__AgreementView *view = see_agreement(f, of_organisation(f, TYPES__ROLE__BUYER, 5), id);
        assert_int_equal(view->n_history, 2);
        assert_non_null(strstr(view->history[0]->text, "Projet de convention avec Commune de Tournefeuille"));
        assert_non_null(strstr(view->history[1]->text, "signée le 10 décembre 2025"));
        assert_string_equal(view->history[1]->user, "essai");
        (void)see_agreement(f, fixture_actor(f, TYPES__ROLE__AUDITOR, NULL, "*"), id);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 6), "AgreementById", &query,
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 5), "AgreementById", &query,
                              TYPES__REFUSAL_CODE__NOT_ALLOWED);
        query.agreement_id = id_to(&f->arena, id_numbered(8));
        (void)fixture_refused(f, coordinator(f), "AgreementById", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
}

/* One that covers private contracts only is as confidential as they are. */
static void test_a_private_one(void **state)
{
        struct fixture *f = *state;
        Contracts__Agreement *agreement = an_agreement(f);
        agreement->kinds = arena_zalloc(&f->arena, sizeof(*agreement->kinds));
        agreement->kinds[0] = CONTRACTS__CONTRACT_KIND__PRIVATE;
        agreement->n_kinds = 1;
        Types__Id *id = put_agreement(f, agreement);
        Contracts__AgreementById query = CONTRACTS__AGREEMENT_BY_ID__INIT;
        Contracts__AgreementsRequest all = CONTRACTS__AGREEMENTS_REQUEST__INIT;
        query.agreement_id = id;
        (void)see_agreement(f, facilitator(f), id);
        const Wire__Passport *strangers[] = {fixture_actor(f, TYPES__ROLE__AUDITOR, NULL, "*"),
                                             fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "65")};
        for (size_t i = 0; i < ARRAY_SIZE(strangers); i++) {
                (void)fixture_refused(f, strangers[i], "AgreementById", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
                const Contracts__AgreementsReply *list = fixture_get(f, strangers[i], "Agreements", &all);
                assert_int_equal(list->n_agreements, 0);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_who_reads_it, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_private_one, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
