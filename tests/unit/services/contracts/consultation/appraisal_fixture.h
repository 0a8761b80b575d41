/* appraisal_fixture.h: a lot whose offers are due and appraised by two readers, anne and bruno: grid of two
 * sub-criteria (60 %, 40 %) on a scale of 20. The clause of the lot demands 833 h. Organisation 1 is "Peintures du
 * Lauragais". */
#ifndef TESTS_UNIT_SERVICES_CONTRACTS_CONSULTATION_APPRAISAL_FIXTURE_H
#define TESTS_UNIT_SERVICES_CONTRACTS_CONSULTATION_APPRAISAL_FIXTURE_H

#include "tests/unit/services/contracts/consultation/consultation_fixture.h"

#define SECRET_TUTORING "tutorat-secret"
#define SECOND_SIRET    "38012986646850"

static inline Wire__Passport *named(struct fixture *f, Wire__Passport *actor, const char *user)
{
        actor->user = arena_text(&f->arena, user);
        return actor;
}

static inline Types__Id *reader_of(struct fixture *f, const char *user)
{
        return id_to(&f->arena, passport_tool_account("", user));
}

static inline Wire__Passport *anne(struct fixture *f)
{
        return named(f, facilitator(f), "anne");
}

static inline Wire__Passport *bruno(struct fixture *f)
{
        return named(f, facilitator(f), "bruno");
}

static inline Types__Share *a_share(struct fixture *f, uint32_t percent)
{
        return share_to(&f->arena, share_of_millionths(percent * 10000));
}

static inline void add_criterion(struct fixture *f, Contracts__PutAppraisalGrid *command, const char *title,
                                 uint32_t percent)
{
        Contracts__SubCriterion *one = pb_new(&contracts__sub_criterion__descriptor, &f->arena);
        one->title = arena_text(&f->arena, title);
        one->weight = a_share(f, percent);
        command->criteria = pb_append(command->criteria, &command->n_criteria, sizeof(*command->criteria), &f->arena);
        command->criteria[command->n_criteria - 1] = one;
        one->number = (uint32_t)command->n_criteria;
}

static inline Contracts__PutAppraisalGrid *grid_of(struct fixture *f, Types__Id *contract)
{
        Contracts__PutAppraisalGrid *command = pb_new(&contracts__put_appraisal_grid__descriptor, &f->arena);
        command->contract_id = contract;
        command->lot = 1;
        add_criterion(f, command, "Volume d'heures", 60);
        add_criterion(f, command, "Accompagnement", 40);
        command->scale = 20;
        command->method = arena_text(&f->arena, "Lecture croisée du mémoire d'insertion");
        command->readers = arena_alloc(&f->arena, 2 * sizeof(*command->readers));
        command->readers[0] = reader_of(f, "anne");
        command->readers[1] = reader_of(f, "bruno");
        command->n_readers = 2;
        return command;
}

/* With its grid, on the day after the offers were due (2026-11-11). */
static inline Types__Id *an_appraisal(struct fixture *f)
{
        Types__Id *contract = a_consultation(f);
        (void)put_clause(f, clause_on(f, contract));
        (void)fixture_get(f, facilitator(f), "PutAppraisalGrid", grid_of(f, contract));
        f->world.now_ms_value += 24 * A_DAY_MS;
        return contract;
}

static inline Contracts__OfferMember *add_member(struct fixture *f, Contracts__Offer *offer, const char *siret,
                                                 const char *name)
{
        Contracts__OfferMember *member = pb_new(&contracts__offer_member__descriptor, &f->arena);
        member->siret = arena_text(&f->arena, siret);
        member->name = arena_text(&f->arena, name);
        offer->members = pb_append(offer->members, &offer->n_members, sizeof(*offer->members), &f->arena);
        offer->members[offer->n_members - 1] = member;
        return member;
}

static inline Contracts__RecordOffer *offer_on(struct fixture *f, Types__Id *contract)
{
        Contracts__RecordOffer *command = pb_new(&contracts__record_offer__descriptor, &f->arena);
        command->contract_id = contract;
        command->lot = 1;
        command->offer = pb_new(&contracts__offer__descriptor, &f->arena);
        add_member(f, command->offer, CONTRACTOR_SIRET, "Peintures du Lauragais")->organisation =
                id_to(&f->arena, id_numbered(1));
        command->offer->extra_hours = whole_hours(f, 67);
        command->offer->training_hours = whole_hours(f, 40);
        command->offer->tutoring = arena_text(&f->arena, SECRET_TUTORING);
        return command;
}

static inline Types__Id *an_offer(struct fixture *f, Types__Id *contract)
{
        const Contracts__RecordOfferReply *reply = fixture_get(f, anne(f), "RecordOffer", offer_on(f, contract));
        return reply->offer_id;
}

static inline Types__Id *another_offer(struct fixture *f, Types__Id *contract)
{
        Contracts__RecordOffer *command = offer_on(f, contract);
        command->offer->members[0]->siret = arena_text(&f->arena, SECOND_SIRET);
        command->offer->members[0]->name = arena_text(&f->arena, "Durand");
        command->offer->members[0]->organisation = NULL;
        const Contracts__RecordOfferReply *reply = fixture_get(f, anne(f), "RecordOffer", command);
        return reply->offer_id;
}

static inline Contracts__OfferMark *a_mark(struct fixture *f, uint32_t criterion, int64_t tenths)
{
        Contracts__OfferMark *mark = pb_new(&contracts__offer_mark__descriptor, &f->arena);
        mark->criterion = criterion;
        mark->mark = decimal_to(&f->arena, decimal_of_millionths(tenths * 100000));
        mark->reason = arena_text(&f->arena, "motif-secret");
        return mark;
}

/* Marks of both sub-criteria, in tenths. */
static inline Contracts__MarkOffer *marks_of(struct fixture *f, Types__Id *offer, int64_t first, int64_t second)
{
        Contracts__MarkOffer *command = pb_new(&contracts__mark_offer__descriptor, &f->arena);
        command->offer_id = offer;
        command->marks = arena_alloc(&f->arena, 2 * sizeof(*command->marks));
        command->marks[0] = a_mark(f, 1, first);
        command->marks[1] = a_mark(f, 2, second);
        command->n_marks = 2;
        return command;
}

static inline Contracts__AgreeMarks *agreement_of(struct fixture *f, Types__Id *offer)
{
        Contracts__AgreeMarks *command = pb_new(&contracts__agree_marks__descriptor, &f->arena);
        command->offer_id = offer;
        return command;
}

/* Both readers' marks, near each other, and agreed. */
static inline void appraise(struct fixture *f, Types__Id *offer, int64_t first, int64_t second)
{
        (void)fixture_get(f, anne(f), "MarkOffer", marks_of(f, offer, first, second));
        (void)fixture_get(f, bruno(f), "MarkOffer", marks_of(f, offer, first, second));
        (void)fixture_get(f, anne(f), "AgreeMarks", agreement_of(f, offer));
}

static inline const Contracts__AppraisalView *see_appraisal(struct fixture *f, const Wire__Passport *actor,
                                                            Types__Id *contract)
{
        Contracts__AppraisalRequest query = CONTRACTS__APPRAISAL_REQUEST__INIT;
        query.contract_id = contract;
        query.lot = 1;
        return fixture_get(f, actor, "Appraisal", &query);
}

static inline Contracts__AwardContract *award_of(struct fixture *f, Types__Id *contract, Types__Id *offer)
{
        Contracts__AwardContract *command = pb_new(&contracts__award_contract__descriptor, &f->arena);
        command->contract_id = contract;
        command->lot = 1;
        command->offer_id = offer;
        command->awarded_on = a_day(f, 2026, 11, 11);
        command->decision_reference = arena_text(&f->arena, "délibération 2026-118");
        return command;
}

#endif
