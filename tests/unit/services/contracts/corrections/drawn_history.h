/* drawn_history.h: histories of acts of all rooms, drawn from a seed: each with its real day. How each is entered:
 * drawn_acts.h. */
#ifndef TESTS_UNIT_SERVICES_CONTRACTS_CORRECTIONS_DRAWN_HISTORY_H
#define TESTS_UNIT_SERVICES_CONTRACTS_CORRECTIONS_DRAWN_HISTORY_H

#include "tests/unit/services/contracts/control/steps.h"

#include "common/base/siret.h"
#include "tests/unit/services/contracts/control/relief.h"
#include "tests/unit/services/contracts/obligations/told_parts.h"
#include "tests/unit/services/contracts/obligations/taking_over.h"

enum { ACTS_MAX = 26, THINGS_MAX = 64, PERIODS = 6, MEMBERS = 2, YEAR_DAYS = 290 };

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
        STOP,
        LEAVE,
        PROMISE,
        DATE,
        GO_ON,
        END,
        REFER,
        CLOSE_REFERRAL,
        CLOSE_NEED,
        DECLINE,
        RESUME_CONTRACT,
        PROPOSE_TRANSFER,
        AGREE_TRANSFER,
        PUT_PART,
        DECIDE_PART,
        OPEN_CONSULTATION,
        AWARD,
        TAKE_OVER,
        DECLARE_SUBCONTRACT,
        DECIDE_SUBCONTRACT,
        AMEND_SUBCONTRACT,
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
        [STOP] = "SuspendExecution",
        [LEAVE] = "LeaveGroup",
        [PROMISE] = "RecordPromise",
        [DATE] = "DatePromise",
        [GO_ON] = "ResumeExecution",
        [END] = "EndContract",
        [REFER] = "ReferMatter",
        [CLOSE_REFERRAL] = "CloseReferral",
        [CLOSE_NEED] = "CloseNeed",
        [DECLINE] = "DeclineContract",
        [RESUME_CONTRACT] = "ResumeContract",
        [PROPOSE_TRANSFER] = "ProposeTransfer",
        [AGREE_TRANSFER] = "AgreeTransfer",
        [PUT_PART] = "PutContractPart",
        [DECIDE_PART] = "DecideContractPart",
        [OPEN_CONSULTATION] = "OpenConsultation",
        [AWARD] = "AwardContract",
        [TAKE_OVER] = "TakeOverHours",
        [DECLARE_SUBCONTRACT] = "DeclareSubcontract",
        [DECIDE_SUBCONTRACT] = "DecideSubcontract",
        [AMEND_SUBCONTRACT] = "AmendSubcontract",
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
        Types__Id *promised, *promising; /* a contract whose offer promised more than hours, and who owes it */
        Types__Id *members[MEMBERS];
        Types__Id *made[ACTS_MAX];                   /* by each act */
        uint32_t part_a[ACTS_MAX], part_b[ACTS_MAX]; /* what was drawn for the part that each act told */
        uint64_t number[ACTS_MAX];                   /* of the event, while it stands */
        Types__Id *things[THINGS_MAX];
        char *labels[THINGS_MAX];
        size_t thing_count;
        uint32_t contracts;
};

static inline uint32_t dice(struct history *history, uint32_t sides)
{
        uint32_t value;
        history->random.random(&history->random, &value, sizeof(value));
        return value % sides;
}

/* ---- drawn */

static inline bool is_taken(const struct history *history, int32_t day)
{
        for (size_t i = 0; i < history->count; i++)
                if (history->acts[i].day == day)
                        return true;
        return false;
}

/* Each on a day of its own: of two papers of one day only whoever enters them knows the order. */
static inline struct act *draw(struct history *history, enum kind kind, int32_t day)
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
static inline void draw_about(struct history *history, enum kind kind, enum kind maker, int32_t day)
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
static inline void draw_ladder(struct history *history)
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

static inline void draw_history(struct history *history, uint64_t seed)
{
        *history = (struct history){.random = world_seeded(seed, FIXTURE_NOW_MS), .seed = seed};
        while (history->count < ACTS_MAX) {
                enum kind kind = (enum kind)dice(history, LOOSE + 3);
                int32_t day = (int32_t)dice(history, YEAR_DAYS);
                if (kind >= LOOSE)
                        draw_ladder(history);
                else if (kind == AGREE_TRANSFER)
                        draw_about(history, kind, PROPOSE_TRANSFER, (int32_t)dice(history, 20));
                else if (kind == DECIDE_PART)
                        draw_about(history, kind, PUT_PART, (int32_t)dice(history, 60));
                else if (kind == CLOSE_REFERRAL)
                        draw_about(history, kind, REFER, (int32_t)dice(history, 20));
                else if (kind == DECIDE_SUBCONTRACT || kind == AMEND_SUBCONTRACT)
                        draw_about(history, kind, DECLARE_SUBCONTRACT, (int32_t)dice(history, 60));
                else
                        (void)draw(history, kind, day);
        }
}

#endif
