/* AgreementText: the draft to print, with the library's version; refused while something is missing. */
#include "tests/unit/services/contracts/agreements/agreement_fixture.h"

static void test_printed(void **state)
{
        struct fixture *f = *state;
        Contracts__AgreementTextRequest query = CONTRACTS__AGREEMENT_TEXT_REQUEST__INIT;
        Contracts__Agreement *agreement = an_agreement(f);
        query.agreement_id = put_agreement(f, agreement);
        const Contracts__AgreementTextReply *reply = fixture_get(f, facilitator(f), "AgreementText", &query);
        assert_non_null(strstr(reply->text, "Commune de Tournefeuille"));
        assert_non_null(strstr(reply->title, "Convention"));
        assert_non_null(strstr(reply->source, "fiche D1"));
        assert_true(strlen(reply->version) > 0);

        agreement->buyer_represented_by = arena_text(&f->arena, "");
        query.agreement_id = put_agreement(f, agreement);
        const Types__Refusal *refusal =
                fixture_refused(f, facilitator(f), "AgreementText", &query, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_non_null(strstr(refusal->text, "représentant de l'acheteur"));
        query.agreement_id = NULL;
        (void)fixture_refused(f, facilitator(f), "AgreementText", &query, TYPES__REFUSAL_CODE__NOT_FOUND);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_printed, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
