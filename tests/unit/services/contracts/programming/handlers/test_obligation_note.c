/* ObligationNote: what is printed for the report on the procedure. */
#include "tests/unit/services/contracts/programming/steps.h"

static const Contracts__ObligationNoteReply *note(struct fixture *f, Types__Id *contract,
                                                  Contracts__ObligationFacts *facts)
{
        Contracts__ObligationNoteRequest query = CONTRACTS__OBLIGATION_NOTE_REQUEST__INIT;
        query.contract_id = contract;
        query.facts = facts;
        return fixture_get(f, facilitator(f), "ObligationNote", &query);
}

static void has(const char *text, const char *part)
{
        if (strstr(text, part) == NULL)
                fail_msg("no « %s » in:\n%s", part, text);
}

static void test_the_three_notes(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = opened(f, works_to_open(f));

        const char *text = note(f, contract, launched(f, 2027, 2, 1))->text;
        has(text, "Objet : Réfection de l'école Jean-Jaurès, lot peinture (marché de travaux)");
        has(text, "Acheteur : l'établissement de SIRET 213\u00a0105\u00a0554\u00a000017");
        has(text, "article L2112-2-1");
        has(text, "6\u202f000\u202f000\u00a0€ HT");
        has(text, "- marché de travaux d'une durée inférieure à six mois");
        has(text, "Aucune dérogation n'est enregistrée.");

        (void)fixture_get(f, facilitator(f), "RecordDerogation", derogation_of(f, contract));
        text = note(f, contract, NULL)->text;
        has(text, "a décidé le 18 octobre 2026 de ne pas prévoir de considération sociale");
        has(text, "n'aurait pas de lien suffisant");
        has(text, "Le chantier se fait par des robots");

        text = note(f, contract, launched(f, 2026, 3, 1))->text;
        has(text, "facultative");
        has(text, "n'est pas soumis");
}

static void test_nothing_half_known_is_printed(void **state)
{
        struct fixture *f = *state;
        Contracts__ObligationNoteRequest query = CONTRACTS__OBLIGATION_NOTE_REQUEST__INIT;
        query.contract_id = opened(f, works_to_open(f));
        const Types__Refusal *refusal =
                fixture_refused(f, facilitator(f), "ObligationNote", &query, TYPES__REFUSAL_CODE__WRONG_STATE);
        assert_string_equal(refusal->field, "launchOn");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_the_three_notes, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_nothing_half_known_is_printed, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
