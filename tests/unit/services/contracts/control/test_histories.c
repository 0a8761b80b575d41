/* Random histories of control: all commands, by all roles, in any order. Then the log is read: there is no path to a
 * penalty without the buyer's decision, nor without a formal notice that the buyer served and a contradictory period
 * that was over; no amount exceeds what the clause's formula gave, nor do those of an obligation together exceed the
 * cap. */
#include "tests/unit/services/contracts/control/steps.h"

#include "common/base/text.h"
#include "common/store/eventlog.h"

enum { STEPS_OF_A_RUN = 1200, CASES_MAX = 64, OBLIGATIONS = 2, OTHER_BUYER = 4, CAP_EURO = 3000 };

/* What the log says of a case so far. */
struct told {
        struct id case_id, obligation;
        struct day until;
        bool was_reminded, was_warned, was_served, was_proposed;
        int64_t computed, amount;
};

struct history {
        struct fixture *f;
        Types__Id *clause, *contract;
        Types__Id *obligations[OBLIGATIONS];
        Types__Id *cases[CASES_MAX];
        size_t case_count;
        uint64_t told; /* by tracking */
};

static uint32_t dice(struct history *history, uint32_t sides)
{
        uint32_t value;
        history->f->world.random(&history->f->world, &value, sizeof(value));
        return value % sides;
}

/* ---- who, what, when */

static const Wire__Passport *anybody(struct history *history)
{
        struct fixture *f = history->f;
        Wire__Passport *actors[] = {
                facilitator(f),
                coordinator(f),
                stranger(f),
                buyer(f),
                of_organisation(f, TYPES__ROLE__BUYER, OTHER_BUYER),
                contractor(f),
                of_organisation(f, TYPES__ROLE__COMPANY, OTHER),
                of_organisation(f, TYPES__ROLE__PRESCRIBER, OTHER),
                fixture_actor(f, TYPES__ROLE__AUDITOR, NULL, "*"),
                fixture_actor(f, TYPES__ROLE__OPERATOR, NULL, "*"),
        };
        static const char *const names[] = {"facilitator", "coordinator",   "stranger",   "buyer",   "other buyer",
                                            "contractor",  "other company", "prescriber", "auditor", "operator"};
        size_t who = dice(history, ARRAY_SIZE(actors));
        actors[who]->user = arena_text(&f->arena, names[who]);
        return actors[who];
}

static const Wire__Passport *named(struct fixture *f, Wire__Passport *actor, const char *name)
{
        actor->user = arena_text(&f->arena, name);
        return actor;
}

/* A day around today. */
static Types__Day *some_day(struct history *history)
{
        struct day today = day_of_instant_ms(history->f->world.now_ms_value);
        return day_to(&history->f->arena, day_of_number(day_number(today) + 3 - (int32_t)dice(history, 30)));
}

static Types__Day *some_month_end(struct history *history)
{
        struct month month = month_of_number(month_number(month_of_day(day_of_civil((struct civil){2026, 4, 1}))) +
                                             (int32_t)dice(history, 12));
        return day_to(&history->f->arena, day_of_number(day_number(month_first_day(month)) - 1));
}

static Types__Id *some_case(struct history *history)
{
        return history->case_count == 0 ? id_to(&history->f->arena, id_numbered(99))
                                        : history->cases[dice(history, (uint32_t)history->case_count)];
}

static Types__Id *some_obligation(struct history *history)
{
        return history->obligations[dice(history, OBLIGATIONS)];
}

static Contracts__DecideCase *some_decision(struct history *history, Types__Id *case_id)
{
        struct fixture *f = history->f;
        Contracts__DecideCase *decision = decision_on(f, case_id, (Contracts__BuyerChoice)(1 + dice(history, 4)));
        decision->amount = money_to(&f->arena, money_of_cents(dice(history, 400000)));
        decision->catch_up_until = some_day(history);
        return decision;
}

/* Often without what a copy needs. */
static Contracts__RecordBuyerDecision *some_copy(struct history *history, Types__Id *case_id)
{
        Contracts__RecordBuyerDecision *copy = copy_of(history->f, some_decision(history, case_id));
        if (dice(history, 4) == 0)
                copy->decision->reference = arena_text(&history->f->arena, "");
        if (dice(history, 4) == 0)
                copy->signatory = arena_text(&history->f->arena, "");
        return copy;
}

/* ---- one step */

enum action { REMIND, WARN, DRAFT, SERVE, OBSERVE, PROPOSE, DECIDE, COPY, CLOSE };

static struct engine_answer ask_of_case(struct history *history, const Wire__Passport *actor, Types__Id *id,
                                        enum action what)
{
        struct fixture *f = history->f;
        Contracts__ProposePenalty *proposal = proposal_on(f, id, (Contracts__ProposalKind)(1 + dice(history, 4)));
        Contracts__ServeFormalNotice *notice = notice_of(f, id);
        proposal->amount = money_to(&f->arena, money_of_cents(1 + dice(history, 100000)));
        if (dice(history, 3) == 0)
                notice->reference = arena_text(&f->arena, "");
        switch (what) {
        case REMIND: return fixture_ask(f, actor, "RecordReminder", reminder_in(f, id));
        case WARN: return fixture_ask(f, actor, "WarnBuyer", warning_of(f, id));
        case DRAFT: return fixture_ask(f, actor, "DraftFormalNotice", draft_of(f, id));
        case SERVE: return fixture_ask(f, actor, "ServeFormalNotice", notice);
        case OBSERVE: return fixture_ask(f, actor, "RecordObservations", observations_on(f, id));
        case PROPOSE: return fixture_ask(f, actor, "ProposePenalty", proposal);
        case DECIDE: return fixture_ask(f, actor, "DecideCase", some_decision(history, id));
        case COPY: return fixture_ask(f, actor, "RecordBuyerDecision", some_copy(history, id));
        default:
                return fixture_ask(f, actor, "CloseCase",
                                   closing_of(f, id, (Contracts__CaseOutcome)(1 + dice(history, 3))));
        }
}

static void open_some_case(struct history *history, const Wire__Passport *actor)
{
        struct fixture *f = history->f;
        Contracts__CaseGround ground = (Contracts__CaseGround)(1 + dice(history, 4));
        Types__Day *period = ground == LATE || ground == MISSING ? some_month_end(history) : NULL;
        struct engine_answer answer =
                fixture_ask(f, actor, "OpenCase", opening_of(f, some_obligation(history), ground, period));
        if (answer.body != NULL && history->case_count < CASES_MAX)
                history->cases[history->case_count++] = ((const Contracts__OpenCaseReply *)answer.body)->case_id;
}

static void receive_some(struct history *history, const Wire__Passport *actor)
{
        (void)fixture_ask(history->f, actor, "RecordStatement",
                          statement(history->f, some_obligation(history), some_month_end(history),
                                    dice(history, 2) == 0 ? "HOURS_STATEMENT" : "HOURS_STATEMENT FORECAST"));
}

/* Monthly statements; hours that are late cost too; all of it under one cap. */
static Contracts__PutControlPlan *capped_plan(struct history *history)
{
        struct fixture *f = history->f;
        Contracts__PutControlPlan *command = plan_on(f, history->clause, "mensuel");
        command->plan->cap = euros(f, CAP_EURO);
        command->plan->lateness_from = (Contracts__LatenessStart)(1 + dice(history, 2));
        command->plan->missing_hours = pb_new(&contracts__hours_penalty__descriptor, &f->arena);
        command->plan->missing_hours->per_hour = euros(f, 10);
        command->plan->missing_hours->before_end = true;
        return command;
}

static void change_plan(struct history *history, const Wire__Passport *actor)
{
        (void)fixture_ask(history->f, actor, "PutControlPlan", capped_plan(history));
}

/* Relief, resumption, end: what moves dates under the cases. The end comes seldom: it ends most of the rest. */
static void disturb(struct history *history, const Wire__Passport *actor)
{
        struct fixture *f = history->f;
        Contracts__DeclareDifficulty difficulty = CONTRACTS__DECLARE_DIFFICULTY__INIT;
        Contracts__DecideRelief relief = CONTRACTS__DECIDE_RELIEF__INIT;
        Contracts__ResumeExecution resume = CONTRACTS__RESUME_EXECUTION__INIT;
        Contracts__EndContract end = CONTRACTS__END_CONTRACT__INIT;
        difficulty.obligation_id = relief.obligation_id = some_obligation(history);
        difficulty.letter_on = relief.from = resume.resumed_on = end.ended_on = some_day(history);
        difficulty.text = relief.reasons = relief.reference = relief.signatory = arena_text(&f->arena, "Intempéries");
        relief.relief = (Contracts__Relief)(1 + dice(history, 4));
        relief.hours = hours_to(&f->arena, hours_of_hundredths(dice(history, 10000)));
        relief.whole_contract = dice(history, 2) == 0;
        resume.contract_id = end.contract_id = history->contract;
        end.kind = CONTRACTS__CONTRACT_END_KIND__END_COMPLETED;
        switch (dice(history, 40)) {
        case 0: (void)fixture_ask(f, actor, "EndContract", &end); break;
        case 1:
        case 2: (void)fixture_ask(f, actor, "DeclareDifficulty", &difficulty); break;
        case 3:
        case 4: (void)fixture_ask(f, actor, "DecideRelief", &relief); break;
        default: (void)fixture_ask(f, actor, "ResumeExecution", &resume); break;
        }
}

/* What stands beside the cases: who answers for the company, hours that the buyer gives up, the attestation. */
static void do_beside(struct history *history, const Wire__Passport *actor)
{
        struct fixture *f = history->f;
        Contracts__NameResponsible name = CONTRACTS__NAME_RESPONSIBLE__INIT;
        Contracts__Responsible responsible = CONTRACTS__RESPONSIBLE__INIT;
        Contracts__IssueAttestation attestation = CONTRACTS__ISSUE_ATTESTATION__INIT;
        Contracts__WaiveHours waive = CONTRACTS__WAIVE_HOURS__INIT;
        name.obligation_id = attestation.obligation_id = waive.obligation_id = some_obligation(history);
        name.responsible = &responsible;
        responsible.name = responsible.phone = waive.reason = arena_text(&f->arena, "Camille Exemple");
        waive.hours = hours_to(&f->arena, hours_of_hundredths(1 + dice(history, 1000)));
        switch (dice(history, 3)) {
        case 0: (void)fixture_ask(f, actor, "NameResponsible", &name); break;
        case 1: (void)fixture_ask(f, actor, "IssueAttestation", &attestation); break;
        default: (void)fixture_ask(f, actor, "WaiveHours", &waive); break;
        }
}

/* Anything, by anybody. Most of it is refused; what is refused leaves nothing behind. */
static void do_anything(struct history *history)
{
        const Wire__Passport *actor = anybody(history);
        uint32_t what = dice(history, 15);
        if (what < 9)
                (void)ask_of_case(history, actor, some_case(history), (enum action)what);
        else if (what == 9)
                receive_some(history, actor);
        else if (what == 10)
                disturb(history, actor);
        else if (what == 11)
                hours_validated(history->f, ++history->told, some_obligation(history), (uint8_t)dice(history, 20),
                                dice(history, 8000));
        else if (what == 12)
                change_plan(history, actor);
        else if (what == 13)
                do_beside(history, actor);
        else
                open_some_case(history, actor);
}

/* What comes next in a case, by who may do it: without it no history would ever come to a penalty. */
static void do_the_next(struct history *history)
{
        struct fixture *f = history->f;
        Types__Id *id = some_case(history);
        if (history->case_count == 0) {
                open_some_case(history, facilitator(f));
                return;
        }
        const Wire__Passport *house = named(f, facilitator(f), "facilitator"), *owner = named(f, buyer(f), "buyer");
        switch (see_case(f, id)->step) {
        case CONTRACTS__CASE_STEP__CASE_OPEN: (void)ask_of_case(history, house, id, REMIND); break;
        case CONTRACTS__CASE_STEP__COMPANY_REMINDED: (void)ask_of_case(history, house, id, WARN); break;
        case CONTRACTS__CASE_STEP__BUYER_TOLD: (void)ask_of_case(history, house, id, DRAFT); break;
        case CONTRACTS__CASE_STEP__NOTICE_DRAFTED:
                (void)ask_of_case(history, dice(history, 2) == 0 ? house : owner, id, SERVE);
                break;
        case CONTRACTS__CASE_STEP__NOTICE_SERVED: (void)ask_of_case(history, house, id, PROPOSE); break;
        case CONTRACTS__CASE_STEP__DECISION_PROPOSED:
                (void)ask_of_case(history, dice(history, 3) == 0 ? house : owner, id,
                                  dice(history, 2) == 0 ? DECIDE : COPY);
                break;
        case CONTRACTS__CASE_STEP__BUYER_DECIDED: (void)ask_of_case(history, house, id, CLOSE); break;
        default: open_some_case(history, house); break;
        }
}

/* ---- what the log says */

struct reading {
        struct told cases[CASES_MAX];
        size_t count;
        const Contracts__ReminderSent *reminders[STEPS_OF_A_RUN]; /* of statements, after their date */
        size_t reminder_count;
        size_t decided; /* with an amount */
};

static struct told *told_of(struct reading *reading, const Types__Id *case_id)
{
        for (size_t i = 0; i < reading->count; i++)
                if (id_equal(reading->cases[i].case_id, id_of(case_id)))
                        return &reading->cases[i];
        assert_true(reading->count < CASES_MAX);
        reading->cases[reading->count].case_id = id_of(case_id);
        return &reading->cases[reading->count++];
}

static void read_reminder(struct reading *reading, const Contracts__ReminderSent *body)
{
        if (body->case_id != NULL)
                told_of(reading, body->case_id)->was_reminded = true;
        if (body->period_end != NULL && body->offset_days > 0)
                reading->reminders[reading->reminder_count++] = body;
}

/* The company may have been reminded of a statement before a case was opened on it. */
static void read_opening(struct reading *reading, const Contracts__CaseOpened *body)
{
        struct told *told = told_of(reading, body->case_id);
        told->obligation = id_of(body->obligation_id);
        for (size_t i = 0; i < reading->reminder_count && body->period_end != NULL; i++)
                told->was_reminded |= reading->reminders[i]->period_end->days == body->period_end->days &&
                                      id_equal(id_of(reading->reminders[i]->obligation_id), told->obligation);
}

static void read_decision(struct reading *reading, const Wire__EventRecord *record, const Contracts__CaseDecided *body,
                          struct slice sealed)
{
        const Contracts__BuyerDecision *decision = body->decision;
        struct told *told = told_of(reading, body->case_id);
        int64_t of_obligation = 0;

        assert_true(told->was_reminded && told->was_warned && told->was_served && told->was_proposed);
        assert_true(day_number(day_of_instant_ms(record->at_ms)) > day_number(told->until));
        if (decision->recorded_for_buyer) { /* a document, with its date, reference and signatory */
                assert_false(text_is_empty(decision->reference));
                assert_true(sealed.size > 0);
                assert_true(strcmp(record->user, "facilitator") == 0 || strcmp(record->user, "coordinator") == 0);
        } else {
                assert_string_equal(record->user, "buyer");
        }
        told->amount = decision->amount->cents;
        assert_true(told->amount >= 0 && told->amount <= told->computed);
        for (size_t i = 0; i < reading->count; i++)
                if (id_equal(reading->cases[i].obligation, told->obligation))
                        of_obligation += reading->cases[i].amount;
        assert_true(of_obligation <= (int64_t)CAP_EURO * 100);
        reading->decided += told->amount > 0;
}

static void read_event(struct reading *reading, const Wire__EventRecord *record, const Contracts__Event *event,
                       struct slice sealed)
{
        struct told *told;
        switch (event->body_case) {
        case CONTRACTS__EVENT__BODY_CASE_OPENED: read_opening(reading, event->case_opened); break;
        case CONTRACTS__EVENT__BODY_REMINDER_SENT: read_reminder(reading, event->reminder_sent); break;
        case CONTRACTS__EVENT__BODY_BUYER_WARNED:
                told = told_of(reading, event->buyer_warned->case_id);
                assert_true(told->was_reminded);
                told->was_warned = true;
                break;
        case CONTRACTS__EVENT__BODY_FORMAL_NOTICE_SERVED:
                told = told_of(reading, event->formal_notice_served->case_id);
                assert_true(told->was_warned);
                assert_true(strcmp(record->user, "buyer") == 0 ||
                            (event->formal_notice_served->recorded_for_buyer && sealed.size > 0 &&
                             !text_is_empty(event->formal_notice_served->reference)));
                told->was_served = true;
                told->until = day_of(event->formal_notice_served->contradictory_until);
                break;
        case CONTRACTS__EVENT__BODY_PENALTY_PROPOSED:
                told = told_of(reading, event->penalty_proposed->case_id);
                assert_true(told->was_served);
                assert_true(day_number(day_of_instant_ms(record->at_ms)) > day_number(told->until));
                told->was_proposed = true;
                told->computed = event->penalty_proposed->proposal->computed->cents;
                break;
        case CONTRACTS__EVENT__BODY_CASE_DECIDED: read_decision(reading, record, event->case_decided, sealed); break;
        default: break;
        }
}

static size_t read_log(struct fixture *f)
{
        struct reading *reading = arena_zalloc(&f->arena, sizeof(*reading));
        struct txn *txn = txn_begin_read(engine_store(f->engine), NULL);
        struct log_entry entry;

        assert_non_null(txn);
        for (uint64_t number = 1; log_get(txn, number, &entry); number++) {
                const Wire__EventRecord *record = pb_decode(&wire__event_record__descriptor, entry.record, &f->arena);
                assert_non_null(record);
                const Contracts__Event *event =
                        pb_decode(&contracts__event__descriptor, pb_slice(record->body), &f->arena);
                assert_non_null(event);
                read_event(reading, record, event, arena_copy_slice(&f->arena, entry.sealed));
        }
        txn_end_read(txn);
        return reading->decided;
}

/* ---- runs */

static size_t run(struct fixture *f, uint64_t seed)
{
        struct history history = {.f = f};
        f->world.seed_state = seed;
        the_buyer_is_known(f);
        directory_tells(f, 2, OTHER_BUYER, "21340172201787");
        today_is(f, 2026, 3, 2);
        history.contract = a_contract(f);
        history.clause = put_clause(f, clause_on(f, history.contract))->clause_id;
        (void)put_plan(f, capped_plan(&history));
        history.obligations[0] = record_obligation(f, obligation_on(f, history.clause))->obligation_id;
        Contracts__RecordObligation *second = obligation_on(f, history.clause);
        second->contractor_siret = arena_text(&f->arena, "38012986646850");
        second->contractor_organisation = id_to(&f->arena, id_numbered(OTHER));
        second->hours = whole_hours(f, 833);
        history.obligations[1] = record_obligation(f, second)->obligation_id;
        for (size_t i = 0; i < STEPS_OF_A_RUN; i++) {
                if (dice(&history, 2) == 0)
                        do_anything(&history);
                else
                        do_the_next(&history);
                if (dice(&history, 3) == 0)
                        days_pass(f, (int)dice(&history, 4));
        }
        return read_log(f);
}

static void test_random_history_1(void **state)
{
        assert_true(run(*state, 1) > 0); /* one that comes to no penalty at all would prove nothing */
}

static void test_random_history_2(void **state)
{
        assert_true(run(*state, 20261122) > 0);
}

static void test_random_history_3(void **state)
{
        assert_true(run(*state, UINT64_C(0xfeedbeef12345678)) > 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_random_history_1, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_random_history_2, setup, fixture_close),
                cmocka_unit_test_setup_teardown(test_random_history_3, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
