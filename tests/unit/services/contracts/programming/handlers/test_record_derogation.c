/* RecordDerogation: the buyer's ground and reason, kept with the check that they answer. */
#include "tests/unit/services/contracts/programming/steps.h"

static void test_it_is_kept(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = opened(f, works_to_open(f));
        const Contracts__RecordDerogationReply *reply =
                fixture_get(f, facilitator(f), "RecordDerogation", derogation_of(f, contract));
        assert_int_equal(reply->check->duty, CONTRACTS__DUTY__DUTY_MANDATORY);

        const Contracts__ContractFactsReply *facts = facts_of_contract(f, facilitator(f), contract);
        assert_string_equal(facts->derogation->ground, "LIEN_INSUFFISANT");
        assert_non_null(strstr(facts->derogation->reason, "robots"));
        assert_int_equal(day_number(day_of(facts->derogation->decided_on)),
                         day_number(day_of_instant_ms(FIXTURE_NOW_MS)));
        /* what was told for it is known from now on */
        assert_int_equal(facts->obligation_check->duty, CONTRACTS__DUTY__DUTY_MANDATORY);
        assert_int_equal(day_number(day_of(facts->obligation_check->checked_on)),
                         day_number(day_of_instant_ms(FIXTURE_NOW_MS)));
        assert_non_null(strstr(facts->history[0]->text, "Dérogation de l'acheteur"));
        assert_non_null(strstr(facts->history[0]->text, "robots"));
}

static void test_what_is_refused(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = opened(f, works_to_open(f));
        Contracts__RecordDerogation *command = derogation_of(f, contract);

        command->ground = arena_text(&f->arena, "TRAVAUX_COURTS"); /* they take eight months */
        const Types__Refusal *refusal =
                fixture_refused(f, facilitator(f), "RecordDerogation", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "ground");
        assert_non_null(strstr(refusal->text, "8 mois"));

        command = derogation_of(f, contract);
        command->reason = arena_text(&f->arena, "");
        refusal = fixture_refused(f, facilitator(f), "RecordDerogation", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "reason");

        command = derogation_of(f, contract);
        command->decided_on = a_day(f, 2026, 12, 1);
        refusal = fixture_refused(f, facilitator(f), "RecordDerogation", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "decidedOn");

        command = derogation_of(f, contract);
        command->facts = launched(f, 2026, 3, 1); /* before the law */
        (void)fixture_refused(f, facilitator(f), "RecordDerogation", command, TYPES__REFUSAL_CODE__WRONG_STATE);
        command->contract_id = NULL;
        (void)fixture_refused(f, facilitator(f), "RecordDerogation", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
}

/* L3114-2-1 knows two exceptions; the other two of markets are refused of a concession, and shown as not its own. */
static void test_a_concession_has_two_exceptions(void **state)
{
        static const struct {
                const char *ground;
                bool may;
        } rows[] = {{"SOLUTION_DISPONIBLE", false},
                    {"TRAVAUX_COURTS", false},
                    {"LIEN_INSUFFISANT", true},
                    {"CONCURRENCE_OU_DIFFICULTE", true}};
        struct fixture *f = *state;
        Contracts__OpenContract *open = works_to_open(f);
        open->record->kind = CONTRACTS__CONTRACT_KIND__CONCESSION;
        open->record->duration_months = 4;
        Types__Id *contract = opened(f, open);
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                Contracts__RecordDerogation *command = derogation_of(f, contract);
                command->ground = arena_text(&f->arena, rows[i].ground);
                if (!rows[i].may) {
                        const Types__Refusal *refusal = fixture_refused(f, facilitator(f), "RecordDerogation", command,
                                                                        TYPES__REFUSAL_CODE__INVALID_FIELD);
                        assert_string_equal(refusal->field, "ground");
                        continue;
                }
                const Contracts__RecordDerogationReply *reply =
                        fixture_get(f, facilitator(f), "RecordDerogation", command);
                assert_string_equal(reply->check->article, "L3114-2-1 du code de la commande publique");
                size_t possible = 0;
                for (size_t n = 0; n < reply->check->n_grounds; n++)
                        possible += reply->check->grounds[n]->state != CONTRACTS__GROUND_STATE__GROUND_NOT_APPLICABLE;
                assert_int_equal(possible, 2);
        }
}

static void test_who_may(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = opened(f, works_to_open(f));
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"), "RecordDerogation",
                              derogation_of(f, contract), TYPES__REFUSAL_CODE__NOT_ALLOWED);
        directory_tells(f, 1, 1, "13002526500013");
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 1), "RecordDerogation",
                              derogation_of(f, contract), TYPES__REFUSAL_CODE__NOT_FOUND);
        directory_tells(f, 2, 2, BUYER_SIRET);
        (void)fixture_get(f, of_organisation(f, TYPES__ROLE__BUYER, 2), "RecordDerogation", derogation_of(f, contract));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_it_is_kept, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_what_is_refused, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_concession_has_two_exceptions, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_may, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
