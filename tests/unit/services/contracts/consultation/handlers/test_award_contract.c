/* AwardContract: the buyer's decision; the winner's promises become what is owed. */
#include "tests/unit/services/contracts/consultation/appraisal_fixture.h"
#include "tests/unit/services/contracts/corrections/withdrawing.h"

static void test_promises_become_obligations(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = an_appraisal(f);
        Types__Id *offer = an_offer(f, contract);
        (void)another_offer(f, contract);
        const Contracts__AwardContractReply *reply =
                fixture_get(f, the_buyer(f), "AwardContract", award_of(f, contract, offer));
        assert_int_equal(reply->n_obligations, 1);
        assert_int_equal(reply->obligations[0]->hours->hundredths, 90000); /* 833 of the clause and 67 */
        assert_int_equal(reply->retain_until->days, a_day(f, 2031, 11, 11)->days);
        const Contracts__ObligationView *owed = see_obligation(f, reply->obligations[0]->obligation_id);
        assert_int_equal(owed->due->hundredths, 90000);
        assert_string_equal(owed->contractor_siret, CONTRACTOR_SIRET);
        assert_int_equal(ledger_sum(f, owed->obligation_id), 0);

        const Contracts__ContractFactsReply *facts =
                see_facts(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), contract);
        assert_int_equal(facts->n_commitments, 1);
        assert_int_equal(facts->commitments[0]->training_hours->hundredths, 4000);
        assert_int_equal(facts->commitments[0]->extra_hours->hundredths, 6700);
        assert_string_equal(facts->commitments[0]->tutoring, SECRET_TUTORING);
        assert_null(facts->consultation);
        assert_int_equal(facts->n_appraisals, 0);
        facts = see_facts(f, fixture_actor(f, TYPES__ROLE__AUDITOR, NULL, "*"), contract);
        assert_int_equal(facts->n_commitments, 1);
        assert_string_equal(facts->commitments[0]->tutoring, "");
        facts = see_facts(f, anne(f), contract);
        assert_int_equal(facts->file->stage, CONTRACTS__CONTRACT_STAGE__IN_EXECUTION);
        assert_non_null(strstr(facts->calendar[facts->n_calendar - 1]->what, "pièces de la procédure"));
        assert_non_null(strstr(facts->history[0]->text, "au-delà de la clause, et 40"));
        assert_true(see_appraisal(f, anne(f), contract)->offers[0]->won);
        assert_false(see_appraisal(f, anne(f), contract)->offers[1]->won);

        (void)fixture_refused(f, the_buyer(f), "AwardContract", award_of(f, contract, offer),
                              TYPES__REFUSAL_CODE__ALREADY_EXISTS);
        (void)fixture_refused(f, anne(f), "MarkOffer", marks_of(f, offer, 1, 1), TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)fixture_refused(f, anne(f), "RecordOffer", offer_on(f, contract), TYPES__REFUSAL_CODE__WRONG_STATE);
}

/* A group: each member its part, the first speaks for all; nothing is lost in rounding. */
static void test_a_group(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = an_appraisal(f);
        Contracts__RecordOffer *command = offer_on(f, contract);
        command->offer->members[0]->share = share_to(&f->arena, share_of_millionths(333333));
        add_member(f, command->offer, SECOND_SIRET, "Durand")->share = share_to(&f->arena, share_of_millionths(666667));
        const Contracts__RecordOfferReply *offer = fixture_get(f, anne(f), "RecordOffer", command);
        const Contracts__AwardContractReply *reply =
                fixture_get(f, facilitator(f), "AwardContract", award_of(f, contract, offer->offer_id));
        assert_int_equal(reply->n_obligations, 2);
        assert_int_equal(reply->obligations[0]->hours->hundredths + reply->obligations[1]->hours->hundredths, 90000);
        assert_int_equal(see_obligation(f, reply->obligations[0]->obligation_id)->group_role,
                         CONTRACTS__GROUP_ROLE__GROUP_LEAD);
        assert_int_equal(see_obligation(f, reply->obligations[1]->obligation_id)->group_role,
                         CONTRACTS__GROUP_ROLE__GROUP_MEMBER);
        const Contracts__ContractFactsReply *own = see_facts(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), contract);
        assert_int_equal(own->n_commitments, 1); /* not the other member's */
        assert_string_equal(own->commitments[0]->contractor_name, "Peintures du Lauragais");
        assert_int_equal(ledger_sum(f, NULL), 0);
}

/* Withdrawn with the obligation that it is of: who had committed is told all the same. */
static void test_a_withdrawn_commitment_names_its_company(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = an_appraisal(f);
        Types__Id *offer = an_offer(f, contract);
        static const char said[] =
                "Les engagements de Peintures du Lauragais deviennent des conditions d'exécution : 900";
        (void)fixture_get(f, facilitator(f), "AwardContract", award_of(f, contract, offer));
        const Contracts__ContractFactsReply *facts = see_facts(f, anne(f), contract);
        assert_ptr_equal(strstr(facts->history[0]->text, said), facts->history[0]->text);
        size_t award = 0;
        while (strcmp(facts->history[award]->event, "ContractAwarded") != 0)
                award++;
        const Contracts__WithdrawActReply *reply = withdraw(f, contract, facts->history[award]->number);
        assert_ptr_equal(strstr(reply->withdrawn[reply->n_withdrawn - 1], said),
                         reply->withdrawn[reply->n_withdrawn - 1]);
        facts = see_facts(f, anne(f), contract);
        assert_int_equal(facts->n_commitments, 0);
        assert_int_equal(facts->history[1]->withdrawn_by, facts->history[0]->number);
        assert_ptr_equal(strstr(facts->history[1]->text, said), facts->history[1]->text);
}

/* Insertion was a criterion only: the offer's hours make the clause. */
static void test_without_a_clause(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_consultation(f);
        (void)fixture_get(f, facilitator(f), "PutAppraisalGrid", grid_of(f, contract));
        f->world.now_ms_value += 24 * A_DAY_MS;
        Contracts__RecordOffer *command = offer_on(f, contract);
        command->offer->extra_hours = NULL;
        const Contracts__RecordOfferReply *offer = fixture_get(f, anne(f), "RecordOffer", command);
        Contracts__AwardContract *award = award_of(f, contract, offer->offer_id);
        award->hourly_cost = euros(f, 30);
        (void)fixture_refused(f, the_buyer(f), "AwardContract", award, TYPES__REFUSAL_CODE__WRONG_STATE); /* 0 h */
        command->offer_id = offer->offer_id;
        command->offer->hours = whole_hours(f, 420);
        (void)fixture_get(f, anne(f), "RecordOffer", command);
        const Contracts__AwardContractReply *reply = fixture_get(f, the_buyer(f), "AwardContract", award);
        const Contracts__ContractFactsReply *facts = see_facts(f, coordinator(f), contract);
        assert_int_equal(facts->contract->n_clauses, 1);
        assert_int_equal(facts->contract->clauses[0]->hours->hundredths, 42000);
        assert_int_equal(see_obligation(f, reply->obligations[0]->obligation_id)->due->hundredths, 42000);
}

/* Insertion was a condition only: no offers, the winner owes the clause. */
static void test_without_offers(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_consultation(f);
        (void)put_clause(f, clause_on(f, contract));
        f->world.now_ms_value += 24 * A_DAY_MS;
        Contracts__AwardContract *award = award_of(f, contract, NULL);
        (void)fixture_refused(f, the_buyer(f), "AwardContract", award, TYPES__REFUSAL_CODE__INVALID_FIELD);
        Contracts__Offer *winners = pb_new(&contracts__offer__descriptor, &f->arena);
        add_member(f, winners, CONTRACTOR_SIRET, "Peintures du Lauragais");
        award->winners = winners->members;
        award->n_winners = 1;
        const Contracts__AwardContractReply *reply = fixture_get(f, the_buyer(f), "AwardContract", award);
        assert_int_equal(reply->obligations[0]->hours->hundredths, 83300);
}

/* A framework agreement: nothing is owed before it is invoiced. */
static void test_by_invoices(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = a_consultation(f);
        f->world.now_ms_value += 24 * A_DAY_MS;
        Contracts__Offer *winners = pb_new(&contracts__offer__descriptor, &f->arena);
        add_member(f, winners, CONTRACTOR_SIRET, "Peintures du Lauragais");
        Contracts__AwardContract *award = award_of(f, contract, NULL);
        award->winners = winners->members;
        award->n_winners = 1;
        award->by_invoices = true;
        assert_string_equal(
                fixture_refused(f, the_buyer(f), "AwardContract", award, TYPES__REFUSAL_CODE__WRONG_STATE)->field,
                "byInvoices");
        (void)put_clause(f, clause_on(f, contract));
        const Contracts__AwardContractReply *reply = fixture_get(f, the_buyer(f), "AwardContract", award);
        const Contracts__ObligationView *owed = see_obligation(f, reply->obligations[0]->obligation_id);
        assert_true(owed->by_invoices);
        assert_int_equal(owed->due->hundredths, 0);
}

static void test_the_buyer_decides(void **state)
{
        struct fixture *f = *state;
        Types__Id *contract = an_appraisal(f);
        Types__Id *offer = an_offer(f, contract);
        Contracts__AwardContract *award = award_of(f, contract, offer);
        award->decision_reference = arena_text(&f->arena, "");
        assert_string_equal(
                fixture_refused(f, facilitator(f), "AwardContract", award, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "decisionReference");
        award = award_of(f, contract, offer);
        award->awarded_on = NULL;
        assert_string_equal(
                fixture_refused(f, facilitator(f), "AwardContract", award, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                "awardedOn");
        award->awarded_on = a_day(f, 2026, 11, 9); /* before the offers were due */
        (void)fixture_refused(f, the_buyer(f), "AwardContract", award, TYPES__REFUSAL_CODE__INVALID_FIELD);
        award = award_of(f, contract, NULL);
        (void)fixture_refused(f, the_buyer(f), "AwardContract", award, TYPES__REFUSAL_CODE__INVALID_FIELD);
        award = award_of(f, contract, id_to(&f->arena, id_numbered(7)));
        (void)fixture_refused(f, the_buyer(f), "AwardContract", award, TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__BUYER, 6), "AwardContract",
                              award_of(f, contract, offer), TYPES__REFUSAL_CODE__NOT_FOUND);
        (void)fixture_refused(f, of_organisation(f, TYPES__ROLE__COMPANY, 1), "AwardContract",
                              award_of(f, contract, offer), TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)fixture_get(f, facilitator(f), "AwardContract", award_of(f, contract, offer));
        const Contracts__ContractFactsReply *facts = see_facts(f, anne(f), contract);
        bool told = false;
        for (size_t i = 0; i < facts->n_history; i++)
                told = told || strstr(facts->history[i]->text,
                                      "attribué par l'acheteur le 11 novembre 2026, décision délibération 2026-118");
        assert_true(told);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_promises_become_obligations, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_group, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_withdrawn_commitment_names_its_company, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_without_a_clause, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_without_offers, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_by_invoices, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_buyer_decides, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
