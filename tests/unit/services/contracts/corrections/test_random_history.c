/* Random histories of acts and corrections in any order of days: what stands at the end is what a history gives in which
 * only the right acts stood, each on its day.
 *
 * A history is drawn: acts of all rooms with their real days. First it is lived as it should have been: in the order of
 * the days; what is refused then is no part of it. Then it is lived as it is: entered in any order, with wrong acts in
 * between, which are found out and withdrawn. Where a right act is refused, the desk does what a person would: it tries
 * again later, withdraws what is wrong, and at last what is right but stands in the way, to enter it again behind.
 * Then all rows, accounts and sums of both worlds are compared, ids, event numbers and letters aside.
 *
 * GUICHET_HISTORIES: how many. GUICHET_HISTORY: one alone, told act by act. */
#include "tests/unit/services/contracts/control/steps.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/base/siret.h"
#include "common/codec/json.h"
#include "services/contracts/corrections/kept_rows.h"
#include "tests/unit/services/contracts/control/relief.h"
#include "tests/unit/services/contracts/corrections/withdrawing.h"

enum { HISTORIES = 120, ACTS_MAX = 26, THINGS_MAX = 64, PERIODS = 6, MEMBERS = 2, TRIES_MAX = 400, YEAR_DAYS = 290 };

enum kind {
        AMEND,
        WAIVE,
        ORDER,
        INVOICE,
        ASSIGN,
        STATEMENT,
        REMIND,
        DIFFICULTY,
        PAUSE,
        GO_ON,
        END,
        REFER,
        CLOSE_REFERRAL,
        CLOSE_NEED,
        DECLINE,
        RESUME_CONTRACT,
        PROPOSE_TRANSFER,
        AGREE_TRANSFER,
        OPEN_CONSULTATION,
        AWARD,
        OPEN_CASE,
        WARN,
        DRAFT_NOTICE,
        SERVE,
        OBSERVE,
        PROPOSE_PENALTY,
        DECIDE,
        CLOSE_CASE,
        KINDS,
        LOOSE = OPEN_CASE /* drawn one by one; the others are drawn as a ladder */
};

static const char *const method_of[KINDS] = {
        [AMEND] = "AmendObligation",
        [WAIVE] = "WaiveHours",
        [ORDER] = "RecordOrder",
        [INVOICE] = "RecordContractInvoice",
        [ASSIGN] = "AssignObligation",
        [STATEMENT] = "RecordStatement",
        [REMIND] = "RecordReminder",
        [DIFFICULTY] = "DeclareDifficulty",
        [PAUSE] = "DecideRelief",
        [GO_ON] = "ResumeExecution",
        [END] = "EndContract",
        [REFER] = "ReferMatter",
        [CLOSE_REFERRAL] = "CloseReferral",
        [CLOSE_NEED] = "CloseNeed",
        [DECLINE] = "DeclineContract",
        [RESUME_CONTRACT] = "ResumeContract",
        [PROPOSE_TRANSFER] = "ProposeTransfer",
        [AGREE_TRANSFER] = "AgreeTransfer",
        [OPEN_CONSULTATION] = "OpenConsultation",
        [AWARD] = "AwardContract",
        [OPEN_CASE] = "OpenCase",
        [WARN] = "WarnBuyer",
        [DRAFT_NOTICE] = "DraftFormalNotice",
        [SERVE] = "ServeFormalNotice",
        [OBSERVE] = "RecordObservations",
        [PROPOSE_PENALTY] = "ProposePenalty",
        [DECIDE] = "RecordBuyerDecision",
        [CLOSE_CASE] = "CloseCase",
};

/* One act as it was drawn. */
struct act {
        enum kind kind;
        int32_t day;             /* days since 2026-03-02 */
        uint32_t a, b;           /* what it is about: drawn numbers */
        size_t of;               /* the act that made what this one is about, where one did */
        bool is_wrong, is_right; /* is_right: granted in the world as it should have been */
};

struct history {
        struct act acts[ACTS_MAX];
        size_t count;
        struct world random;
        uint64_t seed;
        bool is_told;
};

/* A world in which it is lived. */
struct lived {
        struct fixture *f;
        Types__Id *contract, *other, *framework, *declined, *consulted, *clause, *lead, *member, *third, *need;
        Types__Id *members[MEMBERS];
        Types__Id *made[ACTS_MAX]; /* by each act */
        uint64_t number[ACTS_MAX]; /* of the event, while it stands */
        Types__Id *things[THINGS_MAX];
        char *labels[THINGS_MAX];
        size_t thing_count;
        uint32_t contracts;
};

static uint32_t dice(struct history *history, uint32_t sides)
{
        uint32_t value;
        history->random.random(&history->random, &value, sizeof(value));
        return value % sides;
}

/* ---- drawn */

static bool is_taken(const struct history *history, int32_t day)
{
        for (size_t i = 0; i < history->count; i++)
                if (history->acts[i].day == day)
                        return true;
        return false;
}

/* Each on a day of its own: of two papers of one day only whoever enters them knows the order. */
static struct act *draw(struct history *history, enum kind kind, int32_t day)
{
        if (history->count == ACTS_MAX)
                return NULL;
        while (is_taken(history, day))
                day++;
        struct act *act = &history->acts[history->count];
        *act = (struct act){.kind = kind, .day = day, .of = history->count};
        act->a = dice(history, 1000000);
        act->b = dice(history, 1000000);
        act->is_wrong = dice(history, 3) == 0;
        history->count++;
        return act;
}

/* About a thing that an act of that kind makes; nothing where none was drawn. */
static void draw_about(struct history *history, enum kind kind, enum kind maker, int32_t day)
{
        size_t makers[ACTS_MAX], count = 0;
        for (size_t i = 0; i < history->count; i++)
                if (history->acts[i].kind == maker)
                        makers[count++] = i;
        if (count == 0)
                return;
        size_t of = makers[dice(history, (uint32_t)count)];
        struct act *act = draw(history, kind, history->acts[of].day + day);
        if (act != NULL) {
                act->of = of;
                act->is_wrong = act->is_wrong || history->acts[of].is_wrong;
        }
}

/* The steps of a case in their order, up to any of them. */
static void draw_ladder(struct history *history)
{
        static const struct {
                enum kind kind;
                int32_t after;
        } steps[] = {{OPEN_CASE, 0}, {REMIND, 1},           {WARN, 14},  {DRAFT_NOTICE, 1}, {SERVE, 2},
                     {OBSERVE, 5},   {PROPOSE_PENALTY, 16}, {DECIDE, 6}, {CLOSE_CASE, 3}};
        size_t until = 1 + dice(history, (uint32_t)ARRAY_SIZE(steps)), first = history->count;
        int32_t day = 60 + (int32_t)dice(history, 100);
        bool is_wrong = false;
        for (size_t i = 0; i < until; i++) {
                day += steps[i].after;
                struct act *act = draw(history, steps[i].kind, day);
                if (act == NULL)
                        return;
                act->of = first;
                act->is_wrong = is_wrong || dice(history, 8) == 0; /* what rests on a wrong step is wrong */
                is_wrong = act->is_wrong;
        }
}

static void draw_history(struct history *history, uint64_t seed)
{
        *history = (struct history){.random = world_seeded(seed, FIXTURE_NOW_MS), .seed = seed};
        while (history->count < ACTS_MAX) {
                enum kind kind = (enum kind)dice(history, LOOSE + 3);
                int32_t day = (int32_t)dice(history, YEAR_DAYS);
                if (kind >= LOOSE)
                        draw_ladder(history);
                else if (kind == AGREE_TRANSFER)
                        draw_about(history, kind, PROPOSE_TRANSFER, (int32_t)dice(history, 20));
                else if (kind == CLOSE_REFERRAL)
                        draw_about(history, kind, REFER, (int32_t)dice(history, 20));
                else
                        (void)draw(history, kind, day);
        }
}

/* ---- the stage */

static Types__Day *on(struct lived *lived, int32_t day)
{
        return day_to(&lived->f->arena, day_of_number(day_number(day_of_civil((struct civil){2026, 3, 2})) + day));
}

static void label(struct lived *lived, Types__Id *id, const char *name, size_t number)
{
        assert_true(lived->thing_count < THINGS_MAX);
        lived->things[lived->thing_count] = id;
        lived->labels[lived->thing_count++] = arena_printf(&lived->f->arena, "<%s %zu>", name, number);
}

static Contracts__ContractRecord *record_named(struct lived *lived, const char *object)
{
        Contracts__ContractRecord *record = a_record(lived->f);
        record->object = arena_text(&lived->f->arena, object);
        record->number = arena_printf(&lived->f->arena, "2026-%03u", ++lived->contracts);
        record->notified_on = on(lived, (int32_t)lived->contracts - 1);
        return record;
}

static Types__Id *opened_of_ours(struct lived *lived, const char *object)
{
        Contracts__OpenContract open = CONTRACTS__OPEN_CONTRACT__INIT;
        open.record = record_named(lived, object);
        open.record->notified_on = open.record->published_on = NULL;
        const Contracts__OpenContractReply *reply = fixture_get(lived->f, facilitator(lived->f), "OpenContract", &open);
        return reply->contract_id;
}

static Types__Id *owed(struct lived *lived, Types__Id *clause, unsigned company, int64_t hours)
{
        struct fixture *f = lived->f;
        char siret[SIRET_DIGITS + 1];
        Contracts__RecordObligation *command = obligation_on(f, clause);
        siret_make(13002526 + company, 1, siret);
        command->contractor_siret = arena_text(&f->arena, siret);
        command->contractor_name = arena_printf(&f->arena, "Entreprise %u", company);
        command->contractor_organisation = NULL;
        command->by_invoices = hours == 0;
        command->hours = hours == 0 ? NULL : whole_hours(f, hours);
        f->world.now_ms_value++;
        return record_obligation(f, command)->obligation_id;
}

static void set_framework(struct lived *lived)
{
        struct fixture *f = lived->f;
        lived->framework = import(f, record_named(lived, "Accord-cadre"))->contract_id;
        Contracts__PutClause *put = clause_on(f, lived->framework);
        put->calibration->method = CONTRACTS__CALIBRATION_METHOD__PER_INVOICED;
        put->calibration->amount_per_hour = euros(f, 2000);
        put->calibration->trigger = euros(f, 100000);
        Types__Id *clause = put_clause(f, put)->clause_id;
        label(lived, clause, "clause", 2);
        for (unsigned i = 0; i < MEMBERS; i++) {
                lived->members[i] = owed(lived, clause, i, 0);
                label(lived, lived->members[i], "membre", i);
        }
        label(lived, lived->framework, "contrat", 2);
}

static void set_controlled(struct lived *lived)
{
        struct fixture *f = lived->f;
        Contracts__ContractRecord *record = record_named(lived, "Peinture");
        record->grouping = arena_text(&f->arena, "Conjoint");
        lived->contract = import(f, record)->contract_id;
        lived->clause = put_clause(f, clause_on(f, lived->contract))->clause_id;
        (void)put_plan(f, plan_on(f, lived->clause, "trimestriel"));
        lived->lead = owed(lived, lived->clause, 0, 500);
        lived->member = owed(lived, lived->clause, 1, 333);
        lived->need = declare(f, coordinator(f), need_for(f, lived->lead))->need_id;
        label(lived, lived->contract, "contrat", 0);
        label(lived, lived->clause, "clause", 0);
        label(lived, lived->lead, "mandataire", 0);
        label(lived, lived->member, "cotraitant", 0);
        label(lived, lived->need, "besoin", 0);
}

static void set_others(struct lived *lived)
{
        struct fixture *f = lived->f;
        lived->other = import(f, record_named(lived, "Cédé"))->contract_id;
        Types__Id *clause = put_clause(f, clause_on(f, lived->other))->clause_id;
        lived->third = owed(lived, clause, 2, 100);
        lived->declined = opened_of_ours(lived, "Sans association");
        lived->consulted = opened_of_ours(lived, "Consultation");
        Contracts__RecordAssociation association = CONTRACTS__RECORD_ASSOCIATION__INIT;
        association.contract_id = lived->declined;
        association.association = CONTRACTS__ASSOCIATION__NOT_ASSOCIATED;
        (void)fixture_get(f, facilitator(f), "RecordAssociation", &association);
        label(lived, lived->other, "contrat", 1);
        label(lived, clause, "clause", 1);
        label(lived, lived->third, "titulaire", 0);
        label(lived, lived->declined, "contrat", 3);
        label(lived, lived->consulted, "contrat", 4);
}

static void begin(struct lived *lived)
{
        void *state;
        *lived = (struct lived){0};
        assert_int_equal(fixture_open_in_memory(&state, &contracts_spec, NULL), 0);
        lived->f = state;
        set_controlled(lived);
        set_framework(lived);
        set_others(lived);
        today_is(lived->f, 2027, 2, 1);
}

static void end(struct lived *lived)
{
        void *state = lived->f;
        fixture_close(&state);
}

/* ---- each act as a command */

static Types__Day *period(struct lived *lived, uint32_t number)
{
        static const struct civil ends[] = {{2026, 3, 31}, {2026, 6, 30}};
        return day_to(&lived->f->arena, day_of_civil(ends[number % ARRAY_SIZE(ends)]));
}

static Contracts__LedgerDecision *letter(struct lived *lived, int32_t day)
{
        Contracts__LedgerDecision *decision = pb_new(&contracts__ledger_decision__descriptor, &lived->f->arena);
        decision->buyer_siret = arena_text(&lived->f->arena, BUYER_SIRET);
        decision->reference = arena_text(&lived->f->arena, "Courrier");
        decision->decided_on = on(lived, day);
        return decision;
}

static void *of_type(struct lived *lived, const ProtobufCMessageDescriptor *type)
{
        return pb_new(type, &lived->f->arena);
}

#define COMMAND(Type, type) Contracts__##Type *command = of_type(lived, &contracts__##type##__descriptor)

static void *hours_command(struct lived *lived, const struct act *act)
{
        struct fixture *f = lived->f;
        Types__Id *obligation = act->a % 2 == 0 ? lived->lead : lived->member;
        if (act->kind == AMEND) {
                COMMAND(AmendObligation, amend_obligation);
                command->obligation_id = obligation;
                command->hours = hours_to(&f->arena, hours_of_hundredths(10000 + act->b % 90000));
                command->reference = command->reason = arena_printf(&f->arena, "Avenant %u", act->a);
                command->amended_on = on(lived, act->day);
                return command;
        }
        if (act->kind == WAIVE) {
                COMMAND(WaiveHours, waive_hours);
                command->obligation_id = obligation;
                command->hours = hours_to(&f->arena, hours_of_hundredths(100 + act->b % 20000));
                command->reason = arena_text(&f->arena, "Intempéries");
                command->decision = letter(lived, act->day);
                return command;
        }
        COMMAND(AssignObligation, assign_obligation);
        char siret[SIRET_DIGITS + 1];
        siret_make(13002600 + act->a % 50, 1, siret);
        command->obligation_id = lived->third;
        command->contractor_siret = arena_text(&f->arena, siret);
        command->contractor_name = arena_printf(&f->arena, "Repreneur %u", act->a % 50);
        command->reference = arena_text(&f->arena, "Cession");
        command->assigned_on = on(lived, act->day);
        return command;
}

static void *framework_command(struct lived *lived, const struct act *act)
{
        struct fixture *f = lived->f;
        Types__Id *member = lived->members[act->a % MEMBERS];
        Types__Money *amount = euros(f, (int64_t)(act->b % 90000) - 9000);
        if (act->kind == ORDER) {
                COMMAND(RecordOrder, record_order);
                command->obligation_id = member;
                command->kind = CONTRACTS__ORDER_KIND__PURCHASE_ORDER;
                command->number = arena_printf(&f->arena, "BC %u", act->a);
                command->starts_on = on(lived, act->day);
                command->ends_on = on(lived, act->day + 30);
                command->amount = amount;
                return command;
        }
        COMMAND(RecordContractInvoice, record_contract_invoice);
        command->obligation_id = member;
        command->number = arena_printf(&f->arena, "FA %u", act->a);
        command->dated = on(lived, act->day);
        command->amount = amount;
        return command;
}

static void *transfer_command(struct lived *lived, const struct act *act)
{
        if (act->kind == PROPOSE_TRANSFER) {
                COMMAND(ProposeTransfer, propose_transfer);
                command->from_obligation_id = act->a % 2 == 0 ? lived->lead : lived->member;
                command->to_obligation_id = act->a % 2 == 0 ? lived->member : lived->lead;
                command->hours = hours_to(&lived->f->arena, hours_of_hundredths(100 + act->b % 9000));
                command->reason = arena_text(&lived->f->arena, "Équipe en place");
                command->proposed_on = on(lived, act->day);
                return command;
        }
        COMMAND(AgreeTransfer, agree_transfer);
        command->transfer_id = lived->made[act->of];
        command->decision = letter(lived, act->day);
        return command;
}

static void *execution_command(struct lived *lived, const struct act *act)
{
        struct fixture *f = lived->f;
        if (act->kind == STATEMENT) {
                static const char *const documents[] = {"HOURS_STATEMENT", "WORK_CONTRACT",
                                                        "HOURS_STATEMENT WORK_CONTRACT"};
                Contracts__RecordStatement *command =
                        statement(f, lived->lead, period(lived, act->a), documents[act->b % ARRAY_SIZE(documents)]);
                command->received_on = on(lived, act->day);
                return command;
        }
        if (act->kind == DIFFICULTY) {
                Contracts__DeclareDifficulty *command = difficulty_of(f, lived->lead);
                command->letter_on = on(lived, act->day);
                return command;
        }
        if (act->kind == PAUSE) {
                Contracts__DecideRelief *command = relief_of(f, lived->lead, SUSPEND);
                command->from = on(lived, act->day);
                command->to = act->a % 2 == 0 ? NULL : on(lived, act->day + 1 + (int32_t)(act->b % 40));
                command->whole_contract = act->b % 2 == 0;
                command->decided_on = on(lived, act->day);
                command->reference = arena_printf(&f->arena, "Décision %u", act->a);
                return command;
        }
        if (act->kind == GO_ON)
                return resumption_of(f, lived->contract, on(lived, act->day));
        Contracts__EndContract *command = end_of(f, lived->other, CONTRACTS__CONTRACT_END_KIND__END_COMPLETED);
        command->ended_on = on(lived, act->day);
        return command;
}

static void *other_command(struct lived *lived, const struct act *act)
{
        struct fixture *f = lived->f;
        if (act->kind == REFER) {
                COMMAND(ReferMatter, refer_matter);
                command->contract_id = lived->other;
                command->subject = arena_printf(&f->arena, "Réemploi %u", act->a);
                command->referred_on = on(lived, act->day);
                return command;
        }
        if (act->kind == CLOSE_REFERRAL) {
                COMMAND(CloseReferral, close_referral);
                command->referral_id = lived->made[act->of];
                command->outcome = CONTRACTS__REFERRAL_OUTCOME__REFERRAL_ANSWERED;
                command->text = arena_text(&f->arena, "Oui");
                command->closed_on = on(lived, act->day);
                return command;
        }
        COMMAND(CloseNeed, close_need);
        command->need_id = lived->need;
        command->state = CONTRACTS__NEED_STATE__NEED_FILLED;
        command->filled = 1 + act->a % 2;
        command->closed_on = on(lived, act->day);
        return command;
}

static void *contract_command(struct lived *lived, const struct act *act)
{
        struct fixture *f = lived->f;
        if (act->kind == DECLINE) {
                COMMAND(DeclineContract, decline_contract);
                command->contract_id = lived->declined;
                command->reason = CONTRACTS__DECLINE_REASON__NAMED_WITHOUT_NOTICE;
                command->text = arena_printf(&f->arena, "Découvert %u", act->a);
                command->declined_on = on(lived, act->day);
                return command;
        }
        if (act->kind == RESUME_CONTRACT) {
                COMMAND(ResumeContract, resume_contract);
                command->contract_id = lived->declined;
                command->regularised_on = on(lived, act->day);
                command->text = arena_printf(&f->arena, "Régularisé %u", act->a);
                return command;
        }
        if (act->kind == OPEN_CONSULTATION) {
                COMMAND(OpenConsultation, open_consultation);
                command->contract_id = lived->consulted;
                command->published_on = on(lived, act->day);
                command->offers_due_on = on(lived, act->day + 20 + (int32_t)(act->a % 20));
                return command;
        }
        COMMAND(AwardContract, award_contract);
        command->contract_id = lived->consulted;
        command->lot = 1;
        command->awarded_on = on(lived, act->day);
        command->decision_reference = arena_printf(&f->arena, "Délibération %u", act->a);
        command->winners = arena_zalloc(&f->arena, sizeof(*command->winners));
        command->winners[0] = of_type(lived, &contracts__offer_member__descriptor);
        command->winners[0]->siret = arena_text(&f->arena, CONTRACTOR_SIRET);
        command->winners[0]->name = arena_text(&f->arena, "Peintures du Lauragais");
        command->n_winners = 1;
        return command;
}

static void *case_command(struct lived *lived, const struct act *act)
{
        struct fixture *f = lived->f;
        Types__Id *case_id = lived->made[act->of];
        Types__Day *day = on(lived, act->day);
        switch (act->kind) {
        case OPEN_CASE: {
                Contracts__OpenCase *command = opening_of(f, lived->member, LATE, period(lived, act->a));
                command->opened_on = day;
                return command;
        }
        case REMIND: {
                Contracts__RecordReminder *command = reminder_in(f, case_id);
                command->sent_on = day;
                return command;
        }
        case WARN: {
                Contracts__WarnBuyer *command = warning_of(f, case_id);
                command->warned_on = day;
                return command;
        }
        case DRAFT_NOTICE: {
                Contracts__DraftFormalNotice *command = draft_of(f, case_id);
                command->drafted_on = day;
                return command;
        }
        case SERVE: {
                Contracts__ServeFormalNotice *command = notice_of(f, case_id);
                command->served_on = day;
                return command;
        }
        case OBSERVE: {
                Contracts__RecordObservations *command = observations_on(f, case_id);
                command->received_on = day;
                command->text = arena_printf(&f->arena, "Observation %u", act->a);
                return command;
        }
        case PROPOSE_PENALTY: {
                Contracts__ProposePenalty *command = proposal_on(f, case_id, CONTRACTS__PROPOSAL_KIND__PROPOSE_FULL);
                command->proposed_on = day;
                return command;
        }
        case DECIDE: {
                Contracts__RecordBuyerDecision *command =
                        copy_of(f, decision_on(f, case_id, CONTRACTS__BUYER_CHOICE__CHOICE_WAIVE));
                command->decided_on = day;
                return command;
        }
        default: {
                Contracts__CloseCase *command = closing_of(f, case_id, CONTRACTS__CASE_OUTCOME__SETTLED);
                command->closed_on = day;
                return command;
        }
        }
}

static void *command_of(struct lived *lived, const struct act *act)
{
        switch (act->kind) {
        case AMEND:
        case WAIVE:
        case ASSIGN: return hours_command(lived, act);
        case ORDER:
        case INVOICE: return framework_command(lived, act);
        case PROPOSE_TRANSFER:
        case AGREE_TRANSFER: return transfer_command(lived, act);
        case STATEMENT:
        case DIFFICULTY:
        case PAUSE:
        case GO_ON:
        case END: return execution_command(lived, act);
        case REFER:
        case CLOSE_REFERRAL:
        case CLOSE_NEED: return other_command(lived, act);
        case DECLINE:
        case RESUME_CONTRACT:
        case OPEN_CONSULTATION:
        case AWARD: return contract_command(lived, act);
        default: return case_command(lived, act);
        }
}

/* In whose history the act stands. */
static Types__Id *file_of(const struct lived *lived, const struct act *act)
{
        switch (act->kind) {
        case ORDER:
        case INVOICE: return lived->framework;
        case ASSIGN:
        case END:
        case REFER:
        case CLOSE_REFERRAL: return lived->other;
        case DECLINE:
        case RESUME_CONTRACT: return lived->declined;
        case OPEN_CONSULTATION:
        case AWARD: return lived->consulted;
        default: return lived->contract;
        }
}

static Types__Id *made_by(const struct act *act, const void *reply)
{
        switch (act->kind) {
        case OPEN_CASE: return ((const Contracts__OpenCaseReply *)reply)->case_id;
        case PROPOSE_TRANSFER: return ((const Contracts__ProposeTransferReply *)reply)->transfer_id;
        case REFER: return ((const Contracts__ReferMatterReply *)reply)->referral_id;
        case ORDER: return ((const Contracts__RecordOrderReply *)reply)->order_id;
        case INVOICE: return ((const Contracts__RecordContractInvoiceReply *)reply)->invoice_id;
        default: return NULL;
        }
}

static void label_made(struct lived *lived, size_t i, const struct act *act, const void *reply)
{
        lived->made[i] = made_by(act, reply);
        if (lived->made[i] != NULL)
                label(lived, lived->made[i], "acte", i);
        if (act->kind != AWARD)
                return;
        const Contracts__AwardContractReply *award = reply;
        label(lived, award->clause_id, "clause de", i);
        label(lived, award->obligations[0]->obligation_id, "dû de", i);
}

/* ---- lived */

static void say(const struct history *history, const char *what, size_t i, const struct engine_answer *answer)
{
        if (!history->is_told)
                return;
        const struct act *act = &history->acts[i];
        print_message("%-10s %2zu %-22s jour %3d %s %s\n", what, i, method_of[act->kind], (int)act->day,
                      act->is_wrong ? "FAUX" : "", answer->refusal == NULL ? "" : answer->refusal->text);
}

/* Whether it is granted. One about a thing that is not there is not even asked. */
static bool enter(const struct history *history, struct lived *lived, size_t i)
{
        const struct act *act = &history->acts[i];
        uint64_t before = engine_position(lived->f->engine);
        if (act->of != i && lived->made[act->of] == NULL)
                return false;
        lived->f->world.now_ms_value += 10;
        struct engine_answer answer =
                fixture_ask(lived->f, facilitator(lived->f), method_of[act->kind], command_of(lived, act));
        say(history, answer.body != NULL ? "entré" : "refusé", i, &answer);
        if (answer.body == NULL)
                return false;
        lived->number[i] = engine_position(lived->f->engine);
        if (lived->number[i] == before) { /* it was said already: it is no act */
                lived->number[i] = 0;
                return false;
        }
        label_made(lived, i, act, answer.body);
        return true;
}

/* As it should have been: in the order of the days, without what is wrong. */
static void live_rightly(struct history *history, struct lived *lived)
{
        for (int32_t day = 0; day < 2 * YEAR_DAYS; day++)
                for (size_t i = 0; i < history->count; i++)
                        if (history->acts[i].day == day && !history->acts[i].is_wrong)
                                history->acts[i].is_right = enter(history, lived, i);
}

/* The act of that event, or of one that its command recorded. */
static size_t act_numbered(const struct history *history, const struct lived *lived, uint64_t number)
{
        size_t found = history->count;
        for (size_t i = 0; i < history->count; i++)
                if (lived->number[i] >= number && (found == history->count || lived->number[i] < lived->number[found]))
                        found = i;
        return found;
}

/* Withdraws the act, and first whatever rests on it. */
static void take_back(const struct history *history, struct lived *lived, size_t i)
{
        for (int tries = 0; lived->number[i] != 0; tries++) {
                assert_true(tries < ACTS_MAX);
                const struct act *act = &history->acts[i];
                Contracts__WithdrawAct *command = withdrawal_of(lived->f, file_of(lived, act), lived->number[i]);
                struct engine_answer answer = fixture_ask(lived->f, facilitator(lived->f), "WithdrawAct", command);
                say(history, answer.body != NULL ? "annulé" : "tenu", i, &answer);
                if (answer.body != NULL) {
                        lived->number[i] = 0;
                        lived->made[i] = NULL;
                        return;
                }
                const char *number = strstr(answer.refusal->text, "n° ");
                if (number == NULL)
                        fail_msg("%s: %s", method_of[act->kind], answer.refusal->text);
                size_t resting = act_numbered(history, lived, strtoull(number + strlen("n° "), NULL, 10));
                if (resting == history->count || resting == i)
                        fail_msg("%s: %s", method_of[act->kind], answer.refusal->text);
                take_back(history, lived, resting);
        }
}

static bool is_pending(const struct history *history, const struct lived *lived, size_t i)
{
        return history->acts[i].is_right && lived->number[i] == 0;
}

static size_t first_pending(const struct history *history, const struct lived *lived)
{
        size_t found = history->count;
        for (size_t i = 0; i < history->count; i++)
                if (is_pending(history, lived, i) &&
                    (found == history->count || history->acts[i].day < history->acts[found].day))
                        found = i;
        return found;
}

/* All that stands and is wrong; or, where `later_than` is a day, what is right and of a later one. */
static bool take_back_all(const struct history *history, struct lived *lived, int32_t later_than)
{
        bool any = false;
        for (size_t i = history->count; i-- > 0;) {
                bool goes = later_than == INT32_MIN ? history->acts[i].is_wrong : history->acts[i].day >= later_than;
                if (goes && lived->number[i] != 0) {
                        take_back(history, lived, i);
                        any = true;
                }
        }
        return any;
}

static void live_as_it_is(struct history *history, struct lived *lived)
{
        for (size_t tries = 0; tries < TRIES_MAX; tries++) {
                size_t i = dice(history, (uint32_t)history->count);
                const struct act *act = &history->acts[i];
                if (lived->number[i] == 0 && (act->is_wrong || act->is_right))
                        (void)enter(history, lived, i);
                else if (act->is_wrong && lived->number[i] != 0 && dice(history, 4) == 0)
                        take_back(history, lived, i); /* found out */
                if (tries > TRIES_MAX / 2 && dice(history, 20) == 0 && first_pending(history, lived) == history->count)
                        break;
        }
        (void)take_back_all(history, lived, INT32_MIN);
        for (size_t rounds = 0; first_pending(history, lived) != history->count; rounds++) {
                bool any = false;
                for (int32_t day = 0; day < 2 * YEAR_DAYS; day++)
                        for (size_t i = 0; i < history->count; i++)
                                if (history->acts[i].day == day && is_pending(history, lived, i))
                                        any = enter(history, lived, i) || any;
                if (any)
                        continue;
                size_t stuck = first_pending(history, lived);
                if (rounds > ACTS_MAX || !take_back_all(history, lived, history->acts[stuck].day - 60))
                        fail_msg("GUICHET_HISTORY=%llu: act %zu, %s, finds no way in",
                                 (unsigned long long)history->seed, stuck, method_of[history->acts[stuck].kind]);
        }
}

/* ---- compared */

static bool is_aside(const char *key, const json_t *value)
{
        static const char *const aside[] = {"noticeText", "textsVersion", "letter", "touched"};
        for (size_t i = 0; i < ARRAY_SIZE(aside); i++)
                if (strcmp(key, aside[i]) == 0)
                        return true;
        return strcmp(key, "number") == 0 && !json_is_object(value) && json_string_value(value) != NULL &&
               strspn(json_string_value(value), "0123456789") == strlen(json_string_value(value));
}

static int by_text(const void *a, const void *b)
{
        return strcmp(*(char *const *)a, *(char *const *)b);
}

static json_t *in_order(struct fixture *f, json_t *value);

static json_t *list_in_order(struct fixture *f, json_t *list)
{
        size_t count = json_array_size(list);
        char **texts = arena_zalloc(&f->arena, (count + 1) * sizeof(*texts));
        for (size_t i = 0; i < count; i++) {
                json_t *item = in_order(f, json_array_get(list, i));
                char *text = json_dumps(item, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
                texts[i] = arena_text(&f->arena, text);
                free(text);
                json_decref(item);
        }
        qsort(texts, count, sizeof(*texts), by_text);
        json_t *ordered = json_array();
        for (size_t i = 0; i < count; i++)
                json_array_append_new(ordered, json_string(texts[i]));
        return ordered;
}

/* The same whatever the order of entry: without what is aside, lists by what they hold. */
static json_t *in_order(struct fixture *f, json_t *value)
{
        if (json_is_array(value))
                return list_in_order(f, value);
        if (!json_is_object(value))
                return json_incref(value);
        json_t *object = json_object();
        const char *key;
        json_t *member;
        json_object_foreach (value, key, member)
                if (!is_aside(key, member))
                        json_object_set_new(object, key, in_order(f, member));
        return object;
}

static char *with_labels(const struct lived *lived, char *text)
{
        for (size_t i = 0; i < lived->thing_count; i++) {
                char id[ID_TEXT_SIZE];
                id_format(id_of(lived->things[i]), id);
                for (char *at = strstr(text, id); at != NULL; at = strstr(text, id))
                        text = arena_printf(&lived->f->arena, "%.*s%s%s", (int)(at - text), text, lived->labels[i],
                                            at + strlen(id));
        }
        return text;
}

struct lines {
        char **list;
        size_t count;
};

static void add_line(struct lines *lines, struct lived *lived, char *text)
{
        lines->list = pb_append(lines->list, &lines->count, sizeof(*lines->list), &lived->f->arena);
        lines->list[lines->count - 1] = with_labels(lived, text);
}

static void add_rows(struct lines *lines, struct lived *lived, struct txn *txn, const struct kept_row *kept)
{
        struct fixture *f = lived->f;
        struct scan scan = scan_prefix(txn, *kept->table, slice_of(NULL, 0));
        while (scan_next(&scan)) {
                const ProtobufCMessage *row = pb_decode(kept->type, scan.value, &f->arena);
                assert_non_null(row);
                json_t *json = json_of_message(row), *ordered = in_order(f, json);
                char *text = json_dumps(ordered, JSON_COMPACT | JSON_SORT_KEYS);
                add_line(lines, lived, arena_printf(&f->arena, "%s %s", kept->type->short_name, text));
                free(text);
                json_decref(ordered);
                json_decref(json);
        }
        scan_end(&scan);
}

static void add_accounts(struct lines *lines, struct lived *lived, struct txn *txn)
{
        Types__Id *const owing[] = {lived->lead, lived->member, lived->third, lived->members[0], lived->members[1]};
        for (size_t i = 0; i <= ARRAY_SIZE(owing); i++) {
                struct arena *arena = &lived->f->arena;
                struct ledger ledger = i == ARRAY_SIZE(owing) ? contracts_ledger_of_all(txn, arena)
                                                              : contracts_ledger(txn, arena, id_of(owing[i]));
                char *text = arena_printf(arena, "compte %zu", i);
                for (size_t k = 0; k < ACCOUNT_COUNT; k++)
                        text = arena_printf(arena, "%s %lld", text, (long long)hours_hundredths(ledger.balance[k]));
                add_line(lines, lived, text);
        }
}

static struct lines lines_of(struct lived *lived)
{
        struct lines lines = {0};
        struct txn *txn = txn_begin_read(engine_store(lived->f->engine), NULL);
        assert_non_null(txn);
        for (size_t i = 0; i < kept_rows_count; i++)
                add_rows(&lines, lived, txn, &kept_rows[i]);
        add_accounts(&lines, lived, txn);
        txn_end_read(txn);
        qsort(lines.list, lines.count, sizeof(*lines.list), by_text);
        return lines;
}

/* NULL: they are the same; else the first line of the one that the other has not. */
static const char *difference(const struct lines *a, const struct lines *b)
{
        for (size_t i = 0; i < a->count || i < b->count; i++) {
                if (i >= a->count || (i < b->count && strcmp(a->list[i], b->list[i]) > 0))
                        return b->list[i];
                if (i >= b->count || strcmp(a->list[i], b->list[i]) < 0)
                        return a->list[i];
        }
        return NULL;
}

struct compared {
        size_t acts, wrong, withdrawn;
};

static void live_both(uint64_t seed, bool is_told, struct compared *sums)
{
        struct history history;
        struct lived right, real;
        draw_history(&history, seed);
        history.is_told = is_told;
        begin(&right);
        live_rightly(&history, &right);
        if (is_told)
                print_message("---- comme il est vécu\n");
        begin(&real);
        live_as_it_is(&history, &real);
        struct lines should = lines_of(&right), is = lines_of(&real);
        const char *apart = difference(&should, &is);
        if (apart != NULL)
                fail_msg("GUICHET_HISTORY=%llu: %s", (unsigned long long)seed, apart);
        for (size_t i = 0; i < history.count; i++) {
                sums->acts += history.acts[i].is_right;
                sums->wrong += history.acts[i].is_wrong;
        }
        sums->withdrawn += engine_position(real.f->engine) > engine_position(right.f->engine);
        end(&right);
        end(&real);
}

static void test_only_right_acts_stand(void **state)
{
        const char *one = getenv("GUICHET_HISTORY"), *many = getenv("GUICHET_HISTORIES");
        size_t count = many == NULL ? HISTORIES : strtoul(many, NULL, 10);
        struct compared sums = {0};
        (void)state;
        if (one != NULL) {
                live_both(strtoull(one, NULL, 10), true, &sums);
                return;
        }
        for (uint64_t seed = 1; seed <= count; seed++) {
                live_both(seed, false, &sums);
                if (seed % 1000 == 0)
                        print_message("%llu histoires\n", (unsigned long long)seed);
        }
        print_message("%zu histoires, %zu actes justes, %zu faux ; %zu avec annulations\n", count, sums.acts,
                      sums.wrong, sums.withdrawn);
        assert_true(sums.withdrawn > count / 2); /* it is about withdrawals */
}

/* The comparison sees: one act more that is withdrawn, and the worlds differ. */
static void test_a_right_act_too_many_is_seen(void **state)
{
        struct history history;
        struct lived right, real;
        size_t seen = 0, tried = 0;
        (void)state;
        for (uint64_t seed = 1; tried < 10; seed++) {
                draw_history(&history, seed);
                begin(&right);
                begin(&real);
                live_rightly(&history, &right);
                live_rightly(&history, &real);
                size_t last = history.count;
                for (size_t i = 0; i < history.count; i++)
                        if (real.number[i] != 0)
                                last = i;
                if (last != history.count) {
                        take_back(&history, &real, last);
                        struct lines should = lines_of(&right), is = lines_of(&real);
                        tried++;
                        seen += difference(&should, &is) != NULL;
                }
                end(&right);
                end(&real);
        }
        assert_int_equal(seen, tried);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_only_right_acts_stand),
                cmocka_unit_test(test_a_right_act_too_many_is_seen),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
