/* What may be asked, what the answer for all may say, and the way of a question: the rules alone. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "common/base/require.h"
#include "common/codec/types.h"
#include "services/contracts/consultation/answer.h"

static void test_who_is_named(void **state)
{
        static const struct {
                const char *text, *name, *siret;
                bool named;
        } cases[] = {
                {"Réponse à Durand Peinture : oui.", "SARL Durand Peinture", "", true},
                {"réponse à DURAND  peinture: oui", "Durand-Peinture SAS", "", true},
                {"L'entreprise Énergies d’Oc demande", "ENERGIES D'OC", "", true},
                {"La durandpeinture n'est rien", "Durand Peinture", "", false},
                {"La peinture de M. Durand", "Durand Peinture", "", false},
                {"Oui, les apprentis comptent.", "Durand Peinture", "13002526500013", false},
                {"SIREN 130 025 265", "", "13002526500013", true},
                {"SIRET 130.025.265-00013.", "Durand", "13002526500013", true},
                {"130 025 266 et 12 h", "", "13002526500013", false},
                {"13 lots, 002 tranches, 5265 heures", "", "13002526500013", false},
                {"La société demande", "Société SAS", "", false}, /* of nothing but legal forms: it stays whole */
                {"La Société SAS demande", "Société SAS", "", true},
                {"Rien", "", "", false},
                {"Œuvre sociale du bâtiment", "OEUVRE SOCIALE", "", true},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
                if (answer_names(cases[i].text, cases[i].name, cases[i].siret) != cases[i].named)
                        fail_msg("« %s » / « %s »", cases[i].text, cases[i].name);
}

static Contracts__IdentifyingWords some_words(void)
{
        static char *phrases[] = {(char *)"titulaire sortant"},
                    *titles[] = {(char *)"m", (char *)"mme", (char *)"monsieur"},
                    *common[] = {(char *)"peinture", (char *)"bâtiment"};
        Contracts__IdentifyingWords words = CONTRACTS__IDENTIFYING_WORDS__INIT;
        words.phrases = phrases, words.n_phrases = ARRAY_SIZE(phrases);
        words.titles = titles, words.n_titles = ARRAY_SIZE(titles);
        words.common = common, words.n_common = ARRAY_SIZE(common);
        return words;
}

static void test_what_tells_who_asked(void **state)
{
        static const struct {
                const char *text;
                bool told;
        } cases[] = {
                {"La peinture de chez Durand compte-t-elle ?", true},
                {"La peinture du bâtiment compte-t-elle ?", false},
                {"À Toulouse, les apprentis comptent.", false}, /* the contract's own word */
                {"Le TITULAIRE SORTANT garde-t-il ses salariés ?", true},
                {"Le titulaire garde-t-il ses salariés ?", false},
                {"Écrivez à rh@durand.example", true},
                {"rh arobase exemple", true},
                {"50 heures @ 30 euros", false},
                {"Appelez le 05 61 00 00 00.", true},
                {"0561000000", true},
                {"05.61.00.00.00", true},
                {"+33 5 61 00 00 00", true},
                {"Avant le 05/11/2026 12 h, lot 01, 15 000 heures", false},
                {"Demandez à Mme Martin.", true},
                {"M. Élie Blanc", true},
                {"Madame, Monsieur, Les apprentis comptent.", false},
                {"M. le maire décide.", false},
                {"Oui.", false},
        };
        const Contracts__IdentifyingWords words = some_words();
        const struct answer_guard guard = {&words, "Peinture des écoles de Toulouse"};
        Contracts__SealedQuestion asked = CONTRACTS__SEALED_QUESTION__INIT, *list[] = {&asked};
        struct refusal refusal;
        (void)state;
        asked.asker_name = (char *)"SARL Durand Peinture Toulouse";
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                Contracts__DraftAnswer draft = CONTRACTS__DRAFT_ANSWER__INIT;
                draft.wording = (char *)"Qui compte ?";
                draft.answer = (char *)(uintptr_t)cases[i].text;
                if (answer_check(&draft, list, 1, &guard, &refusal) == cases[i].told)
                        fail_msg("« %s »", cases[i].text);
        }
}

static void test_the_draft(void **state)
{
        const Contracts__IdentifyingWords words = some_words();
        const struct answer_guard guard = {&words, ""};
        Contracts__DraftAnswer draft = CONTRACTS__DRAFT_ANSWER__INIT;
        Contracts__SealedQuestion first = CONTRACTS__SEALED_QUESTION__INIT, second = CONTRACTS__SEALED_QUESTION__INIT;
        Contracts__SealedQuestion *asked[] = {&first, &second};
        struct refusal refusal;
        (void)state;
        first.asker_name = (char *)"Durand";
        second.asker_name = (char *)"Martin";
        draft.wording = (char *)"Les apprentis comptent-ils ?";
        draft.answer = (char *)"Oui.";
        assert_true(answer_check(&draft, asked, 2, &guard, &refusal));
        draft.answer = (char *)"Oui, comme chez Martin.";
        assert_false(answer_check(&draft, asked, 2, &guard, &refusal));
        assert_string_equal(refusal.field, "answer");
        draft.answer = (char *)"Oui.";
        draft.wording = (char *)"La question de Durand";
        assert_false(answer_check(&draft, asked, 2, &guard, &refusal));
        assert_string_equal(refusal.field, "wording");
}

static void test_the_question(void **state)
{
        Contracts__RecordQuestion command = CONTRACTS__RECORD_QUESTION__INIT;
        Contracts__ConsultationRow row = CONTRACTS__CONSULTATION_ROW__INIT;
        Types__Day published = TYPES__DAY__INIT, due = TYPES__DAY__INIT, received = TYPES__DAY__INIT;
        struct refusal refusal;
        (void)state;
        published.days = 100;
        due.days = 140;
        row.published_on = &published;
        row.offers_due_on = &due;
        command.received_on = &received;
        static const int32_t wrong[] = {99, 141};
        for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
                received.days = wrong[i];
                assert_false(question_check(&command, &row, &refusal));
                assert_string_equal(refusal.field, "receivedOn");
        }
        received.days = 140;
        assert_true(question_check(&command, &row, &refusal));
        row.questions = QUESTIONS_MAX;
        assert_false(question_check(&command, &row, &refusal));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__WRONG_STATE);
}

/* Every pair of states: to be published is only possible from being with the buyer. */
static void test_every_way(void **state)
{
        enum { ASKED = 1, DRAFTED = 2, BUYER = 3, PUBLISHED = 4, ASIDE = 5 };
        static const bool may[6][6] = {
                [ASKED] = {[DRAFTED] = true, [ASIDE] = true},
                [DRAFTED] = {[DRAFTED] = true, [BUYER] = true, [ASIDE] = true},
                [BUYER] = {[DRAFTED] = true, [PUBLISHED] = true, [ASIDE] = true},
        };
        struct refusal refusal;
        (void)state;
        for (int from = ASKED; from <= ASIDE; from++)
                for (int to = DRAFTED; to <= ASIDE; to++)
                        assert_int_equal(question_may_become((Contracts__QuestionState)from,
                                                             (Contracts__QuestionState)to, &refusal),
                                         may[from][to]);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_who_is_named), cmocka_unit_test(test_what_tells_who_asked),
                cmocka_unit_test(test_the_draft),    cmocka_unit_test(test_the_question),
                cmocka_unit_test(test_every_way),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
