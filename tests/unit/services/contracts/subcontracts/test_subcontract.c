/* What follows from a subcontractor's act: from when it is accepted, for how much, who pays. */
#include "services/contracts/subcontracts/subcontract.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"

#define SIRET "38012986646850"
#define SEAT  "38012986600006" /* of the same SIREN */
#define OTHER "13002526500013"

struct scene {
        struct arena arena;
        Contracts__SubcontractRow row;
        Contracts__SubcontractDeclared declared;
        Contracts__SubcontractDecided decided;
        Contracts__LedgerDecision decision;
};

static struct day on(int month, int day)
{
        return day_of_civil((struct civil){2026, month, day});
}

static Types__Money *euros(struct scene *s, int64_t amount)
{
        return money_to(&s->arena, money_of_cents(amount * 100));
}

/* Declared on 1 March for 40,000 euros; the buyer's silence accepts it on the 22nd. */
static int setup(void **state)
{
        struct scene *s = calloc(1, sizeof(*s));
        assert_non_null(s);
        s->row = (Contracts__SubcontractRow)CONTRACTS__SUBCONTRACT_ROW__INIT;
        s->declared = (Contracts__SubcontractDeclared)CONTRACTS__SUBCONTRACT_DECLARED__INIT;
        s->decided = (Contracts__SubcontractDecided)CONTRACTS__SUBCONTRACT_DECIDED__INIT;
        s->decision = (Contracts__LedgerDecision)CONTRACTS__LEDGER_DECISION__INIT;
        s->row.declared = &s->declared;
        s->decided.decision = &s->decision;
        s->declared.subcontractor_siret = arena_text(&s->arena, SIRET);
        s->declared.amount = euros(s, 40000);
        s->declared.declared_on = day_to(&s->arena, on(3, 1));
        s->declared.tacit_on = day_to(&s->arena, on(3, 22));
        *state = s;
        return 0;
}

static int teardown(void **state)
{
        struct scene *s = *state;
        arena_fini(&s->arena);
        free(s);
        return 0;
}

static void decide(struct scene *s, Contracts__SubcontractChoice choice, struct day day)
{
        s->decided.choice = choice;
        s->decision.decided_on = day_to(&s->arena, day);
}

static void amend(struct scene *s, struct day day, int64_t amount)
{
        Contracts__SubcontractAmount *one = pb_new(&contracts__subcontract_amount__descriptor, &s->arena);
        one->from = day_to(&s->arena, day);
        one->amount = euros(s, amount);
        one->number = s->row.n_amounts + 1;
        s->row.amounts = pb_append(s->row.amounts, &s->row.n_amounts, sizeof(one), &s->arena);
        s->row.amounts[s->row.n_amounts - 1] = one;
}

static void assert_accepted(const struct scene *s, struct day expected)
{
        struct day accepted;
        assert_true(subcontract_accepted_on(&s->row, &accepted));
        assert_int_equal(day_number(accepted), day_number(expected));
}

#define STATE(name)  CONTRACTS__SUBCONTRACT_STATE__SUBCONTRACT_##name
#define CHOICE(name) CONTRACTS__SUBCONTRACT_CHOICE__CHOICE_##name

static void silence_accepts_on_its_day(void **state)
{
        struct scene *s = *state;
        assert_int_equal(subcontract_state(&s->row, on(3, 21)), STATE(DECLARED));
        assert_int_equal(subcontract_state(&s->row, on(3, 22)), STATE(TACIT));
        assert_accepted(s, on(3, 22));
}

static void the_buyers_word_accepts_sooner_and_never_later(void **state)
{
        struct scene *s = *state;
        s->row.decided = &s->decided;
        decide(s, CHOICE(ACCEPT), on(3, 9));
        assert_accepted(s, on(3, 9));
        assert_int_equal(subcontract_state(&s->row, on(3, 9)), STATE(ACCEPTED));
        decide(s, CHOICE(ACCEPT), on(4, 30)); /* written down after its silence had accepted */
        assert_accepted(s, on(3, 22));
}

static void a_refusal_counts_before_the_silence_alone(void **state)
{
        struct scene *s = *state;
        struct refusal refusal;
        struct day accepted;
        decide(s, CHOICE(REFUSE), on(3, 21));
        assert_true(subcontract_may_decide(&s->row, &s->decided, &refusal));
        decide(s, CHOICE(REFUSE), on(3, 22));
        assert_false(subcontract_may_decide(&s->row, &s->decided, &refusal));
        assert_string_equal(refusal.field, "decision.decidedOn");
        decide(s, CHOICE(ACCEPT), on(3, 22));
        assert_true(subcontract_may_decide(&s->row, &s->decided, &refusal));
        decide(s, CHOICE(ACCEPT), on(2, 28)); /* before it was declared */
        assert_false(subcontract_may_decide(&s->row, &s->decided, &refusal));
        decide(s, CHOICE(REFUSE), on(3, 5));
        s->row.decided = &s->decided;
        assert_false(subcontract_accepted_on(&s->row, &accepted));
        assert_int_equal(subcontract_state(&s->row, on(12, 1)), STATE(REFUSED));
        assert_false(subcontract_may_decide(&s->row, &s->decided, &refusal)); /* once */
}

static void the_amount_is_that_of_the_later_day_whichever_was_entered_first(void **state)
{
        struct scene *s = *state;
        amend(s, on(6, 1), 60000);
        amend(s, on(5, 1), 50000);
        assert_int_equal(money_cents(subcontract_amount(&s->row, on(4, 30))), 4000000);
        assert_int_equal(money_cents(subcontract_amount(&s->row, on(5, 1))), 5000000);
        assert_int_equal(money_cents(subcontract_amount(&s->row, on(12, 1))), 6000000);
        amend(s, on(6, 1), 61000); /* of one day: the one that was entered later */
        assert_int_equal(money_cents(subcontract_amount(&s->row, on(6, 1))), 6100000);
}

static void an_amendment_and_a_refusal_exclude_each_other(void **state)
{
        struct scene *s = *state;
        struct refusal refusal;
        Contracts__SubcontractAmended body = CONTRACTS__SUBCONTRACT_AMENDED__INIT;
        Contracts__LedgerDecision decision = CONTRACTS__LEDGER_DECISION__INIT;
        body.decision = &decision;
        decision.decided_on = day_to(&s->arena, on(2, 28));
        assert_false(subcontract_may_amend(&s->row, &body, &refusal)); /* before it was declared */
        decision.decided_on = day_to(&s->arena, on(3, 3));
        assert_true(subcontract_may_amend(&s->row, &body, &refusal));
        amend(s, on(3, 3), 50000);
        decide(s, CHOICE(REFUSE), on(3, 5));
        assert_false(subcontract_may_decide(&s->row, &s->decided, &refusal));
        decide(s, CHOICE(ACCEPT), on(3, 5));
        assert_true(subcontract_may_decide(&s->row, &s->decided, &refusal));
        decide(s, CHOICE(REFUSE), on(3, 5));
        s->row.decided = &s->decided;
        assert_false(subcontract_may_amend(&s->row, &body, &refusal));
        assert_string_equal(refusal.field, "subcontractId");
}

static void acts_of_one_company_cover_together(void **state)
{
        struct scene *s = *state;
        Contracts__SubcontractDeclared second = s->declared;
        Contracts__SubcontractRow row = CONTRACTS__SUBCONTRACT_ROW__INIT, *acts[] = {&s->row, &row};
        row.declared = &second;
        second.declared_on = day_to(&s->arena, on(5, 1));
        second.tacit_on = day_to(&s->arena, on(5, 22));
        second.subcontractor_siret = arena_text(&s->arena, SEAT);
        const struct subcontract_acts all = {acts, 2};
        struct subcontract_cover cover = subcontract_cover(&all, SIRET, on(3, 21));
        assert_true(cover.is_declared && !cover.is_accepted && cover.has_accepted_on);
        assert_int_equal(day_number(cover.accepted_on), day_number(on(3, 22)));
        cover = subcontract_cover(&all, SIRET, on(4, 1));
        assert_true(cover.is_accepted);
        assert_int_equal(money_cents(cover.amount), 4000000);
        assert_int_equal(money_cents(subcontract_cover(&all, SEAT, on(6, 1)).amount), 8000000);
        assert_false(subcontract_cover(&all, OTHER, on(6, 1)).is_declared);
        assert_false(subcontract_cover(&all, "", on(6, 1)).is_declared);
}

static void who_pays(void **state)
{
        struct scene *s = *state;
        Contracts__SubcontractingRulesVersion rules = CONTRACTS__SUBCONTRACTING_RULES_VERSION__INIT;
        Contracts__DeclareSubcontract command = CONTRACTS__DECLARE_SUBCONTRACT__INIT;
        struct refusal refusal;
        bool by_buyer;
        rules.paid_by_buyer_from = euros(s, 600);
        command.amount = euros(s, 600);
        assert_true(subcontract_payment(&rules, CONTRACTS__CONTRACT_KIND__MARKET, &command, &by_buyer, &refusal));
        assert_true(by_buyer);
        assert_true(subcontract_payment(&rules, CONTRACTS__CONTRACT_KIND__PRIVATE, &command, &by_buyer, &refusal));
        assert_false(by_buyer);
        command.amount = euros(s, 599);
        assert_true(subcontract_payment(&rules, CONTRACTS__CONTRACT_KIND__MARKET, &command, &by_buyer, &refusal));
        assert_false(by_buyer);
        command.payment = CONTRACTS__SUBCONTRACT_PAYMENT__PAID_BY_BUYER;
        assert_true(subcontract_payment(&rules, CONTRACTS__CONTRACT_KIND__MARKET, &command, &by_buyer, &refusal));
        assert_true(by_buyer);
        assert_false(subcontract_payment(&rules, CONTRACTS__CONTRACT_KIND__PRIVATE, &command, &by_buyer, &refusal));
        assert_string_equal(refusal.field, "payment");
        command.payment = CONTRACTS__SUBCONTRACT_PAYMENT__PAID_BY_HOLDER;
        assert_false(subcontract_is_below_law(&rules, CONTRACTS__CONTRACT_KIND__MARKET, &command));
        command.amount = euros(s, 600);
        assert_true(subcontract_is_below_law(&rules, CONTRACTS__CONTRACT_KIND__MARKET, &command));
        assert_false(subcontract_is_below_law(&rules, CONTRACTS__CONTRACT_KIND__PRIVATE, &command));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(silence_accepts_on_its_day, setup, teardown),
                cmocka_unit_test_setup_teardown(the_buyers_word_accepts_sooner_and_never_later, setup, teardown),
                cmocka_unit_test_setup_teardown(a_refusal_counts_before_the_silence_alone, setup, teardown),
                cmocka_unit_test_setup_teardown(the_amount_is_that_of_the_later_day_whichever_was_entered_first, setup,
                                                teardown),
                cmocka_unit_test_setup_teardown(an_amendment_and_a_refusal_exclude_each_other, setup, teardown),
                cmocka_unit_test_setup_teardown(acts_of_one_company_cover_together, setup, teardown),
                cmocka_unit_test_setup_teardown(who_pays, setup, teardown),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
