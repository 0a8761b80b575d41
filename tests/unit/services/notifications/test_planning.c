/* What waits for whom: it follows from what others tell, moves when that moves, goes when it is settled; and all of it
 * is planned anew where the rules are others. */
#include "tests/unit/services/notifications/days.h"

#include "contracts/control.pb-c.h"

static struct day day_at(int year, int month, int day)
{
        return day_of_civil((struct civil){year, month, day});
}

/* Today is the 18th of October 2026. */
static void test_a_referral_waits_for_its_facilitators(void **state)
{
        struct fixture *f = *state;
        refer_person(f, 1, on(f, 2026, 10, 10));
        const Notifications__MyDayReply *day = day_of_31(f);
        const Notifications__DayItem *item = item_of(day, WAIT(DECISION));
        assert_non_null(item);
        assert_int_equal(item->since->days, day_number(day_at(2026, 10, 10)));
        assert_int_equal(item->until->days, day_number(day_at(2026, 10, 24)));
        assert_int_equal(item->urgency, NOTIFICATIONS__WAIT_URGENCY__URGENT_THIS_WEEK);
        assert_string_equal(item->act, "tracking.DecideEligibility");
        assert_string_equal(item->title, "Une personne orientée attend une décision depuis le 10 octobre 2026");
        assert_int_equal(day->n_totals, 1);
        assert_int_equal(day->totals[0]->items, 1);

        assert_int_equal(day_of_actor(f, facilitator(f, "09"))->n_items, 0); /* another's territory */
        assert_int_equal(day_of_actor(f, facilitator(f, "09 31"))->n_items, 1);
        assert_int_equal(day_of_actor(f, fixture_actor(f, TYPES__ROLE__COORDINATOR, NULL, "*"))->n_items, 1);
        assert_int_equal(day_of_actor(f, prescriber(f, 1))->n_items, 0); /* it is not her turn */

        decide_eligibility(f, 1, "31"); /* of another file */
        assert_int_equal(day_of_31(f)->n_items, 1);
}

static void decide(struct fixture *f, uint32_t number, Types__Day *until)
{
        Tracking__EligibilityDecided decided = TRACKING__ELIGIBILITY_DECIDED__INIT;
        decided.beneficiary_id = thing(f, A_PERSON, number);
        decided.territory = arena_text(&f->arena, "31");
        decided.prescriber = id_to(&f->arena, organisation(1));
        decided.eligible = until != NULL;
        decided.valid_until = until;
        tell_tracking(f, TRACKED(ELIGIBILITY_DECIDED), &decided);
}

static void test_an_eligibility_that_ends(void **state)
{
        struct fixture *f = *state;
        refer_person(f, 1, on(f, 2026, 10, 10));
        decide(f, 1, on(f, 2027, 10, 9));
        assert_int_equal(day_of_31(f)->n_items, 0); /* decided, and it ends in a year */
        days_settle_at(noon_of(2027, 8, 11));
        const Notifications__DayItem *item = item_of(day_of_31(f), WAIT(RENEWAL));
        assert_non_null(item);
        assert_int_equal(item->since->days, day_number(day_at(2027, 8, 10)));

        decide(f, 1, on(f, 2028, 4, 9)); /* longer: it moves */
        assert_int_equal(day_of_31(f)->n_items, 0);
        decide(f, 1, NULL); /* and falls away */
        days_settle_at(noon_of(2028, 4, 1));
        assert_int_equal(day_of_31(f)->n_items, 0);
        assert_int_equal(recent(f)->n_notices, 3); /* those of the decisions, to the prescriber */
}

static void contact(struct fixture *f, uint32_t contact_number, uint32_t number, Types__Day *day)
{
        Tracking__ContactRecorded recorded = TRACKING__CONTACT_RECORDED__INIT;
        recorded.contact_id = thing(f, A_CONTACT, contact_number);
        recorded.placement_id = thing(f, A_PLACEMENT, number);
        recorded.beneficiary_id = thing(f, A_PERSON, number);
        recorded.territory = arena_text(&f->arena, "31");
        recorded.happened_on = day;
        recorded.breaks_silence = true;
        tell_tracking(f, TRACKED(CONTACT_RECORDED), &recorded);
}

static void withdraw_contact(struct fixture *f, uint32_t contact_number, uint32_t number, Types__Day *day)
{
        Tracking__ContactCorrected corrected = TRACKING__CONTACT_CORRECTED__INIT;
        corrected.contact_id = thing(f, A_CONTACT, contact_number);
        corrected.beneficiary_id = thing(f, A_PERSON, number);
        corrected.territory = arena_text(&f->arena, "31");
        corrected.happened_on = day;
        corrected.breaks_silence = true;
        corrected.withdrawn = true;
        tell_tracking(f, TRACKED(CONTACT_CORRECTED), &corrected);
}

/* Direct hire: 21 days of silence in the first 60. */
static void test_a_silence_moves_with_contacts(void **state)
{
        struct fixture *f = *state;
        open_placement(f, 1, on(f, 2026, 10, 1));
        const Notifications__DayItem *item = item_of(day_of_31(f), WAIT(CONTACT));
        assert_non_null(item);
        assert_int_equal(item->until->days, day_number(day_at(2026, 10, 22)));

        contact(f, 1, 1, on(f, 2026, 10, 15));
        assert_null(item_of(day_of_31(f), WAIT(CONTACT)));
        days_settle_at(noon_of(2026, 11, 1));
        item = item_of(day_of_31(f), WAIT(CONTACT));
        assert_non_null(item);
        assert_int_equal(item->since->days, day_number(day_at(2026, 10, 15)));
        assert_int_equal(item->until->days, day_number(day_at(2026, 11, 5)));

        withdraw_contact(f, 1, 1, on(f, 2026, 10, 15));
        assert_int_equal(item_of(day_of_31(f), WAIT(CONTACT))->until->days, day_number(day_at(2026, 10, 22)));
        end_placement(f, 1, on(f, 2026, 10, 31));
        assert_null(item_of(day_of_31(f), WAIT(CONTACT)));
}

static void restrict_person(struct fixture *f, uint32_t number, bool restricted)
{
        Tracking__RestrictionChanged changed = TRACKING__RESTRICTION_CHANGED__INIT;
        changed.beneficiary_id = thing(f, A_PERSON, number);
        changed.territory = arena_text(&f->arena, "31");
        changed.restricted = restricted;
        tell_tracking(f, TRACKED(RESTRICTION_CHANGED), &changed);
}

static void test_nobody_acts_on_a_restricted_file(void **state)
{
        struct fixture *f = *state;
        refer_person(f, 1, on(f, 2026, 10, 1));
        open_placement(f, 1, on(f, 2026, 10, 1));
        assert_int_equal(day_of_31(f)->n_items, 2);
        restrict_person(f, 1, true);
        assert_int_equal(day_of_31(f)->n_items, 0);
        restrict_person(f, 1, false);
        assert_int_equal(day_of_31(f)->n_items, 2);
}

static void test_who_is_erased_waits_for_nobody(void **state)
{
        struct fixture *f = *state;
        Tracking__BeneficiaryErased erased = TRACKING__BENEFICIARY_ERASED__INIT;
        refer_person(f, 1, on(f, 2026, 10, 1));
        open_placement(f, 1, on(f, 2026, 10, 1));
        erased.beneficiary_id = thing(f, A_PERSON, 1);
        erased.territory = arena_text(&f->arena, "31");
        tell_tracking(f, TRACKED(BENEFICIARY_ERASED), &erased);
        assert_int_equal(day_of_31(f)->n_items, 0);
        days_settle_at(noon_of(2028, 1, 1));
        assert_int_equal(day_of_31(f)->n_items, 0);
        assert_int_equal(day_of_actor(f, company(f, 60))->n_items, 0);
}

/* --- hours --- */

static void submit(struct fixture *f, uint32_t number, int month, Types__Day *day)
{
        Tracking__HoursSubmitted submitted = TRACKING__HOURS_SUBMITTED__INIT;
        Types__Month of = TYPES__MONTH__INIT;
        of.months = month_number(month_of_day(day_at(2026, month, 1)));
        submitted.placement_id = thing(f, A_PLACEMENT, number);
        submitted.month = &of;
        submitted.stated_on = day;
        tell_tracking(f, TRACKED(HOURS_SUBMITTED), &submitted);
}

static void validate(struct fixture *f, uint32_t number, int month)
{
        Tracking__HoursValidated validated = TRACKING__HOURS_VALIDATED__INIT;
        Types__Month of = TYPES__MONTH__INIT;
        of.months = month_number(month_of_day(day_at(2026, month, 1)));
        validated.placement_id = thing(f, A_PLACEMENT, number);
        validated.month = &of;
        validated.territory = arena_text(&f->arena, "31");
        tell_tracking(f, TRACKED(HOURS_VALIDATED), &validated);
}

/* The employer states, the facilitator validates: each sees its own turn. */
static void test_hours_go_from_one_to_the_other(void **state)
{
        struct fixture *f = *state;
        open_placement(f, 1, on(f, 2026, 9, 7));
        const Notifications__MyDayReply *day = day_of_actor(f, company(f, 60));
        assert_int_equal(day->n_items, 1);
        assert_string_equal(day->items[0]->title, "Heures à déclarer : septembre 2026");
        assert_int_equal(day->items[0]->urgency, NOTIFICATIONS__WAIT_URGENCY__URGENT_LATE);
        assert_int_equal(day_of_actor(f, company(f, 61))->n_items, 0);
        assert_null(item_of(day_of_31(f), WAIT(VALIDATION)));

        submit(f, 1, 9, on(f, 2026, 10, 12));
        assert_int_equal(day_of_actor(f, company(f, 60))->n_items, 0); /* October is not over */
        assert_non_null(item_of(day_of_31(f), WAIT(VALIDATION)));
        validate(f, 1, 9);
        assert_null(item_of(day_of_31(f), WAIT(VALIDATION)));

        days_settle_at(noon_of(2026, 11, 2));
        assert_string_equal(day_of_actor(f, company(f, 60))->items[0]->title, "Heures à déclarer : octobre 2026");
        end_placement(f, 1, on(f, 2026, 9, 30)); /* it ended before */
        assert_int_equal(day_of_actor(f, company(f, 60))->n_items, 0);
}

/* --- statements --- */

static void open_contract(struct fixture *f)
{
        Contracts__ContractOpened opened = CONTRACTS__CONTRACT_OPENED__INIT;
        Contracts__ContractRecord record = CONTRACTS__CONTRACT_RECORD__INIT;
        char *territory = arena_text(&f->arena, "31");
        opened.contract_id = thing(f, A_CONTRACT, 1);
        opened.record = &record;
        opened.territories = &territory;
        opened.n_territories = 1;
        record.kind = CONTRACTS__CONTRACT_KIND__MARKET;
        record.format = CONTRACTS__RECORD_FORMAT__OURS;
        record.buyer_siret = arena_text(&f->arena, "21310555400017");
        record.starts_on = on(f, 2026, 9, 1);
        record.duration_months = 12;
        tell_contracts(f, CONTRACTS__EVENT__BODY_CONTRACT_OPENED, &opened);
}

static void put_plan(struct fixture *f)
{
        Contracts__ControlPlanPut put = CONTRACTS__CONTROL_PLAN_PUT__INIT;
        Contracts__ControlPlan plan = CONTRACTS__CONTROL_PLAN__INIT;
        put.contract_id = thing(f, A_CONTRACT, 1);
        put.clause_id = thing(f, A_CLAUSE, 1);
        put.lot = 1;
        put.plan = &plan;
        plan.frequency = CONTRACTS__STATEMENT_FREQUENCY__EVERY_MONTH;
        plan.due_day = 10;
        tell_contracts(f, CONTRACTS__EVENT__BODY_CONTROL_PLAN_PUT, &put);
}

static void record_obligation(struct fixture *f)
{
        Contracts__ObligationRecorded recorded = CONTRACTS__OBLIGATION_RECORDED__INIT;
        char *territory = arena_text(&f->arena, "31");
        recorded.obligation_id = thing(f, AN_OBLIGATION, 1);
        recorded.clause_id = thing(f, A_CLAUSE, 1);
        recorded.contract_id = thing(f, A_CONTRACT, 1);
        recorded.lot = 1;
        recorded.contractor_name = arena_text(&f->arena, "Bâtiment du Midi");
        recorded.contractor_organisation = id_to(&f->arena, organisation(60));
        recorded.hours = hours_to(&f->arena, hours_of_hundredths(60000));
        recorded.territories = &territory;
        recorded.n_territories = 1;
        tell_contracts(f, CONTRACTS__EVENT__BODY_OBLIGATION_RECORDED, &recorded);
}

static uint64_t receive_statement(struct fixture *f, Types__Day *period_end)
{
        Contracts__StatementReceived received = CONTRACTS__STATEMENT_RECEIVED__INIT;
        received.obligation_id = thing(f, AN_OBLIGATION, 1);
        received.contract_id = thing(f, A_CONTRACT, 1);
        received.period_end = period_end;
        received.received_on = period_end;
        tell_contracts(f, CONTRACTS__EVENT__BODY_STATEMENT_RECEIVED, &received);
        return engine_source_position(f->engine, "contracts-1");
}

static void withdraw(struct fixture *f, uint64_t number)
{
        Contracts__ActWithdrawn withdrawn = CONTRACTS__ACT_WITHDRAWN__INIT;
        Contracts__WithdrawnAct act = CONTRACTS__WITHDRAWN_ACT__INIT, *acts = &act;
        act.number = number;
        withdrawn.contract_id = thing(f, A_CONTRACT, 1);
        withdrawn.acts = &acts;
        withdrawn.n_acts = 1;
        tell_contracts(f, CONTRACTS__EVENT__BODY_ACT_WITHDRAWN, &withdrawn);
}

static void test_a_statement_arrives_and_is_withdrawn(void **state)
{
        struct fixture *f = *state;
        open_contract(f);
        put_plan(f);
        record_obligation(f);
        const Notifications__DayItem *item = item_of(day_of_actor(f, company(f, 60)), WAIT(STATEMENT));
        assert_non_null(item); /* of September, due on the 10th: late */
        assert_int_equal(item->until->days, day_number(day_at(2026, 10, 10)));
        assert_non_null(item_of(day_of_31(f), WAIT(STATEMENT)));
        assert_string_equal(item_of(day_of_31(f), WAIT(STATEMENT))->title, "Relevé en retard : Bâtiment du Midi");

        uint64_t number = receive_statement(f, on(f, 2026, 9, 30));
        assert_null(item_of(day_of_actor(f, company(f, 60)), WAIT(STATEMENT)));
        assert_null(item_of(day_of_31(f), WAIT(STATEMENT)));
        withdraw(f, number);
        assert_non_null(item_of(day_of_31(f), WAIT(STATEMENT)));
        (void)receive_statement(f, on(f, 2026, 9, 30));
        days_settle_at(noon_of(2026, 11, 1)); /* October is over */
        item = item_of(day_of_actor(f, company(f, 60)), WAIT(STATEMENT));
        assert_non_null(item);
        assert_int_equal(item->until->days, day_number(day_at(2026, 11, 10)));
}

/* Nothing done of 600 hours in a year: red when 10 % of the time has passed. Hours move it. */
static void test_progress_is_told_when_it_gets_too_slow(void **state)
{
        struct fixture *f = *state;
        open_contract(f);
        put_plan(f);
        record_obligation(f);
        const Notifications__DayItem *item = item_of(day_of_31(f), WAIT(PROGRESS));
        assert_non_null(item);
        assert_int_equal(item->since->days, day_number(day_at(2026, 10, 7))); /* the 37th of 365 days */

        Contracts__LedgerPosted posted = CONTRACTS__LEDGER_POSTED__INIT;
        posted.obligation_id = thing(f, AN_OBLIGATION, 1);
        posted.from = CONTRACTS__ACCOUNT__DUE;
        posted.to = CONTRACTS__ACCOUNT__DONE;
        posted.hours = hours_to(&f->arena, hours_of_hundredths(30000));
        tell_contracts(f, CONTRACTS__EVENT__BODY_LEDGER_POSTED, &posted);
        assert_null(item_of(day_of_31(f), WAIT(PROGRESS)));
        days_settle_at(noon_of(2027, 7, 2)); /* 300 of 600 are less than 60 % of what 305 days let expect */
        item = item_of(day_of_31(f), WAIT(PROGRESS));
        assert_non_null(item);
        assert_int_equal(item->since->days, day_number(day_at(2027, 7, 2)));
}

/* --- proposals --- */

static void move_proposal(struct fixture *f, Tracking__ProposalState at, Tracking__ProposalActor actor)
{
        Tracking__ProposalMoved moved = TRACKING__PROPOSAL_MOVED__INIT;
        Tracking__ProposalStep step = TRACKING__PROPOSAL_STEP__INIT;
        moved.proposal_id = thing(f, A_PROPOSAL, 1);
        moved.beneficiary_id = thing(f, A_PERSON, 1);
        moved.territory = arena_text(&f->arena, "31");
        moved.prescriber = id_to(&f->arena, organisation(1));
        moved.company = id_to(&f->arena, organisation(60));
        moved.need_title = arena_text(&f->arena, "Maçon");
        moved.step = &step;
        step.state = at;
        step.happened_on = on(f, 2026, 10, 12);
        step.act_by = on(f, 2026, 10, 26);
        step.next_actor = actor;
        step.by = TYPES__ROLE__PRESCRIBER;
        tell_tracking(f, TRACKED(PROPOSAL_MOVED), &moved);
}

static void test_a_proposal_waits_for_who_acts_next(void **state)
{
        struct fixture *f = *state;
        move_proposal(f, TRACKING__PROPOSAL_STATE__PROPOSAL_SENT, TRACKING__PROPOSAL_ACTOR__COMPANY_ACTS);
        const Notifications__MyDayReply *day = day_of_actor(f, company(f, 60));
        assert_int_equal(day->n_items, 1);
        assert_string_equal(day->items[0]->title, "Une personne vous est proposée : Maçon");
        assert_string_equal(day->items[0]->act, "tracking.AnswerProposal");
        assert_int_equal(day_of_31(f)->n_items, 0);

        move_proposal(f, TRACKING__PROPOSAL_STATE__PROPOSAL_NO_SHOW, TRACKING__PROPOSAL_ACTOR__PRESCRIBER_ACTS);
        assert_int_equal(day_of_actor(f, company(f, 60))->n_items, 0);
        assert_int_equal(day_of_actor(f, prescriber(f, 1))->n_items, 1);
        assert_int_equal(day_of_actor(f, prescriber(f, 60))->n_items, 0);
        move_proposal(f, TRACKING__PROPOSAL_STATE__PROPOSAL_WITHDRAWN, TRACKING__PROPOSAL_ACTOR__NOBODY_ACTS);
        assert_int_equal(day_of_actor(f, prescriber(f, 1))->n_items, 0);
}

/* --- all things anew --- */

static void plan_all(struct work *work, void *argument)
{
        *(bool *)argument = planning_next_piece(work);
}

/* A store of before deadlines: its copies are there, and nothing waits. */
static void test_all_things_are_planned_once(void **state)
{
        struct fixture *f = *state;
        bool more = true;
        uint32_t pieces = 0;
        for (uint32_t i = 0; i < 450; i++)
                refer_person(f, i + 1, on(f, 2026, 10, 1));
        for (; more; pieces++)
                assert_int_equal(calendar_write(f->engine, plan_all, &more), 0);
        assert_int_equal(pieces, 3); /* 200, 200, 50 */
        uint64_t head = engine_position(f->engine);
        assert_int_equal(calendar_write(f->engine, plan_all, &more), 0);
        assert_int_equal(engine_position(f->engine), head); /* once */
        assert_int_equal(day_of_31(f)->totals[0]->items, 450);
}

int main(void)
{
#define TEST(NAME) cmocka_unit_test_setup_teardown(NAME, days_setup, days_teardown)
        const struct CMUnitTest tests[] = {
                TEST(test_a_referral_waits_for_its_facilitators), TEST(test_an_eligibility_that_ends),
                TEST(test_a_silence_moves_with_contacts),         TEST(test_nobody_acts_on_a_restricted_file),
                TEST(test_who_is_erased_waits_for_nobody),        TEST(test_hours_go_from_one_to_the_other),
                TEST(test_a_statement_arrives_and_is_withdrawn),  TEST(test_progress_is_told_when_it_gets_too_slow),
                TEST(test_a_proposal_waits_for_who_acts_next),    TEST(test_all_things_are_planned_once),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
