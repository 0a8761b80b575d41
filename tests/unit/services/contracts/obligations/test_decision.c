/* Who may say what a buyer decided. */
#include "tests/unit/services/contracts/obligations/scene.h"

#include "services/contracts/obligations/decision.h"

static char *const both[] = {(char *)BUYER_SIRET, (char *)OTHER_BUYER_SIRET};

static struct decider who(bool is_buyer, const char *siret)
{
        return (struct decider){
                .is_buyer = is_buyer,
                .siret = siret,
                .today = day_of_civil((struct civil){2026, 10, 18}),
                .buyers = both,
                .told = both,
        };
}

static Contracts__LedgerDecision *kept(struct fixture *f, const Contracts__LedgerDecision *said, struct decider decider,
                                       size_t buyers)
{
        Contracts__LedgerDecision *decision = NULL;
        struct refusal refusal;
        decider.buyer_count = buyers;
        if (!decision_check(said, &decider, &f->arena, &decision, &refusal))
                fail_msg("%s: %s", refusal.field, refusal.text);
        return decision;
}

static void refused(struct fixture *f, const Contracts__LedgerDecision *said, struct decider decider, size_t buyers,
                    const char *field)
{
        Contracts__LedgerDecision *decision = NULL;
        struct refusal refusal;
        decider.buyer_count = buyers;
        assert_false(decision_check(said, &decider, &f->arena, &decision, &refusal));
        assert_null(decision);
        assert_string_equal(refusal.field, field);
}

static void test_a_buyer_says_it_itself(void **state)
{
        struct fixture *f = *state;
        const Contracts__LedgerDecision *decision = kept(f, NULL, who(true, OTHER_BUYER_SIRET), 2);
        assert_string_equal(decision->buyer_siret, OTHER_BUYER_SIRET);
        assert_true(decision->by_buyer);
        assert_int_equal(decision->decided_on->days, a_day(f, 2026, 10, 18)->days);
        /* it cannot speak for the other one, whatever it writes */
        decision = kept(f, written(f, OTHER_BUYER_SIRET), who(true, BUYER_SIRET), 2);
        assert_string_equal(decision->buyer_siret, BUYER_SIRET);
        refused(f, NULL, who(true, "38012986646850"), 2, "");
        refused(f, NULL, who(true, ""), 2, "");
}

static void test_a_facilitator_cites_it(void **state)
{
        struct fixture *f = *state;
        const Contracts__LedgerDecision *decision = kept(f, written(f, ""), who(false, ""), 1);
        assert_string_equal(decision->buyer_siret, BUYER_SIRET);
        assert_string_equal(decision->reference, "Courrier 2026-118");
        assert_false(decision->by_buyer);
        assert_string_equal(kept(f, written(f, OTHER_BUYER_SIRET), who(false, ""), 2)->buyer_siret, OTHER_BUYER_SIRET);
        refused(f, written(f, ""), who(false, ""), 2, "decision.buyerSiret"); /* which of the two? */
        refused(f, written(f, MEMBER_SIRET), who(false, ""), 1, "decision.buyerSiret");
}

static void test_without_a_document_there_is_none(void **state)
{
        struct fixture *f = *state;
        Contracts__LedgerDecision *said = written(f, BUYER_SIRET);
        refused(f, NULL, who(false, ""), 1, "decision.reference");
        said->reference = arena_text(&f->arena, "  ");
        refused(f, said, who(false, ""), 1, "decision.reference");
        said = written(f, BUYER_SIRET);
        said->decided_on = NULL;
        refused(f, said, who(false, ""), 1, "decision.decidedOn");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_a_buyer_says_it_itself, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_a_facilitator_cites_it, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_without_a_document_there_is_none, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
