/* told_by_tracking.h: what tracking tells of who works, for the tests of what contracts keeps of it. Each event comes a
 * second after the one before, from a partition of its own where the test says so. */
#ifndef TESTS_UNIT_SERVICES_CONTRACTS_REACTIONS_TOLD_BY_TRACKING_H
#define TESTS_UNIT_SERVICES_CONTRACTS_REACTIONS_TOLD_BY_TRACKING_H

#include "tests/unit/services/contracts/fixture.h"

/* A log of tracking. */
struct teller {
        struct fixture *f;
        const char *instance;
        uint64_t number; /* of its last event */
};

/* `event` has its body. */
static inline void teller_tells(struct teller *t, Tracking__Event__BodyCase kind, Tracking__Event *event)
{
        event->body_case = kind;
        t->f->world.now_ms_value += 1000;
        assert_int_equal(engine_feed(t->f->engine, t->instance, ++t->number, &event->base), 0);
}

static inline Types__Id *told_id(struct teller *t, uint8_t number)
{
        return id_to(&t->f->arena, id_numbered(number));
}

static inline Types__Month *told_month(struct teller *t, int month)
{
        return month_to(&t->f->arena, month_of_day(day_of_civil((struct civil){2026, month, 1})));
}

/* A placement, and whose it is. */
struct told_placement {
        Types__Id *obligation;
        Types__Modality modality;
        uint8_t placement, person;
};

static inline void tell_placement(struct teller *t, struct told_placement told)
{
        Tracking__Event event = TRACKING__EVENT__INIT;
        Tracking__PlacementOpened body = TRACKING__PLACEMENT_OPENED__INIT;
        body.placement_id = told_id(t, told.placement);
        body.beneficiary_id = told_id(t, told.person);
        body.obligation_id = told.obligation;
        body.modality = told.modality;
        event.placement_opened = &body;
        teller_tells(t, TRACKING__EVENT__BODY_PLACEMENT_OPENED, &event);
}

static inline void tell_stated(struct teller *t, uint8_t placement, int month, int64_t hours, int64_t training)
{
        Tracking__Event event = TRACKING__EVENT__INIT;
        Tracking__HoursSubmitted body = TRACKING__HOURS_SUBMITTED__INIT;
        body.placement_id = told_id(t, placement);
        body.month = told_month(t, month);
        body.hours = whole_hours(t->f, hours);
        body.training = training == 0 ? NULL : whole_hours(t->f, training);
        event.hours_submitted = &body;
        teller_tells(t, TRACKING__EVENT__BODY_HOURS_SUBMITTED, &event);
}

static inline void tell_taken_back(struct teller *t, uint8_t placement, int month)
{
        Tracking__Event event = TRACKING__EVENT__INIT;
        Tracking__HoursTakenBack body = TRACKING__HOURS_TAKEN_BACK__INIT;
        body.placement_id = told_id(t, placement);
        body.month = told_month(t, month);
        event.hours_taken_back = &body;
        teller_tells(t, TRACKING__EVENT__BODY_HOURS_TAKEN_BACK, &event);
}

/* `replaced`: -1: it is the first time. */
static inline void tell_validated(struct teller *t, struct told_placement told, int month, int64_t hours,
                                  int64_t replaced)
{
        Tracking__Event event = TRACKING__EVENT__INIT;
        Tracking__HoursValidated body = TRACKING__HOURS_VALIDATED__INIT;
        body.placement_id = told_id(t, told.placement);
        body.beneficiary_id = told_id(t, told.person);
        body.obligation_id = told.obligation;
        body.modality = told.modality;
        body.month = told_month(t, month);
        body.hours = whole_hours(t->f, hours);
        body.replaced = replaced < 0 ? NULL : whole_hours(t->f, replaced);
        event.hours_validated = &body;
        teller_tells(t, TRACKING__EVENT__BODY_HOURS_VALIDATED, &event);
}

static inline void tell_contact(struct teller *t, uint8_t contact, uint8_t placement, Tracking__ContactWith with)
{
        Tracking__Event event = TRACKING__EVENT__INIT;
        Tracking__ContactRecorded body = TRACKING__CONTACT_RECORDED__INIT;
        body.contact_id = told_id(t, contact);
        body.placement_id = placement == 0 ? NULL : told_id(t, placement);
        body.met_with = with;
        body.breaks_silence = true;
        event.contact_recorded = &body;
        teller_tells(t, TRACKING__EVENT__BODY_CONTACT_RECORDED, &event);
}

static inline void tell_contact_corrected(struct teller *t, uint8_t contact, Tracking__ContactWith with, bool withdrawn)
{
        Tracking__Event event = TRACKING__EVENT__INIT;
        Tracking__ContactCorrected body = TRACKING__CONTACT_CORRECTED__INIT;
        body.contact_id = told_id(t, contact);
        body.met_with = with;
        body.breaks_silence = true;
        body.withdrawn = withdrawn;
        event.contact_corrected = &body;
        teller_tells(t, TRACKING__EVENT__BODY_CONTACT_CORRECTED, &event);
}

static inline void tell_same_person(struct teller *t, uint8_t person, uint8_t other, bool are_same)
{
        Tracking__Event event = TRACKING__EVENT__INIT;
        Tracking__PersonsMerged merged = TRACKING__PERSONS_MERGED__INIT;
        Tracking__PersonsUnmerged unmerged = TRACKING__PERSONS_UNMERGED__INIT;
        merged.beneficiary_id = unmerged.beneficiary_id = told_id(t, person);
        merged.into = unmerged.from = told_id(t, other);
        if (are_same)
                event.persons_merged = &merged;
        else
                event.persons_unmerged = &unmerged;
        teller_tells(t, are_same ? TRACKING__EVENT__BODY_PERSONS_MERGED : TRACKING__EVENT__BODY_PERSONS_UNMERGED,
                     &event);
}

#endif
