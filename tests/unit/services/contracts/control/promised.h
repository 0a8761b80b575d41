/* promised.h: a contract that was awarded on an offer which promised more than hours, for the tests of the room. */
#ifndef TESTS_UNIT_SERVICES_CONTRACTS_CONTROL_PROMISED_H
#define TESTS_UNIT_SERVICES_CONTRACTS_CONTROL_PROMISED_H

#include "tests/unit/services/contracts/consultation/appraisal_fixture.h"
#include "tests/unit/services/contracts/corrections/withdrawing.h"

#define KIND(NAME)  CONTRACTS__PROMISE_KIND__##NAME##_PROMISE
#define STATE(NAME) CONTRACTS__PROMISE_STATE__PROMISE_##NAME

enum { TRAINING, TUTORING, OTHER, PROMISES };

struct won {
        Types__Id *contract, *obligation;
};

/* 900 h from 2 November 2026 to 1 November 2027; 40 h of training, a tutor, and words. */
static inline struct won won(struct fixture *f)
{
        struct won w = {.contract = an_appraisal(f)};
        Contracts__RecordOffer *offer = offer_on(f, w.contract);
        offer->offer->text = arena_text(&f->arena, "Un atelier ouvert chaque mois.");
        const Contracts__RecordOfferReply *recorded = fixture_get(f, anne(f), "RecordOffer", offer);
        const Contracts__AwardContractReply *reply =
                fixture_get(f, the_buyer(f), "AwardContract", award_of(f, w.contract, recorded->offer_id));
        w.obligation = reply->obligations[0]->obligation_id;
        Contracts__PutControlPlan command = CONTRACTS__PUT_CONTROL_PLAN__INIT;
        Contracts__ControlPlan plan = CONTRACTS__CONTROL_PLAN__INIT;
        command.clause_id = see_obligation(f, w.obligation)->clause_id;
        command.model = arena_text(&f->arena, "");
        command.plan = &plan;
        plan.starts_on = a_day(f, 2026, 11, 2);
        plan.ends_on = a_day(f, 2027, 11, 1);
        (void)fixture_get(f, coordinator(f), "PutControlPlan", &command);
        return w;
}

static inline void today_becomes(struct fixture *f, int year, int month, int day)
{
        f->world.now_ms_value =
                (int64_t)day_number(day_of_civil((struct civil){year, month, day})) * 86400000 + 43200000;
}

static inline Contracts__RecordPromise *done_of(struct fixture *f, Types__Id *obligation, Contracts__PromiseKind kind,
                                                int64_t hours)
{
        Contracts__RecordPromise *command = pb_new(&contracts__record_promise__descriptor, &f->arena);
        command->obligation_id = obligation;
        command->kind = kind;
        command->done_on = a_day(f, 2026, 12, 10);
        command->hours = hours == 0 ? NULL : whole_hours(f, hours);
        command->proof = arena_text(&f->arena, "Attestation 17");
        return command;
}

static inline Contracts__DatePromise *date_of(struct fixture *f, Types__Id *obligation, Contracts__PromiseKind kind,
                                              Types__Day *due, Types__Day *agreed)
{
        Contracts__DatePromise *command = pb_new(&contracts__date_promise__descriptor, &f->arena);
        command->obligation_id = obligation;
        command->kind = kind;
        command->due_on = due;
        command->agreed_on = agreed;
        command->reason = arena_text(&f->arena, "Convenu en réunion de lancement.");
        return command;
}

static inline const Contracts__ContractFactsReply *facts(struct fixture *f, const struct won *w)
{
        return see_facts(f, coordinator(f), w->contract);
}

static inline const Contracts__PromiseView *promise(struct fixture *f, const struct won *w, size_t which)
{
        const Contracts__ProgressView *progress = facts(f, w)->control[0]->progress;
        assert_int_equal(progress->n_promises, PROMISES);
        return progress->promises[which];
}

#endif
