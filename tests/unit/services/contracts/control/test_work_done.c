/* The final statement says who did the hours: persons once, by modality, with training and tutors. */
#include "tests/unit/services/contracts/control/several.h"
#include "tests/unit/services/contracts/obligations/taking_over.h"
#include "tests/unit/services/contracts/reactions/told_by_tracking.h"

#define HIRE     TYPES__MODALITY__DIRECT_HIRE
#define PROVIDED TYPES__MODALITY__STAFF_PROVIDED

static const Contracts__FinalStatementReply *stated(struct fixture *f, const Wire__Passport *actor, Types__Id *contract)
{
        Contracts__FinalStatementRequest query = CONTRACTS__FINAL_STATEMENT_REQUEST__INIT;
        query.contract_id = contract;
        return fixture_get(f, actor, "FinalStatement", &query);
}

static void assert_told(const char *text, const char *told)
{
        if (strstr(text, told) == NULL)
                fail_msg("« %s » is not in: %s", told, text);
}

static void assert_modality(const Contracts__WorkDone *done, size_t at, const Contracts__ModalityWork *expected)
{
        assert_true(at < done->n_by_modality);
        const Contracts__ModalityWork *line = done->by_modality[at];
        assert_int_equal(line->modality, expected->modality);
        assert_int_equal(line->hours->hundredths, expected->hours->hundredths);
        assert_int_equal(line->persons, expected->persons);
        assert_int_equal(line->placements, expected->placements);
}

/* Person 70 under two lots, once hired and once provided; person 71 provided, whose file 72 is hers too. */
static struct several work_of_two_lots(struct fixture *f)
{
        struct several s = several_obligations(f);
        struct teller t = {f, "tracking-1", 0};
        const struct told_placement told[] = {
                {s.obligations[0], HIRE, 1, 70},
                {s.obligations[1], PROVIDED, 2, 70},
                {s.obligations[1], PROVIDED, 3, 71},
                {s.obligations[1], PROVIDED, 4, 72},
        };
        for (size_t i = 0; i < ARRAY_SIZE(told); i++)
                tell_placement(&t, told[i]);
        tell_stated(&t, 1, 10, 100, 12);
        tell_validated(&t, told[0], 10, 112, -1);
        tell_validated(&t, told[1], 10, 50, -1);
        tell_validated(&t, told[3], 10, 30, -1);
        tell_same_person(&t, 71, 72, true);
        tell_contact(&t, 41, 2, TRACKING__CONTACT_WITH__WITH_TUTOR);
        tell_contact(&t, 42, 2, TRACKING__CONTACT_WITH__WITH_TUTOR);
        return s;
}

static void test_persons_modalities_training_tutors(void **state)
{
        struct fixture *f = *state;
        struct several s = work_of_two_lots(f);
        const Contracts__FinalStatementReply *reply = stated(f, facilitator(f), s.contract);
        const Contracts__WorkDone *first = reply->lines[0]->work, *second = reply->lines[1]->work, *all = reply->work;
        assert_int_equal(first->persons, 1);
        assert_int_equal(first->placements, 1);
        assert_int_equal(first->training->hundredths, 1200);
        assert_int_equal(first->tutored, 1);
        assert_int_equal(second->persons, 2);
        assert_int_equal(second->placements, 3);
        assert_int_equal(second->training->hundredths, 0);
        assert_int_equal(second->tutored, 1);
        assert_int_equal(second->tutor_contacts, 2);
        assert_int_equal(all->persons, 2);
        assert_int_equal(all->placements, 4);
        assert_int_equal(all->tutored, 2);
        Contracts__ModalityWork hired = CONTRACTS__MODALITY_WORK__INIT, provided = CONTRACTS__MODALITY_WORK__INIT;
        hired.modality = HIRE, hired.hours = whole_hours(f, 112), hired.persons = 1, hired.placements = 1;
        provided.modality = PROVIDED, provided.hours = whole_hours(f, 80), provided.persons = 2;
        provided.placements = 3;
        assert_int_equal(all->n_by_modality, 2);
        assert_modality(all, 0, &hired);
        assert_modality(all, 1, &provided);
        static const char *const told[] = {
                "  - 1 personne, 1 parcours, avec 12\u00a0h de formation.\n",
                "\n\n5. Personnes, formation, tutorat\n- Personnes différentes : 2\n"
                "- En embauche directe : 112\u00a0h, 1 personne, 1 parcours\n"
                "- En mise à disposition : 80\u00a0h, 2 personnes, 3 parcours\n"
                "- Formation, dans les mois validés : 12\u00a0h\n"
                "- Tutorat : 2 parcours sur 4 avec un tuteur, 2 échanges avec les tuteurs\n\nFait le ",
        };
        for (size_t i = 0; i < ARRAY_SIZE(told); i++)
                assert_told(reply->text, told[i]);
}

/* What the lines count is what the ledger has as done by persons. */
static void test_hours_are_those_of_the_ledger(void **state)
{
        struct fixture *f = *state;
        struct several s = work_of_two_lots(f);
        Contracts__TakeOverHours *command = take_over(f, s.obligations[1]);
        (void)add_hours(f, command, 4, "A.B.", 100);
        (void)add_hours(f, command, 5, "", 21);
        (void)taken_over(f, command);
        const Contracts__FinalStatementReply *reply = stated(f, facilitator(f), s.contract);
        for (size_t i = 0; i < reply->n_lines; i++) {
                int64_t sum = 0;
                for (size_t n = 0; n < reply->lines[i]->work->n_by_modality; n++)
                        sum += reply->lines[i]->work->by_modality[n]->hours->hundredths;
                assert_int_equal(sum, reply->lines[i]->obligation->done->hundredths);
        }
}

static void test_hours_that_were_taken_over(void **state)
{
        struct fixture *f = *state;
        Types__Id *obligation = an_obligation(f);
        struct teller t = {f, "tracking-1", 0};
        Contracts__TakeOverHours *command = take_over(f, obligation);
        (void)add_hours(f, command, 4, "A.B.", 100);
        (void)add_hours(f, command, 5, "A.B.", 70);
        Contracts__HoursSoFar *provided = add_hours(f, command, 5, "A.B.", 20);
        provided->modality = PROVIDED;
        provided->structure_siret = arena_text(&f->arena, STRUCTURE_SIRET);
        (void)add_hours(f, command, 6, "", 10);
        Contracts__HoursSoFar *invoiced = add_hours(f, command, 5, "", 35);
        invoiced->modality = TYPES__MODALITY__SUBCONTRACTING;
        invoiced->structure_siret = arena_text(&f->arena, STRUCTURE_SIRET);
        (void)taken_over(f, command);
        Types__Id *contract = see_obligation(f, obligation)->contract_id;
        const Contracts__WorkDone *done = stated(f, facilitator(f), contract)->work;
        Contracts__ModalityWork line = CONTRACTS__MODALITY_WORK__INIT;
        line.modality = HIRE, line.hours = whole_hours(f, 180), line.persons = 1;
        assert_int_equal(done->persons, 2); /* of two employers: two references */
        assert_int_equal(done->placements, 0);
        assert_int_equal(done->n_by_modality, 2);
        assert_modality(done, 0, &line);

        /* tracking tells of May: what was taken over of it is done by nobody any more */
        const struct told_placement told = {obligation, HIRE, 1, 70};
        tell_placement(&t, told);
        tell_validated(&t, told, 5, 60, -1);
        done = stated(f, facilitator(f), contract)->work;
        assert_int_equal(done->persons, 2); /* A.B. of April, and 70 */
        assert_int_equal(done->n_by_modality, 1);
        line.hours = whole_hours(f, 100 + 10 + 60), line.persons = 2, line.placements = 1;
        assert_modality(done, 0, &line);
}

static void test_a_company_reads_of_who_works_for_it(void **state)
{
        struct fixture *f = *state;
        struct several s = work_of_two_lots(f);
        const Contracts__FinalStatementReply *reply = stated(f, contractor(f), s.contract);
        assert_int_equal(reply->n_lines, 1);
        assert_int_equal(reply->work->persons, 1);
        assert_int_equal(reply->work->placements, 1);
}

/* More than was owed is told as that, and pays nothing of what another owes. */
static void test_more_than_is_owed(void **state)
{
        struct fixture *f = *state;
        struct several s = several_obligations(f);
        hours_validated(f, 1, s.obligations[0], 1, 93500);
        const Contracts__FinalStatementReply *reply = stated(f, facilitator(f), s.contract);
        assert_told(reply->text,
                    " de factures de sous-traitance inclusive ; rien ne reste dû, et 102\u00a0h réalisées en plus.\n");
        assert_told(reply->text, "- Heures restant dues : 3\u202f332\u00a0h\n"
                                 "- Heures réalisées au-delà de ce qui est dû : 102\u00a0h\n");
        assert_null(strstr(reply->text, "-102"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_persons_modalities_training_tutors, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_hours_are_those_of_the_ledger, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_hours_that_were_taken_over, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_company_reads_of_who_works_for_it, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_more_than_is_owed, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
