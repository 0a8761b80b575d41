/* What notices say. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/notifications/notice.h"
#include "services/notifications/words.h"

static struct arena arena;
static const Texts__TextVersion *texts;

static Types__Id *id_made_at(const char *instant)
{
        int64_t at_ms = 0;
        struct world world = world_seeded(1, 0);
        assert_int_equal(instant_parse(instant, &at_ms), 0);
        return id_to(&arena, id_new(&world, at_ms, 0));
}

static Types__Day *day_at(int year, int month, int day)
{
        return day_to(&arena, day_of_civil((struct civil){year, month, day}));
}

static void says(const Notifications__NoticePosted *notice, const char *words)
{
        if (strstr(notice->title, words) == NULL && strstr(notice->text, words) == NULL)
                fail_msg("\"%s\" is not in:\n%s\n%s", words, notice->title, notice->text);
}

static Contracts__NeedDeclared good_need(void)
{
        Contracts__NeedDeclared need = CONTRACTS__NEED_DECLARED__INIT;
        need.need_id = id_made_at("2026-10-12T08:00:00Z");
        need.rome_code = (char *)"F1703";
        need.title = (char *)"Maçon coffreur";
        need.positions = 3;
        need.starts_on = day_at(2026, 11, 2);
        need.commune = (char *)"31555";
        need.territory = (char *)"31";
        need.modality = TYPES__MODALITY__STAFF_PROVIDED;
        need.contractor_name = (char *)"Bâtiment du Midi";
        return need;
}

static void test_need(void **state)
{
        (void)state;
        Contracts__NeedDeclared need = good_need();
        Notifications__NoticePosted *notice = notice_of_need(texts, &need, &arena);
        assert_string_equal(notice->title, "Nouveau besoin : 3 postes « Maçon coffreur » à partir du 02/11/2026");
        assert_string_equal(notice->territory, "31");
        assert_int_equal(notice->kind, NOTIFICATIONS__NOTICE_KIND__NEED_OPENED);
        assert_true(id_equal(id_of(notice->subject_id), id_of(need.need_id)));
        char reference[ID_TEXT_SIZE];
        id_format(id_of(need.need_id), reference);
        static const char *const words[] = {"Bâtiment du Midi cherche 3 personnes",
                                            "F1703",
                                            "commune 31555",
                                            "département 31",
                                            "mise à disposition",
                                            "orientez-la"};
        for (size_t i = 0; i < ARRAY_SIZE(words); i++)
                says(notice, words[i]);
        says(notice, reference);

        need.positions = 1;
        need.starts_on = NULL;
        notice = notice_of_need(texts, &need, &arena);
        assert_string_equal(notice->title, "Nouveau besoin : 1 poste « Maçon coffreur » à pourvoir");
        says(notice, "cherche 1 personne dans");
        says(notice, "Début : à convenir");
}

static void test_conditions_of_a_need(void **state)
{
        (void)state;
        Contracts__NeedDeclared need = good_need();
        Contracts__NeedConditions conditions = CONTRACTS__NEED_CONDITIONS__INIT;
        Contracts__NeedPartner partner = CONTRACTS__NEED_PARTNER__INIT;
        assert_null(strstr(notice_of_need(texts, &need, &arena)->text, "Horaires"));
        conditions.weekly_hours = hours_to(&arena, hours_of_hundredths(3500));
        conditions.schedule = (char *)"6 h-13 h";
        conditions.driving_licence = (char *)"B";
        conditions.physical = true;
        partner.choice = CONTRACTS__PARTNER_CHOICE__PARTNER_CHOSEN;
        partner.name = (char *)"ETTI du Lauragais";
        need.conditions = &conditions;
        need.partner = &partner;
        need.place = (char *)"École Jean-Jaurès";
        Notifications__NoticePosted *notice = notice_of_need(texts, &need, &arena);
        static const char *const words[] = {"Durée par semaine : 35", "Horaires : 6 h-13 h",      "Permis : B",
                                            "Travail physique",       "Site : École Jean-Jaurès", "ETTI du Lauragais"};
        for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
                says(notice, words[i]);
        need.contractor_name = (char *)""; /* of a private contract */
        notice = notice_of_need(texts, &need, &arena);
        says(notice, "Horaires : 6 h-13 h");
        assert_null(strstr(notice->text, "ETTI"));
        assert_null(strstr(notice->text, "Jean-Jaurès"));
}

static void test_foreign_text_stays_on_its_line(void **state)
{
        (void)state;
        Contracts__NeedDeclared need = good_need();
        char title[4000];
        for (size_t i = 0; i + 1 < sizeof(title) / 2; i++)
                memcpy(title + 2 * i, "é", 3);
        memcpy(title, "AB\r\nModalité : ", strlen("AB\r\nModalité : "));
        need.title = title;
        need.contractor_name = (char *)"X\nY";
        Notifications__NoticePosted *notice = notice_of_need(texts, &need, &arena);
        says(notice, "« AB  Modalité : é");
        says(notice, "X Y cherche");
        says(notice, "é… »");
        assert_null(strpbrk(notice->title, "\r\n"));
        assert_true(strlen(notice->title) < 2 * NOTICE_QUOTE_LENGTH_MAX + 100);

        need = good_need();
        need.title = (char *)"  ";
        need.contractor_name = (char *)"";
        notice = notice_of_need(texts, &need, &arena);
        says(notice, "« métier non précisé »");
        says(notice, "Une entreprise titulaire cherche");
}

static void test_eligibility(void **state)
{
        (void)state;
        Tracking__EligibilityDecided decided = TRACKING__ELIGIBILITY_DECIDED__INIT;
        decided.beneficiary_id = id_made_at("2026-10-11T21:00:00Z"); /* one in the morning in Saint-Denis */
        decided.territory = (char *)"974";
        decided.eligible = true;
        decided.valid_until = day_at(2028, 10, 12);
        Notifications__NoticePosted *notice = notice_of_eligibility(texts, &decided, &arena);
        assert_string_equal(notice->title, "Votre orientation du 12/10/2026 : éligibilité validée");
        says(notice, "La personne que vous avez orientée le 12/10/2026 (dossier ");
        says(notice, "est éligible à la clause sociale d'insertion, jusqu'au 12/10/2028.");
        assert_true(id_equal(id_of(notice->subject_id), id_of(decided.beneficiary_id)));

        decided.eligible = false;
        notice = notice_of_eligibility(texts, &decided, &arena);
        assert_string_equal(notice->title, "Votre orientation du 12/10/2026 : éligibilité non retenue");
        assert_null(strstr(notice->text, "2028"));
        says(notice, "réexaminer");

        decided.beneficiary_id = id_to(&arena, id_derived(0, slice_of_text("x"))); /* an id that tells no day */
        assert_string_equal(notice_of_eligibility(texts, &decided, &arena)->title,
                            "Votre orientation : éligibilité non retenue");
        uint8_t far[16];
        memset(far, 0xff, sizeof(far));
        decided.beneficiary_id->value = (ProtobufCBinaryData){sizeof(far), far};
        assert_string_equal(notice_of_eligibility(texts, &decided, &arena)->title,
                            "Votre orientation : éligibilité non retenue");
}

static void test_placement(void **state)
{
        (void)state;
        Tracking__PlacementOpened opened = TRACKING__PLACEMENT_OPENED__INIT;
        opened.placement_id = id_made_at("2026-11-01T08:00:00Z");
        opened.beneficiary_id = id_made_at("2026-10-12T08:00:00Z");
        opened.modality = TYPES__MODALITY__DIRECT_HIRE;
        opened.employer_name = (char *)"Bâtiment du Midi";
        opened.starts_on = day_at(2026, 11, 2);
        opened.weekly_hours = hours_to(&arena, hours_of_hundredths(3550));
        opened.rome_code = (char *)"F1703";
        opened.work_contract = (char *)"CDD";
        opened.territory = (char *)"31";
        Notifications__NoticePosted *notice = notice_of_placement(texts, &opened, &arena);
        assert_string_equal(notice->title, "Votre orientation du 12/10/2026 : contrat à partir du 02/11/2026");
        assert_true(id_equal(id_of(notice->subject_id), id_of(opened.placement_id)));
        static const char *const words[] = {"Employeur : Bâtiment du Midi",  "embauche directe", "Contrat : CDD",
                                            "Du 02/11/2026 sans terme fixé", "35,50 h",          "F1703"};
        for (size_t i = 0; i < ARRAY_SIZE(words); i++)
                says(notice, words[i]);

        opened.ends_on = day_at(2027, 5, 1);
        says(notice_of_placement(texts, &opened, &arena), "Du 02/11/2026 au 01/05/2027");
}

static void test_outcome(void **state)
{
        (void)state;
        Tracking__PlacementEnded ended = TRACKING__PLACEMENT_ENDED__INIT;
        ended.placement_id = id_made_at("2026-11-01T08:00:00Z");
        ended.beneficiary_id = id_made_at("2026-10-12T08:00:00Z");
        ended.ended_on = day_at(2027, 5, 1);
        ended.territory = (char *)"31";
        for (int outcome = TRACKING__OUTCOME__OUTCOME_UNKNOWN; outcome <= TRACKING__OUTCOME__WITHDRAWN + 1; outcome++) {
                ended.outcome = (Tracking__Outcome)outcome;
                Notifications__NoticePosted *notice = notice_of_outcome(texts, &ended, &arena);
                says(notice, "le 01/05/2027");
                says(notice, "Ce que vous pouvez faire : ");
                says(notice, outcome == TRACKING__OUTCOME__DURABLE_JOB ? "contrat terminé, emploi durable"
                                                                       : "contrat terminé, ");
                if (outcome == 0 || outcome > TRACKING__OUTCOME__WITHDRAWN)
                        says(notice, "suite non connue");
        }
}

static void test_chunks(void **state)
{
        (void)state;
        Notifications__Recipient small = NOTIFICATIONS__RECIPIENT__INIT, large = NOTIFICATIONS__RECIPIENT__INIT;
        Notifications__Recipient *many[NOTICE_RECIPIENTS_MAX + 1];
        static char name[1001];
        memset(name, 'x', sizeof(name) - 1);
        large.organisation_name = name;
        for (size_t i = 0; i < ARRAY_SIZE(many); i++)
                many[i] = &small;
        assert_int_equal(notice_chunk(many, ARRAY_SIZE(many)), NOTICE_RECIPIENTS_MAX);
        assert_int_equal(notice_chunk(many, 7), 7);
        for (size_t i = 0; i < ARRAY_SIZE(many); i++)
                many[i] = &large;
        size_t taken = notice_chunk(many, ARRAY_SIZE(many));
        assert_true(taken > 0 && taken * sizeof(name) <= NOTICE_RECIPIENTS_BYTES_MAX);
        assert_true((taken + 1) * sizeof(name) + 3 * taken > NOTICE_RECIPIENTS_BYTES_MAX);
}

static struct dated library;

static int load_words(void **state)
{
        struct err_info info;
        (void)state;
        if (words_load("deploy/rules", &library, &info) != 0)
                return -1;
        texts = dated_on(&library, day_of_civil((struct civil){2026, 11, 28}));
        return 0;
}

static int free_all(void **state)
{
        (void)state;
        arena_fini(&arena);
        dated_fini(&library);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_need),
                cmocka_unit_test(test_conditions_of_a_need),
                cmocka_unit_test(test_foreign_text_stays_on_its_line),
                cmocka_unit_test(test_eligibility),
                cmocka_unit_test(test_placement),
                cmocka_unit_test(test_outcome),
                cmocka_unit_test(test_chunks),
        };
        return cmocka_run_group_tests(tests, load_words, free_all);
}
