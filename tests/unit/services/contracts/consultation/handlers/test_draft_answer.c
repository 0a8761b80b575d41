/* DraftAnswer: for all, naming nobody; drafted anew, it has to go to the buyer anew. */
#include "tests/unit/services/contracts/consultation/consultation_fixture.h"

static void test_it_names_nobody(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_consultation(f);
        Types__Id *first = a_question(f, contract);
        Contracts__RecordQuestion *other = question_on(f, contract);
        other->asker_name = arena_text(&f->arena, "Martin & Fils");
        other->asker_siret = arena_text(&f->arena, "");
        (void)fixture_get(f, facilitator(f), "RecordQuestion", other);

        Contracts__DraftAnswer *command = draft_of(f, first);
        command->answer = arena_text(&f->arena, "Oui, Durand peinture peut les compter.");
        assert_string_equal(
                fixture_refused(f, facilitator(f), "DraftAnswer", command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "answer");
        command->answer = arena_text(&f->arena, "Oui, comme pour l'entreprise 130 025 265.");
        (void)fixture_refused(f, facilitator(f), "DraftAnswer", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command->answer = arena_text(&f->arena, "Oui, comme Martin fils.");
        (void)fixture_refused(f, facilitator(f), "DraftAnswer", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        command = draft_of(f, first);
        (void)fixture_get(f, facilitator(f), "DraftAnswer", command);
}

/* By the words as delivered; the contract's own words are everybody's. */
static void test_it_does_not_tell_who_asked(void **state)
{
        static const char *const refused[] = {
                "Oui, comme chez Durand.",    "Le titulaire sortant les compte.", "Écrivez à contact@exemple.fr.",
                "Appelez le 05 61 00 00 00.", "Demandez à Mme Martin.",
        };
        struct fixture *f = *state;
        Types__Id *question = a_question(f, a_consultation(f));
        Contracts__DraftAnswer *command = draft_of(f, question);
        for (size_t i = 0; i < ARRAY_SIZE(refused); i++) {
                command->wording = arena_text(&f->arena, refused[i]);
                const Types__Refusal *refusal =
                        fixture_refused(f, facilitator(f), "DraftAnswer", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
                assert_string_equal(refusal->field, "wording");
        }
        command->wording = arena_text(&f->arena, "Pour la peinture, les heures d'apprentis comptent-elles ?");
        (void)fixture_get(f, facilitator(f), "DraftAnswer", command);
}

static void refused_for(struct fixture *f, Contracts__DraftAnswer *command, const char *answer, bool refused)
{
        command->answer = arena_text(&f->arena, answer);
        if (!refused) {
                (void)fixture_get(f, facilitator(f), "DraftAnswer", command);
                return;
        }
        const Types__Refusal *refusal =
                fixture_refused(f, facilitator(f), "DraftAnswer", command, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "answer");
        assert_non_null(strstr(refusal->text, "une entreprise de l'annuaire"));
}

static void a_company(struct fixture *f, uint64_t number, uint8_t id, Directory__OrganisationKind kind,
                      const char *name)
{
        Directory__Organisation *organisation = pb_new(&directory__organisation__descriptor, &f->arena);
        organisation->kind = kind;
        organisation->name = arena_text(&f->arena, name);
        directory_puts(f, number, id, organisation);
}

/* Whoever reads the name of a company, be it any, thinks that it asked. Of those that make no offers it is none. */
static void test_no_company_of_the_directory_is_named(void **state)
{
        struct fixture *f = *state;
        Contracts__DraftAnswer *command = draft_of(f, a_question(f, a_consultation(f)));
        /* Events of the directory: the first told of the buyer. */
        a_company(f, 2, 21, DIRECTORY__ORGANISATION_KIND__ORDINARY_COMPANY, "SARL Ravalements Lefort");
        a_company(f, 3, 22, DIRECTORY__ORGANISATION_KIND__ETTI, "Avenir");
        a_company(f, 4, 23, DIRECTORY__ORGANISATION_KIND__ORDINARY_COMPANY, "Peinture du bâtiment");
        a_company(f, 5, 24, DIRECTORY__ORGANISATION_KIND__MISSION_LOCALE, "Mission locale Garonne");
        refused_for(f, command, "Oui, comme ravalements Lefort le fait.", true);
        refused_for(f, command, "Oui, Avenir le sait.", true);
        refused_for(f, command, "Oui, à l'avenir.", false);
        refused_for(f, command, "Oui, pour la Peinture du bâtiment.", false); /* of everybody's words */
        refused_for(f, command, "Oui, par la mission locale Garonne.", false);
        a_company(f, 6, 21, DIRECTORY__ORGANISATION_KIND__ORDINARY_COMPANY, "Échafaudés d'Oc");
        refused_for(f, command, "Oui, comme ravalements Lefort le fait.", false); /* it is called so no more */
        refused_for(f, command, "Oui, comme ECHAFAUDES D’OC.", true);
}

static void test_anew(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_consultation(f);
        Types__Id *question = a_question(f, contract);
        send_to_buyer(f, question);
        assert_string_not_equal(see_consultation(f, the_buyer(f), contract)->questions[0]->answer, "");
        (void)fixture_get(f, facilitator(f), "DraftAnswer", draft_of(f, question));
        assert_string_equal(see_consultation(f, the_buyer(f), contract)->questions[0]->answer, "");
        (void)fixture_refused(f, the_buyer(f), "PublishAnswer", publication_of(f, question),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
        publish(f, question);
        (void)fixture_refused(f, facilitator(f), "DraftAnswer", draft_of(f, question),
                              TYPES__REFUSAL_CODE__WRONG_STATE);
}

static void test_who_may(void **state)
{
        struct fixture *f = *state;
        Types__Id *question = a_question(f, a_consultation(f));
        (void)fixture_refused(f, facilitator(f), "DraftAnswer", draft_of(f, id_to(&f->arena, id_numbered(3))),
                              TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, the_buyer(f), "DraftAnswer", draft_of(f, question), TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_refused(f, fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "66"), "DraftAnswer",
                              draft_of(f, question), TYPES__REFUSAL_CODE__NOT_ALLOWED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_it_names_nobody, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_it_does_not_tell_who_asked, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_no_company_of_the_directory_is_named, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_anew, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_who_may, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
