/* Letters of control as the one who signs them reads them: who writes to whom, what is at stake, delays as the ladder
 * counts them, penalties of the piece that was handed over, what is to be confirmed, and no word of a machine. */
#include "tests/unit/services/contracts/control/steps.h"

#include <ctype.h>

#include "common/base/french.h"

#include "tests/unit/services/contracts/drafting/drafting_fixture.h"

/* The directory knows both parties. */
static void the_directory_tells(struct fixture *f, uint64_t number, uint8_t organisation, const char *siret,
                                const char *name)
{
        Directory__Event event = DIRECTORY__EVENT__INIT;
        Directory__OrganisationPut put = DIRECTORY__ORGANISATION_PUT__INIT;
        put.organisation_id = id_to(&f->arena, id_numbered(organisation));
        put.organisation = pb_new(&directory__organisation__descriptor, &f->arena);
        put.organisation->siret = arena_text(&f->arena, siret);
        put.organisation->name = arena_text(&f->arena, "Nom d'usage");
        put.organisation->legal_name = arena_text(&f->arena, name);
        put.organisation->address = arena_text(&f->arena, "1 place de la Mairie");
        put.organisation->postcode = arena_text(&f->arena, "31000");
        put.organisation->city = arena_text(&f->arena, "Toulouse");
        event.body_case = DIRECTORY__EVENT__BODY_ORGANISATION_PUT;
        event.organisation_put = &put;
        assert_int_equal(engine_feed(f->engine, "directory", number, &event.base), 0);
}

static void says(const char *text, const char *what)
{
        if (strstr(text, what) == NULL)
                fail_msg("« %s » is not in:\n%s", what, text);
}

static void does_not_say(const char *text, const char *what)
{
        if (strstr(text, what) != NULL)
                fail_msg("« %s » is in:\n%s", what, text);
}

static bool is_listed(char *const *texts, size_t count, const char *what)
{
        for (size_t i = 0; i < count; i++)
                if (strstr(texts[i], what) != NULL)
                        return true;
        return false;
}

/* Names of enums have two words of capitals with a line between them; ids of ours are long with four strokes. */
static void speaks_as_people_do(const char *text)
{
        for (const char *at = text; *at != '\0'; at++) {
                if (at > text && *at == '_' && isupper((unsigned char)at[-1]) && isupper((unsigned char)at[1]))
                        fail_msg("a word of a machine near « %.40s »", at - 1);
                if (strspn(at, "0123456789abcdef") == 8 && at[8] == '-' && strspn(at + 9, "0123456789abcdef") == 4 &&
                    at[13] == '-')
                        fail_msg("an id: « %.36s »", at);
        }
        does_not_say(text, "{{");
        does_not_say(text, "(null)");
        does_not_say(text, "à confirmer"); /* what is to be confirmed stands beside it */
}

static const Contracts__DraftFormalNoticeReply *notice_for(struct fixture *f, struct controlled c)
{
        Types__Id *case_id = open_case(f, c.obligation, SLOW, NULL);
        to_warning(f, case_id);
        return fixture_get(f, facilitator(f), "DraftFormalNotice", draft_of(f, case_id));
}

static void test_a_formal_notice(void **state)
{
        struct fixture *f = *state;
        the_directory_tells(f, 1, THE_BUYER, BUYER_SIRET, "Ville d'essai");
        the_directory_tells(f, 2, CONTRACTOR, CONTRACTOR_SIRET, "Peintures du Lauragais SAS");
        const char *text = notice_for(f, controlled_by(f, ""))->text;
        says(text, "Ville d'essai\n1 place de la Mairie\n31000 Toulouse\nSIRET 213\u00a0105\u00a0554\u00a000017\n");
        says(text, "À l'attention de :\nPeintures du Lauragais SAS\n1 place de la Mairie\n31000 Toulouse\nSIRET 130");
        says(text, "contrat n° 2026-031 « Réfection de l'école Jean-Jaurès, lot peinture », notifié le 2 mars 2026");
        says(text, "1. Manquement constaté\nDu 2 mars 2026 au ");
        says(text, "dans un délai de 10 jours ouvrés à compter de la réception de la présente lettre");
        says(text, "Vous disposez de 15 jours, à compter de la réception de la présente lettre");
        says(text, "est prolongé jusqu'au premier jour ouvré qui suit");
        says(text, "une pénalité de 200\u00a0€ par heure non réalisée au terme du contrat");
        says(text, "Vous avez été relancés le ");
        says(text, "Si ce retard n'est pas rattrapé au terme du contrat : ");
        says(text, "Pour Ville d'essai\nNom, qualité et signature :");
        speaks_as_people_do(text);
}

/* What the signer cannot see in the text is beside it, and stays in the case. */
static void test_what_is_to_be_confirmed(void **state)
{
        struct fixture *f = *state;
        Types__Id *case_id = open_case(f, controlled_by(f, "").obligation, SLOW, NULL);
        to_warning(f, case_id);
        const Contracts__DraftFormalNoticeReply *reply =
                fixture_get(f, facilitator(f), "DraftFormalNotice", draft_of(f, case_id));
        static const char *const wanted[] = {"Nom de l'acheteur",  "Adresse de l'entreprise", "Article du contrat",
                                             "aucun CCAP remis",   "Modèle de suivi",         "Décompte des délais",
                                             "Structure porteuse", "délai d'observations"};
        const Contracts__ControlCase *record = see_case(f, case_id);
        for (size_t i = 0; i < ARRAY_SIZE(wanted); i++) {
                if (!is_listed(reply->to_confirm, reply->n_to_confirm, wanted[i]))
                        fail_msg("not to be confirmed: %s", wanted[i]);
                assert_true(is_listed(record->notice_to_confirm, record->n_notice_to_confirm, wanted[i]));
        }
}

/* ---- ceilings of penalties */

static const char *const ceilings_told[] = {"Pénalité par heure non réalisée : 201\u00a0€, au-delà de 200\u00a0€ (",
                                            "Pénalité par jour de retard : 76\u00a0€, au-delà de 75\u00a0€ (",
                                            "Plafond de toutes les pénalités : le plan n'en dit aucun"};

/* Of euros; 0: no cap. */
static const Contracts__DraftFormalNoticeReply *notice_with(struct fixture *f, int64_t per_hour, int64_t per_day,
                                                            int64_t cap)
{
        struct controlled c = controlled_by(f, "");
        Contracts__PutControlPlan *plan = plan_on(f, c.clause, "");
        plan->plan->missing_hours = pb_new(&contracts__hours_penalty__descriptor, &f->arena);
        plan->plan->missing_hours->per_hour = euros(f, per_hour);
        plan->plan->per_day_late = euros(f, per_day);
        plan->plan->cap = cap == 0 ? NULL : euros(f, cap);
        (void)put_plan(f, plan);
        return notice_for(f, c);
}

/* Penalties beyond what there is anywhere, and no cap of them all: the one who signs is told, with the source. */
static void test_what_goes_beyond_is_told(void **state)
{
        struct fixture *f = *state;
        const Contracts__DraftFormalNoticeReply *reply = notice_with(f, 201, 76, 0);
        for (size_t i = 0; i < ARRAY_SIZE(ceilings_told); i++)
                if (!is_listed(reply->to_confirm, reply->n_to_confirm, ceilings_told[i]))
                        fail_msg("not to be confirmed: %s", ceilings_told[i]);
}

static void test_what_is_within_is_not(void **state)
{
        struct fixture *f = *state;
        const Contracts__DraftFormalNoticeReply *reply = notice_with(f, 200, 75, 100000); /* a tenth of the contract */
        for (size_t i = 0; i < ARRAY_SIZE(ceilings_told); i++)
                assert_false(is_listed(reply->to_confirm, reply->n_to_confirm, ceilings_told[i]));
}

/* A tenth of a euro, if the amount were one. */
static void test_no_ceiling_is_of_a_doubtful_amount(void **state)
{
        struct fixture *f = *state;
        Contracts__ContractRecord *record = a_record(f);
        record->amount = euros(f, 1);
        struct controlled c = {.contract = import(f, record)->contract_id};
        c.clause = put_clause(f, clause_on(f, c.contract))->clause_id;
        Contracts__PutControlPlan *plan = plan_on(f, c.clause, "");
        plan->plan->cap = euros(f, 1000);
        const Contracts__PutControlPlanReply *put = put_plan(f, plan);
        assert_false(is_listed(put->to_confirm, put->n_to_confirm, "Plafond de toutes les pénalités"));
        c.obligation = record_obligation(f, obligation_on(f, c.clause))->obligation_id;
        const Contracts__DraftFormalNoticeReply *notice = notice_for(f, c);
        assert_false(is_listed(notice->to_confirm, notice->n_to_confirm, "Plafond de toutes les pénalités"));
}

/* ---- */

static void test_the_article_of_the_contract(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Contracts__PutControlPlan *plan = plan_on(f, c.clause, "");
        plan->plan->article = arena_text(&f->arena, "l'article 7.4 du CCAP");
        (void)put_plan(f, plan);
        const Contracts__DraftFormalNoticeReply *reply = notice_for(f, c);
        says(reply->text, "Le contrat, à l'article 7.4 du CCAP, vous oblige");
        assert_false(is_listed(reply->to_confirm, reply->n_to_confirm, "Article du contrat"));
}

/* A reminder that was sent days ago leaves as long from then as the ladder reckons: WarnBuyer is refused so long. */
static void test_a_reminder_counts_as_the_ladder_does(void **state)
{
        struct fixture *f = *state;
        Types__Id *case_id = open_case(f, controlled_by(f, "").obligation, SLOW, NULL);
        Contracts__RecordReminder *reminder = reminder_in(f, case_id);
        days_pass(f, 3); /* it is noted late: 2026-10-24 was the day */
        const Contracts__RecordReminderReply *reply = fixture_get(f, facilitator(f), "RecordReminder", reminder);
        char day[DAY_TEXT_SIZE];
        const Types__Refusal *refusal = fixture_refused(f, facilitator(f), "WarnBuyer", warning_of(f, case_id),
                                                        TYPES__REFUSAL_CODE__WRONG_STATE);
        day_format(day_of(reminder->sent_on), day);
        struct day until = day_of(reminder->sent_on);
        do
                until = day_of_number(day_number(until) + 1);
        while (strstr(refusal->text, (day_format(until, day), day)) == NULL && day_number(until) < 30000);
        says(reply->text, arena_printf(&f->arena, "au plus tard le %s (10 jours ouvrés", french_day(&f->arena, until)));
        says(reply->text, arena_printf(&f->arena, "\nLe %s\n", french_day(&f->arena, day_of(reminder->sent_on))));
        speaks_as_people_do(reply->text);
}

static void test_a_warning_and_an_attestation(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Types__Id *case_id = open_case(f, c.obligation, SLOW, NULL);
        (void)fixture_get(f, facilitator(f), "RecordReminder", reminder_in(f, case_id));
        days_pass(f, 21);
        const Contracts__WarnBuyerReply *warning = fixture_get(f, facilitator(f), "WarnBuyer", warning_of(f, case_id));
        says(warning->text, "L'entreprise a été relancée le ");
        says(warning->text, "Peintures du Lauragais exécute pour vous"); /* from the contract */
        speaks_as_people_do(warning->text);
        assert_true(is_listed(warning->to_confirm, warning->n_to_confirm, "Adresse de l'acheteur"));
        hours_validated(f, 1, c.obligation, 1, 83300);
        (void)fixture_get(f, facilitator(f), "CloseCase", closing_of(f, case_id, CONTRACTS__CASE_OUTCOME__MADE_GOOD));
        Contracts__IssueAttestation issue = CONTRACTS__ISSUE_ATTESTATION__INIT;
        issue.obligation_id = c.obligation;
        const Contracts__IssueAttestationReply *attestation =
                fixture_get(f, facilitator(f), "IssueAttestation", &issue);
        says(attestation->text, "Exécution du 2 mars 2026 au 1er mars 2027.");
        says(attestation->text, "est quitte des heures d'insertion de ce contrat");
        speaks_as_people_do(attestation->text);
        assert_true(attestation->n_to_confirm > 0);
}

/* ---- penalties of the piece that was handed over */

static struct controlled kept_with(struct fixture *f, int64_t per_hour, int64_t per_day)
{
        struct controlled c = {.contract = a_contract(f)};
        c.clause = put_clause(f, clause_on(f, c.contract))->clause_id;
        Contracts__PutDraftItems *items = items_for(f, c.contract, 1);
        items->items->penalty_per_hour = per_hour == 0 ? NULL : euros(f, per_hour);
        items->items->penalty_per_day = per_day == 0 ? NULL : euros(f, per_day);
        (void)put_items(f, items);
        Contracts__KeepDraft keep = CONTRACTS__KEEP_DRAFT__INIT;
        keep.contract_id = c.contract;
        keep.lot = 1;
        keep.piece = CONTRACTS__DRAFT_PIECE__CCAP;
        (void)fixture_get(f, facilitator(f), "KeepDraft", &keep);
        return c;
}

static void test_penalties_come_from_the_piece(void **state)
{
        struct fixture *f = *state;
        struct controlled c = kept_with(f, 90, 40);
        const Contracts__PutControlPlanReply *reply = put_plan(f, plan_on(f, c.clause, ""));
        assert_int_equal(reply->plan->missing_hours->per_hour->cents, 9000); /* not the 200 € of the model */
        assert_int_equal(reply->plan->per_day_late->cents, 4000);
        assert_false(is_listed(reply->to_confirm, reply->n_to_confirm, "aucun CCAP remis"));
        c.obligation = record_obligation(f, obligation_on(f, c.clause))->obligation_id;
        const Contracts__DraftFormalNoticeReply *notice = notice_for(f, c);
        says(notice->text, "90\u00a0€ par heure non réalisée");
        assert_false(is_listed(notice->to_confirm, notice->n_to_confirm, "CCAP remis"));
}

static void test_other_penalties_are_refused(void **state)
{
        struct fixture *f = *state;
        struct controlled c = kept_with(f, 90, 0);
        Contracts__PutControlPlan *plan = plan_on(f, c.clause, "");
        plan->plan->missing_hours = pb_new(&contracts__hours_penalty__descriptor, &f->arena);
        plan->plan->missing_hours->per_hour = euros(f, 200);
        const Types__Refusal *refusal =
                fixture_refused(f, facilitator(f), "PutControlPlan", plan, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "plan.missingHours");
        says(refusal->text, "prévoit 90\u00a0€ par heure non réalisée et aucune pénalité par jour de retard");
        plan->plan->missing_hours->per_hour = euros(f, 90);
        plan->plan->per_day_late = euros(f, 75);
        refusal = fixture_refused(f, facilitator(f), "PutControlPlan", plan, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal->field, "plan.perDayLate");
        plan->plan->per_day_late = NULL;
        assert_null(put_plan(f, plan)->plan->per_day_late);
}

/* Handed over after the plan: told to whoever keeps it, and to the one who signs. */
static void test_a_piece_after_the_plan(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        (void)put_items(f, items_for(f, c.contract, 1));
        Contracts__KeepDraft keep = CONTRACTS__KEEP_DRAFT__INIT;
        keep.contract_id = c.contract;
        keep.piece = CONTRACTS__DRAFT_PIECE__CCAP;
        const Contracts__KeepDraftReply *reply = fixture_get(f, facilitator(f), "KeepDraft", &keep);
        assert_true(is_listed(reply->to_confirm, reply->n_to_confirm, "le plan de contrôle en prévoit d'autres"));
        const Contracts__DraftFormalNoticeReply *notice = notice_for(f, c);
        assert_true(is_listed(notice->to_confirm, notice->n_to_confirm, "le plan de contrôle en prévoit d'autres"));
}

#define TEST(NAME) cmocka_unit_test_setup_teardown(NAME, setup, fixture_close)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_a_formal_notice),
                TEST(test_what_is_to_be_confirmed),
                TEST(test_what_goes_beyond_is_told),
                TEST(test_what_is_within_is_not),
                TEST(test_no_ceiling_is_of_a_doubtful_amount),
                TEST(test_the_article_of_the_contract),
                TEST(test_a_reminder_counts_as_the_ladder_does),
                TEST(test_a_warning_and_an_attestation),
                TEST(test_penalties_come_from_the_piece),
                TEST(test_other_penalties_are_refused),
                TEST(test_a_piece_after_the_plan),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
