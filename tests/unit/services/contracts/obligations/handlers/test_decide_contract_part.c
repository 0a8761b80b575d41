/* DecideContractPart: the buyer's word on a tranche or a renewal, and what it moves. */
#include "tests/unit/services/contracts/control/relief.h"
#include "tests/unit/services/contracts/corrections/withdrawing.h"
#include "tests/unit/services/contracts/obligations/told_parts.h"

#define AFFIRM  CONTRACTS__PART_CHOICE__PART_AFFIRMED
#define GIVE_UP CONTRACTS__PART_CHOICE__PART_GIVEN_UP

static int64_t due_of(struct fixture *f, Types__Id *obligation)
{
        return see_obligation(f, obligation)->due->hundredths / 100;
}

static const Contracts__DecideContractPartReply *decide(struct fixture *f, const Wire__Passport *actor,
                                                        Contracts__DecideContractPart *command)
{
        return fixture_get(f, actor, "DecideContractPart", command);
}

static const Types__Refusal *refused(struct fixture *f, const Wire__Passport *actor,
                                     Contracts__DecideContractPart *command, Types__RefusalCode code)
{
        return fixture_refused(f, actor, "DecideContractPart", command, code);
}

static Contracts__PutContractPart *tranche_in(struct fixture *f, const struct controlled *c)
{
        Contracts__PutContractPart *part = part_of(f, c->contract, TRANCHE);
        part->decide_by = a_day(f, 2026, 10, 31);
        part_adds(f, part, c->obligation, 200);
        (void)put_part(f, part);
        return part;
}

static void test_a_tranche_is_affirmed_by_order_of_service(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Contracts__PutContractPart *part = tranche_in(f, &c);
        assert_int_equal(due_of(f, c.obligation), 833);
        const Contracts__DecideContractPartReply *reply =
                decide(f, facilitator(f), choice_of(f, part, AFFIRM, a_day(f, 2026, 9, 15)));
        assert_int_equal(reply->state, CONTRACTS__PART_STATE__PART_BEGUN);
        assert_int_equal(reply->postings[0]->hours->hundredths, 20000);
        assert_int_equal(due_of(f, c.obligation), 1033);
        assert_int_equal(control_of_contract(f, c.contract)->progress->owed->hundredths, 103300);
        const Contracts__ContractHistoryReply *history = history_of(f, coordinator(f), c.contract);
        assert_string_equal(
                history->lines[history->n_lines - 1]->text,
                "La tranche optionnelle n° 1 est affermie par l'acheteur de SIRET 21310555400017 (Ordre de service 4, "
                "15 septembre 2026). Peintures du Lauragais : 200 h de plus à devoir.");
        /* what the contract says cannot go while the buyer's word on it stands */
        uint64_t decided = last_act(f);
        assert_non_null(strstr(not_withdrawn(f, c.contract, decided - 1, TYPES__REFUSAL_CODE__WRONG_STATE)->text,
                               "sa décision"));
        (void)withdraw(f, c.contract, decided);
        assert_int_equal(due_of(f, c.obligation), 833);
        (void)withdraw(f, c.contract, decided - 1);
        assert_int_equal(due_of(f, c.obligation), 833);
        assert_int_equal(ledger_sum(f, NULL), 0);
        fixture_verify(f);
}

static void test_the_buyers_own_account(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        the_buyer_is_known(f);
        Contracts__PutContractPart *part = tranche_in(f, &c);
        Contracts__DecideContractPart *command = choice_of(f, part, GIVE_UP, NULL);
        (void)refused(f, stranger(f), command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        (void)refused(f, contractor(f), command, TYPES__REFUSAL_CODE__NOT_ALLOWED);
        command->decision = NULL;
        assert_string_equal(refused(f, facilitator(f), command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                            "decision.reference");
        assert_int_equal(decide(f, buyer(f), command)->state, CONTRACTS__PART_STATE__PART_DROPPED);
        assert_int_equal(due_of(f, c.obligation), 833);
        (void)not_withdrawn(f, c.contract, last_act(f), TYPES__REFUSAL_CODE__NOT_ALLOWED); /* the buyer's own */
        (void)refused(f, facilitator(f), choice_of(f, part, AFFIRM, a_day(f, 2026, 10, 1)),
                      TYPES__REFUSAL_CODE__WRONG_STATE);
}

/* The renewal began, and only then the letter turns up in which the buyer gave it up in time. */
static void test_a_letter_found_later(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Contracts__PutContractPart *part = part_of(f, c.contract, TACIT);
        part_runs(f, part, a_day(f, 2027, 3, 2));
        part_adds(f, part, c.obligation, 300);
        (void)put_part(f, part);
        assert_int_equal(control_of_contract(f, c.contract)->progress->ends_on->days, a_day(f, 2027, 3, 1)->days);
        part_day_comes(f, c.contract);
        assert_int_equal(due_of(f, c.obligation), 1133);
        assert_int_equal(control_of_contract(f, c.contract)->progress->ends_on->days, part->ends_on->days);
        today_is(f, 2027, 4, 1);
        assert_string_equal(refused(f, facilitator(f), choice_of(f, part, GIVE_UP, a_day(f, 2027, 2, 1)),
                                    TYPES__REFUSAL_CODE__INVALID_FIELD)
                                    ->field,
                            "decision.decidedOn");
        const Contracts__DecideContractPartReply *reply =
                decide(f, facilitator(f), choice_of(f, part, GIVE_UP, a_day(f, 2027, 1, 31)));
        assert_int_equal(reply->postings[0]->hours->hundredths, -30000);
        assert_int_equal(due_of(f, c.obligation), 833);
        assert_int_equal(control_of_contract(f, c.contract)->progress->ends_on->days, a_day(f, 2027, 3, 1)->days);
        (void)withdraw(f, c.contract, last_act(f));
        assert_int_equal(due_of(f, c.obligation), 1133);
}

/* Decided ahead of its first day: nothing is owed until then. */
static void test_decided_ahead(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        struct due due;
        Contracts__PutContractPart *part = part_of(f, c.contract, EXPRESS);
        part_runs(f, part, a_day(f, 2027, 3, 2));
        part_adds(f, part, c.obligation, 300);
        (void)put_part(f, part);
        assert_false(part_is_due(f, c.contract, &due));
        assert_int_equal(decide(f, facilitator(f), choice_of(f, part, AFFIRM, a_day(f, 2026, 10, 1)))->n_postings, 0);
        part_day_comes(f, c.contract);
        assert_int_equal(due_of(f, c.obligation), 1133);
}

/* The contract's end, told late: what began after it did not begin. */
static void test_an_end_before_its_day(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        struct due due;
        Contracts__PutContractPart *part = part_of(f, c.contract, TACIT);
        part_runs(f, part, a_day(f, 2027, 3, 2));
        part_adds(f, part, c.obligation, 300);
        (void)put_part(f, part);
        Contracts__EndContract *end = end_of(f, c.contract, CONTRACTS__CONTRACT_END_KIND__END_COMPLETED);
        end->ended_on = a_day(f, 2026, 10, 10);
        (void)fixture_get(f, facilitator(f), "EndContract", end);
        assert_false(part_is_due(f, c.contract, &due));
        (void)withdraw(f, c.contract, last_act(f));
        assert_true(part_is_due(f, c.contract, &due));
        part_day_comes(f, c.contract);
        today_is(f, 2027, 5, 1);
        end->ended_on = a_day(f, 2027, 3, 1);
        const Contracts__EndContractReply *reply = fixture_get(f, facilitator(f), "EndContract", end);
        assert_int_equal(reply->postings[0]->hours->hundredths, -30000);
        assert_int_equal(due_of(f, c.obligation), 833);
        (void)refused(f, facilitator(f), choice_of(f, part, AFFIRM, a_day(f, 2027, 1, 1)),
                      TYPES__REFUSAL_CODE__WRONG_STATE);
        (void)withdraw(f, c.contract, last_act(f));
        assert_int_equal(due_of(f, c.obligation), 1133);
        /* not renewed, at the end of its first year: the hours of the first year stay whole */
        end->kind = CONTRACTS__CONTRACT_END_KIND__END_NOT_RENEWED;
        (void)fixture_get(f, facilitator(f), "EndContract", end);
        assert_int_equal(due_of(f, c.obligation), 833);
        assert_int_equal(ledger_sum(f, NULL), 0);
        fixture_verify(f);
}

static void test_refusals(void **state)
{
        struct fixture *f = *state;
        struct controlled c = controlled_by(f, "");
        Contracts__PutContractPart *part = part_of(f, c.contract, TRANCHE);
        Contracts__DecideContractPart *command = choice_of(f, part, AFFIRM, a_day(f, 2026, 10, 1));
        (void)refused(f, facilitator(f), command, TYPES__REFUSAL_CODE__NOT_FOUND); /* the contract says none */
        (void)tranche_in(f, &c);
        command->choice = 0;
        assert_string_equal(refused(f, facilitator(f), command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field, "choice");
        command = choice_of(f, part, AFFIRM, a_day(f, 2026, 10, 1));
        command->decision->buyer_siret = arena_text(&f->arena, CONTRACTOR_SIRET);
        assert_string_equal(refused(f, facilitator(f), command, TYPES__REFUSAL_CODE__INVALID_FIELD)->field,
                            "decision.buyerSiret");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_tranche_is_affirmed_by_order_of_service, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_the_buyers_own_account, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_letter_found_later, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_decided_ahead, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_an_end_before_its_day, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_refusals, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
