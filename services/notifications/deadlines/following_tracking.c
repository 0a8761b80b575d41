/* What tracking tells of persons, placements, hours and proposals, as far as somebody has to act by a day. */
#include "common/base/attr.h"
#include "common/base/days.h"
#include "common/base/local_time.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/notifications/deadlines/following.h"
#include "tracking/events.pb-c.h"

#define THING(NAME) NOTIFICATIONS__FOLLOWED_THING__THING_##NAME

enum { CONTACTS_MAX = 24, MONTHS_MAX = 240 };

/* --- persons ----------------------------------------------------------------------------------------------------- */

static Notifications__FollowedThing *person_row(struct taking *taking, const Types__Id *person)
{
        return taking_row(taking, id_of(person), THING(PERSON));
}

/* What is hers waits for nobody while her file is restricted, so it is planned anew with her. */
static void put_person(struct taking *taking, const Types__Id *person, Notifications__FollowedThing *row)
{
        taking_put(taking, id_of(person), row, NULL);
        taking_touch_all_of(taking, id_of(person));
}

static void take_referred(struct taking *taking, const void *message)
{
        const Tracking__BeneficiaryReferred *referred = message;
        Notifications__FollowedThing *row = person_row(taking, referred->beneficiary_id);
        struct day recorded = local_day(referred->territory, taking->event->at_ms);
        row->person->territory = referred->territory;
        row->person->prescriber = referred->prescriber;
        row->person->referred_on =
                referred->referred_on != NULL ? referred->referred_on : day_to(taking->arena, recorded);
        put_person(taking, referred->beneficiary_id, row);
}

static void take_decision_proposed(struct taking *taking, const void *message)
{
        const Tracking__EligibilityProposed *proposed = message;
        Notifications__FollowedThing *row = person_row(taking, proposed->beneficiary_id);
        row->person->territory = proposed->territory;
        row->person->decision_id = proposed->decision_id;
        row->person->proposed_on = proposed->decided_on;
        put_person(taking, proposed->beneficiary_id, row);
}

static void take_turned_down(struct taking *taking, const void *message)
{
        const Tracking__EligibilityTurnedDown *down = message;
        Notifications__FollowedThing *row = person_row(taking, down->beneficiary_id);
        row->person->decision_id = NULL;
        row->person->proposed_on = NULL;
        put_person(taking, down->beneficiary_id, row);
}

static void take_decided(struct taking *taking, const void *message)
{
        const Tracking__EligibilityDecided *decided = message;
        Notifications__FollowedThing *row = person_row(taking, decided->beneficiary_id);
        row->person->territory = decided->territory;
        row->person->prescriber = decided->prescriber;
        row->person->decided = true;
        row->person->valid_until = decided->eligible ? decided->valid_until : NULL;
        row->person->decision_id = NULL;
        row->person->proposed_on = NULL;
        put_person(taking, decided->beneficiary_id, row);
}

static void set_valid_until(struct taking *taking, const Types__Id *person, Types__Day *until)
{
        Notifications__FollowedThing *row = person_row(taking, person);
        row->person->valid_until = until;
        put_person(taking, person, row);
}

static void take_suspended(struct taking *taking, const void *message)
{
        const Tracking__EligibilitySuspended *suspended = message;
        set_valid_until(taking, suspended->beneficiary_id, suspended->valid_until);
}

static void take_resumed(struct taking *taking, const void *message)
{
        const Tracking__EligibilityResumed *resumed = message;
        set_valid_until(taking, resumed->beneficiary_id, resumed->valid_until);
}

static void take_struck(struct taking *taking, const void *message)
{
        const Tracking__EligibilityStruck *struck = message;
        set_valid_until(taking, struck->beneficiary_id, struck->valid_until);
}

static void take_restriction(struct taking *taking, const void *message)
{
        const Tracking__RestrictionChanged *changed = message;
        Notifications__FollowedThing *row = person_row(taking, changed->beneficiary_id);
        row->person->restricted = changed->restricted;
        put_person(taking, changed->beneficiary_id, row);
}

static void set_merged(struct taking *taking, const Types__Id *person, bool merged)
{
        Notifications__FollowedThing *row = person_row(taking, person);
        row->person->merged = merged;
        put_person(taking, person, row);
}

static void take_merged(struct taking *taking, const void *message)
{
        const Tracking__PersonsMerged *merged = message;
        set_merged(taking, merged->beneficiary_id, true);
}

static void take_unmerged(struct taking *taking, const void *message)
{
        const Tracking__PersonsUnmerged *unmerged = message;
        set_merged(taking, unmerged->beneficiary_id, false);
}

/* Of who is erased no copy stays. */
static void take_erased(struct taking *taking, const void *message)
{
        const Tracking__BeneficiaryErased *erased = message;
        struct id person = id_of(erased->beneficiary_id), thing;
        struct id *things = NULL;
        size_t count = 0;
        struct walk walk;
        followed_walk_of(taking->txn, person, &walk);
        while (walk_next(&walk, &thing)) {
                things = pb_append(things, &count, sizeof(thing), taking->arena);
                things[count - 1] = thing;
        }
        walk_end(&walk);
        for (size_t i = 0; i < count; i++)
                taking_gone(taking, things[i]);
        taking_gone(taking, person);
}

static void take_relocated(struct taking *taking, const void *message)
{
        const Tracking__BeneficiaryRelocated *relocated = message;
        Notifications__FollowedThing *row = person_row(taking, relocated->beneficiary_id);
        row->person->territory = relocated->to_territory;
        put_person(taking, relocated->beneficiary_id, row);
        taking_gone(taking, id_of(relocated->relocation_id));
}

static void take_relocation_proposed(struct taking *taking, const void *message)
{
        const Tracking__RelocationProposed *proposed = message;
        struct id parents[] = {id_of(proposed->beneficiary_id), {{0}}};
        Notifications__FollowedThing *row = taking_row(taking, id_of(proposed->relocation_id), THING(STEP));
        Notifications__FollowedStep *step = row->step;
        step->kind = NOTIFICATIONS__WAIT_KIND__WAIT_RELOCATION;
        step->thing_id = proposed->relocation_id;
        step->person_id = proposed->beneficiary_id;
        step->territory = proposed->to_territory;
        step->role = TYPES__ROLE__FACILITATOR;
        step->since = day_to(taking->arena, local_day(proposed->to_territory, taking->event->at_ms));
        step->until = proposed->answer_by;
        taking_put(taking, id_of(proposed->relocation_id), row, parents);
}

static void take_relocation_ended(struct taking *taking, const void *message)
{
        const Tracking__RelocationEnded *ended = message;
        taking_gone(taking, id_of(ended->relocation_id));
}

/* --- placements -------------------------------------------------------------------------------------------------- */

static Notifications__FollowedThing *placement_row(struct taking *taking, const Types__Id *placement)
{
        Notifications__FollowedThing *row = followed_find(taking->txn, id_of(placement), taking->arena);
        return row != NULL && row->thing_case == THING(PLACEMENT) ? row : NULL;
}

static void set_continued(struct taking *taking, const Types__Id *placement, bool continued)
{
        Notifications__FollowedThing *row = placement == NULL ? NULL : placement_row(taking, placement);
        if (row == NULL)
                return;
        row->placement->is_continued = continued;
        taking_put(taking, id_of(placement), row, NULL);
}

static void take_opened(struct taking *taking, const void *message)
{
        const Tracking__PlacementOpened *opened = message;
        struct id parents[] = {id_of(opened->beneficiary_id), {{0}}};
        Notifications__FollowedThing *row = taking_row(taking, id_of(opened->placement_id), THING(PLACEMENT));
        Notifications__FollowedPlacement *placement = row->placement;
        placement->beneficiary_id = opened->beneficiary_id;
        placement->territory = opened->territory;
        placement->modality = opened->modality;
        placement->employer = opened->employer;
        placement->employer_name = opened->employer_name;
        placement->host = opened->host_company;
        placement->starts_on = opened->starts_on;
        placement->ends_on = opened->ends_on;
        placement->is_private = opened->is_private;
        placement->lacks_tutor = opened->lacks_tutor;
        taking_put(taking, id_of(opened->placement_id), row, parents);
        set_continued(taking, opened->continues_placement_id, true);
        if (opened->proposal_id != NULL)
                taking_gone(taking, id_of(opened->proposal_id));
}

static void take_changed(struct taking *taking, const void *message)
{
        const Tracking__PlacementChanged *changed = message;
        Notifications__FollowedThing *row = placement_row(taking, changed->placement_id);
        if (row == NULL || changed->terms == NULL)
                return;
        if (changed->terms->starts_on != NULL)
                row->placement->starts_on = changed->terms->starts_on;
        row->placement->ends_on = changed->terms->ends_on;
        row->placement->lacks_tutor = row->placement->lacks_tutor && !changed->names_tutor;
        taking_put(taking, id_of(changed->placement_id), row, NULL);
}

static void take_linked(struct taking *taking, const void *message)
{
        const Tracking__PlacementLinked *linked = message;
        set_continued(taking, linked->was_placement_id, false);
        set_continued(taking, linked->continues_placement_id, true);
}

static void take_reclassified(struct taking *taking, const void *message)
{
        const Tracking__PlacementReclassified *reclassified = message;
        Notifications__FollowedThing *row = placement_row(taking, reclassified->placement_id);
        if (row == NULL)
                return;
        row->placement->is_private = reclassified->is_private;
        taking_put(taking, id_of(reclassified->placement_id), row, NULL);
}

/* --- ends and outcomes ------------------------------------------------------------------------------------------- */

static void answer(struct taking *taking, Notifications__FollowedPlacement *placement, Tracking__OutcomeMoment at)
{
        for (size_t i = 0; i < placement->n_answered; i++)
                if (placement->answered[i] == (uint32_t)at)
                        return;
        placement->answered = pb_append(placement->answered, &placement->n_answered, sizeof(uint32_t), taking->arena);
        placement->answered[placement->n_answered - 1] = (uint32_t)at;
}

static void tell_outcome(struct taking *taking, Notifications__FollowedPlacement *placement,
                         const Tracking__OutcomeAt *now)
{
        if (now == NULL || (now->outcome == TRACKING__OUTCOME__OUTCOME_UNKNOWN && !now->not_reached))
                return;
        if (now->at == TRACKING__OUTCOME_MOMENT__AT_EXIT)
                placement->has_withdrawn = now->outcome == TRACKING__OUTCOME__WITHDRAWN;
        answer(taking, placement, now->at);
}

static void take_ended(struct taking *taking, const void *message)
{
        const Tracking__PlacementEnded *ended = message;
        Notifications__FollowedThing *row = placement_row(taking, ended->placement_id);
        Tracking__OutcomeAt exit = TRACKING__OUTCOME_AT__INIT;
        if (row == NULL)
                return;
        exit.at = TRACKING__OUTCOME_MOMENT__AT_EXIT;
        exit.outcome = ended->outcome;
        row->placement->ended_on = ended->ended_on;
        row->placement->is_continued = ended->is_continued;
        row->placement->n_answered = 0;
        tell_outcome(taking, row->placement, &exit);
        taking_put(taking, id_of(ended->placement_id), row, NULL);
}

static void take_end_corrected(struct taking *taking, const void *message)
{
        const Tracking__PlacementEndCorrected *corrected = message;
        Notifications__FollowedThing *row = placement_row(taking, corrected->placement_id);
        if (row == NULL)
                return;
        row->placement->ended_on = corrected->ended_on;
        row->placement->is_continued = corrected->is_continued;
        row->placement->n_answered = 0;
        row->placement->has_withdrawn = false;
        tell_outcome(taking, row->placement, corrected->now);
        for (size_t i = 0; i < corrected->n_later; i++)
                tell_outcome(taking, row->placement, corrected->later[i]);
        taking_put(taking, id_of(corrected->placement_id), row, NULL);
}

static void take_reopened(struct taking *taking, const void *message)
{
        const Tracking__PlacementReopened *reopened = message;
        Notifications__FollowedThing *row = placement_row(taking, reopened->placement_id);
        if (row == NULL)
                return;
        row->placement->ended_on = NULL;
        row->placement->n_answered = 0;
        row->placement->has_withdrawn = false;
        taking_put(taking, id_of(reopened->placement_id), row, NULL);
}

static void take_outcome(struct taking *taking, const void *message)
{
        const Tracking__OutcomeRecorded *recorded = message;
        Notifications__FollowedThing *row = placement_row(taking, recorded->placement_id);
        if (row == NULL || recorded->goes_on)
                return;
        tell_outcome(taking, row->placement, recorded->now);
        taking_put(taking, id_of(recorded->placement_id), row, NULL);
}

/* --- contacts ---------------------------------------------------------------------------------------------------- */

static Notifications__FollowedContact *contact_of(Notifications__FollowedPlacement *placement, const Types__Id *id)
{
        for (size_t i = 0; i < placement->n_contacts; i++)
                if (id_equal(id_of(placement->contacts[i]->contact_id), id_of(id)))
                        return placement->contacts[i];
        return NULL;
}

static void hear(struct taking *taking, const Types__Id *placement_id, const Tracking__ContactRecorded *contact)
{
        Notifications__FollowedThing *row = placement_row(taking, placement_id);
        if (row == NULL)
                return;
        taking_touch(taking, id_of(placement_id));
        if (contact_of(row->placement, contact->contact_id) != NULL)
                return;
        Notifications__FollowedContact *heard = pb_new(&notifications__followed_contact__descriptor, taking->arena);
        Notifications__FollowedPlacement *placement = row->placement;
        heard->contact_id = contact->contact_id;
        heard->day = contact->happened_on;
        heard->counts = contact->breaks_silence;
        if (placement->n_contacts == CONTACTS_MAX) {
                placement->contacts++;
                placement->n_contacts--;
        }
        placement->contacts = pb_append(placement->contacts, &placement->n_contacts, sizeof(heard), taking->arena);
        placement->contacts[placement->n_contacts - 1] = heard;
        taking_put(taking, id_of(placement_id), row, NULL);
}

/* The placements of a person, in the arena, so that rows may be written. */
static struct id *placements_of(struct taking *taking, const Types__Id *person, size_t *ret_count)
{
        struct id *list = NULL, thing;
        struct walk walk;
        *ret_count = 0;
        followed_walk_of(taking->txn, id_of(person), &walk);
        while (walk_next(&walk, &thing)) {
                list = pb_append(list, ret_count, sizeof(thing), taking->arena);
                list[*ret_count - 1] = thing;
        }
        walk_end(&walk);
        return list;
}

/* Of no placement: of all that go on. */
static void take_contact(struct taking *taking, const void *message)
{
        const Tracking__ContactRecorded *contact = message;
        size_t count = 0;
        if (contact->placement_id != NULL) {
                hear(taking, contact->placement_id, contact);
                return;
        }
        const struct id *list = placements_of(taking, contact->beneficiary_id, &count);
        for (size_t i = 0; i < count; i++)
                hear(taking, id_to(taking->arena, list[i]), contact);
}

static void take_contact_corrected(struct taking *taking, const void *message)
{
        const Tracking__ContactCorrected *corrected = message;
        size_t count = 0;
        const struct id *list = placements_of(taking, corrected->beneficiary_id, &count);
        for (size_t i = 0; i < count; i++) {
                Notifications__FollowedThing *row = followed_find(taking->txn, list[i], taking->arena);
                if (row == NULL || row->thing_case != THING(PLACEMENT))
                        continue;
                Notifications__FollowedContact *heard = contact_of(row->placement, corrected->contact_id);
                if (heard == NULL)
                        continue;
                heard->day = corrected->happened_on;
                heard->counts = corrected->breaks_silence && !corrected->withdrawn;
                taking_put(taking, list[i], row, NULL);
        }
}

/* --- tutors ------------------------------------------------------------------------------------------------------ */

static void drop_tutor(Notifications__FollowedPlacement *placement, const Types__Id *naming)
{
        size_t kept = 0;
        for (size_t i = 0; i < placement->n_tutors; i++)
                if (!id_equal(id_of(placement->tutors[i]), id_of(naming)))
                        placement->tutors[kept++] = placement->tutors[i];
        placement->n_tutors = kept;
}

static void take_professional(struct taking *taking, const void *message)
{
        const Tracking__ProfessionalNamed *named = message;
        Notifications__FollowedThing *row = placement_row(taking, named->placement_id);
        if (row == NULL || named->professional != TRACKING__PROFESSIONAL__AS_TUTOR)
                return;
        Notifications__FollowedPlacement *placement = row->placement;
        drop_tutor(placement, named->naming_id);
        placement->tutors = pb_append(placement->tutors, &placement->n_tutors, sizeof(Types__Id *), taking->arena);
        placement->tutors[placement->n_tutors - 1] = named->naming_id;
        taking_put(taking, id_of(named->placement_id), row, NULL);
}

static void take_naming_withdrawn(struct taking *taking, const void *message)
{
        const Tracking__NamingWithdrawn *withdrawn = message;
        Notifications__FollowedThing *row = placement_row(taking, withdrawn->placement_id);
        if (row == NULL)
                return;
        drop_tutor(row->placement, withdrawn->naming_id);
        taking_put(taking, id_of(withdrawn->placement_id), row, NULL);
}

/* --- still at work? ---------------------------------------------------------------------------------------------- */

static Notifications__FollowedPresence *presence_of(Notifications__FollowedPlacement *placement, const Types__Id *id)
{
        for (size_t i = 0; i < placement->n_presences; i++)
                if (id_equal(id_of(placement->presences[i]->presence_id), id_of(id)))
                        return placement->presences[i];
        return NULL;
}

/* A contact too, where the rules say so. */
static void take_presence(struct taking *taking, const void *message)
{
        const Tracking__PresenceStated *stated = message;
        Tracking__ContactRecorded contact = TRACKING__CONTACT_RECORDED__INIT;
        contact.contact_id = stated->presence_id;
        contact.happened_on = stated->happened_on;
        contact.breaks_silence = stated->breaks_silence;
        hear(taking, stated->placement_id, &contact);
        Notifications__FollowedThing *row = placement_row(taking, stated->placement_id);
        if (row == NULL || presence_of(row->placement, stated->presence_id) != NULL)
                return;
        Notifications__FollowedPlacement *placement = row->placement;
        Notifications__FollowedPresence *one = pb_new(&notifications__followed_presence__descriptor, taking->arena);
        one->presence_id = stated->presence_id;
        one->day = stated->happened_on;
        one->act_by = stated->act_by;
        one->is_gone = stated->answer == TRACKING__PRESENCE__GONE;
        placement->presences = pb_append(placement->presences, &placement->n_presences, sizeof(one), taking->arena);
        placement->presences[placement->n_presences - 1] = one;
        taking_put(taking, id_of(stated->placement_id), row, NULL);
}

static void take_presence_withdrawn(struct taking *taking, const void *message)
{
        const Tracking__PresenceWithdrawn *withdrawn = message;
        Notifications__FollowedThing *row = placement_row(taking, withdrawn->placement_id);
        if (row == NULL)
                return;
        Notifications__FollowedPlacement *placement = row->placement;
        Notifications__FollowedContact *contact = contact_of(placement, withdrawn->presence_id);
        size_t kept = 0;
        if (contact != NULL)
                contact->counts = false;
        for (size_t i = 0; i < placement->n_presences; i++)
                if (!id_equal(id_of(placement->presences[i]->presence_id), id_of(withdrawn->presence_id)))
                        placement->presences[kept++] = placement->presences[i];
        placement->n_presences = kept;
        taking_put(taking, id_of(withdrawn->placement_id), row, NULL);
}

/* --- hours ------------------------------------------------------------------------------------------------------- */

static void set_month(struct taking *taking, const Types__Id *placement_id, const Types__Month *month,
                      Notifications__FollowedHours hours, Types__Day *on)
{
        Notifications__FollowedThing *row = placement_row(taking, placement_id);
        if (row == NULL || month == NULL)
                return;
        Notifications__FollowedPlacement *placement = row->placement;
        Notifications__FollowedMonth *held = NULL;
        for (size_t i = 0; i < placement->n_months && held == NULL; i++)
                if (placement->months[i]->month == month->months)
                        held = placement->months[i];
        if (held == NULL && placement->n_months < MONTHS_MAX) {
                held = pb_new(&notifications__followed_month__descriptor, taking->arena);
                held->month = month->months;
                placement->months = pb_append(placement->months, &placement->n_months, sizeof(held), taking->arena);
                placement->months[placement->n_months - 1] = held;
        }
        if (held == NULL)
                return;
        held->hours = hours;
        held->day = on != NULL ? on : day_to(taking->arena, local_day(placement->territory, taking->event->at_ms));
        taking_put(taking, id_of(placement_id), row, NULL);
}

static void take_hours(struct taking *taking, const void *message)
{
        const Tracking__HoursSubmitted *submitted = message;
        set_month(taking, submitted->placement_id, submitted->month,
                  submitted->stays_returned ? NOTIFICATIONS__FOLLOWED_HOURS__HOURS_SENT_BACK
                                            : NOTIFICATIONS__FOLLOWED_HOURS__HOURS_STATED,
                  submitted->stated_on);
}

static void take_hours_returned(struct taking *taking, const void *message)
{
        const Tracking__HoursReturned *returned = message;
        set_month(taking, returned->placement_id, returned->month, NOTIFICATIONS__FOLLOWED_HOURS__HOURS_SENT_BACK,
                  returned->returned_on);
}

static void take_hours_taken_back(struct taking *taking, const void *message)
{
        const Tracking__HoursTakenBack *taken = message;
        set_month(taking, taken->placement_id, taken->month, NOTIFICATIONS__FOLLOWED_HOURS__HOURS_ABSENT, NULL);
}

static void take_hours_validated(struct taking *taking, const void *message)
{
        const Tracking__HoursValidated *validated = message;
        set_month(taking, validated->placement_id, validated->month, NOTIFICATIONS__FOLLOWED_HOURS__HOURS_VALID,
                  validated->validated_on);
}

static void take_hours_doubted(struct taking *taking, const void *message)
{
        const Tracking__HoursSetToCheck *doubted = message;
        set_month(taking, doubted->placement_id, doubted->month, NOTIFICATIONS__FOLLOWED_HOURS__HOURS_DOUBTED, NULL);
}

/* --- proposals --------------------------------------------------------------------------------------------------- */

static Types__Role role_of(Tracking__ProposalActor actor)
{
        switch ((int)actor) {
        case TRACKING__PROPOSAL_ACTOR__FACILITATOR_ACTS: return TYPES__ROLE__FACILITATOR;
        case TRACKING__PROPOSAL_ACTOR__PRESCRIBER_ACTS: return TYPES__ROLE__PRESCRIBER;
        case TRACKING__PROPOSAL_ACTOR__COMPANY_ACTS: return TYPES__ROLE__COMPANY;
        case TRACKING__PROPOSAL_ACTOR__STRUCTURE_ACTS: return TYPES__ROLE__STRUCTURE;
        }
        return TYPES__ROLE__ROLE_NONE;
}

static Types__Id *organisation_of(const Notifications__FollowedStep *step)
{
        switch ((int)step->role) {
        case TYPES__ROLE__PRESCRIBER: return step->prescriber;
        case TYPES__ROLE__COMPANY: return step->company;
        case TYPES__ROLE__STRUCTURE: return step->structure;
        }
        return NULL;
}

/* What all events of a proposal have; absent companies stay as they were told. */
struct proposed {
        Types__Id *proposal_id, *beneficiary_id, *prescriber, *company, *structure;
        char *territory, *need_title;
        bool is_private;
        const Tracking__ProposalStep *step;
};

static void put_proposal(struct taking *taking, const struct proposed *proposed)
{
        struct id parents[] = {id_of(proposed->beneficiary_id), {{0}}};
        Notifications__FollowedThing *row = taking_row(taking, id_of(proposed->proposal_id), THING(STEP));
        Notifications__FollowedStep *step = row->step;
        if (proposed->step == NULL || proposed->step->next_actor == TRACKING__PROPOSAL_ACTOR__NOBODY_ACTS) {
                taking_gone(taking, id_of(proposed->proposal_id));
                return;
        }
        step->kind = NOTIFICATIONS__WAIT_KIND__WAIT_PROPOSAL;
        step->thing_id = proposed->proposal_id;
        step->person_id = proposed->beneficiary_id;
        step->territory = proposed->territory;
        step->label = proposed->need_title;
        step->is_private = proposed->is_private;
        step->prescriber = proposed->prescriber != NULL ? proposed->prescriber : step->prescriber;
        step->company = proposed->company != NULL ? proposed->company : step->company;
        step->structure = proposed->structure != NULL ? proposed->structure : step->structure;
        step->role = role_of(proposed->step->next_actor);
        step->organisation_id = organisation_of(step);
        step->since = proposed->step->happened_on;
        step->until = proposed->step->act_by;
        step->detail = proposed->step->state;
        taking_put(taking, id_of(proposed->proposal_id), row, parents);
}

#define PROPOSED(EVENT, PRESCRIBER, COMPANY, STRUCTURE)                                                                \
        (&(const struct proposed){(EVENT)->proposal_id, (EVENT)->beneficiary_id, PRESCRIBER, COMPANY, STRUCTURE,       \
                                  (EVENT)->territory, (EVENT)->need_title, (EVENT)->is_private, (EVENT)->step})

static void take_proposal_made(struct taking *taking, const void *message)
{
        const Tracking__ProposalMade *made = message;
        put_proposal(taking, PROPOSED(made, made->prescriber, NULL, NULL));
}

static void take_proposal_moved(struct taking *taking, const void *message)
{
        const Tracking__ProposalMoved *moved = message;
        put_proposal(taking, PROPOSED(moved, moved->prescriber, moved->company, moved->structure));
}

static void take_proposal_corrected(struct taking *taking, const void *message)
{
        const Tracking__ProposalCorrected *corrected = message;
        put_proposal(taking, PROPOSED(corrected, corrected->prescriber, NULL, NULL));
}

static void take_proposal_company(struct taking *taking, const void *message)
{
        const Tracking__ProposalCompanyChanged *changed = message;
        put_proposal(taking, PROPOSED(changed, NULL, changed->company, NULL));
}

/* --- the table --------------------------------------------------------------------------------------------------- */

static const struct followed_event rows[] = {
        {TRACKING__EVENT__BODY_BENEFICIARY_REFERRED, take_referred},
        {TRACKING__EVENT__BODY_ELIGIBILITY_PROPOSED, take_decision_proposed},
        {TRACKING__EVENT__BODY_ELIGIBILITY_TURNED_DOWN, take_turned_down},
        {TRACKING__EVENT__BODY_ELIGIBILITY_DECIDED, take_decided},
        {TRACKING__EVENT__BODY_ELIGIBILITY_SUSPENDED, take_suspended},
        {TRACKING__EVENT__BODY_ELIGIBILITY_RESUMED, take_resumed},
        {TRACKING__EVENT__BODY_ELIGIBILITY_STRUCK, take_struck},
        {TRACKING__EVENT__BODY_RESTRICTION_CHANGED, take_restriction},
        {TRACKING__EVENT__BODY_PERSONS_MERGED, take_merged},
        {TRACKING__EVENT__BODY_PERSONS_UNMERGED, take_unmerged},
        {TRACKING__EVENT__BODY_BENEFICIARY_ERASED, take_erased},
        {TRACKING__EVENT__BODY_RELOCATION_PROPOSED, take_relocation_proposed},
        {TRACKING__EVENT__BODY_RELOCATION_ENDED, take_relocation_ended},
        {TRACKING__EVENT__BODY_BENEFICIARY_RELOCATED, take_relocated},
        {TRACKING__EVENT__BODY_PLACEMENT_OPENED, take_opened},
        {TRACKING__EVENT__BODY_PLACEMENT_CHANGED, take_changed},
        {TRACKING__EVENT__BODY_PLACEMENT_LINKED, take_linked},
        {TRACKING__EVENT__BODY_PLACEMENT_RECLASSIFIED, take_reclassified},
        {TRACKING__EVENT__BODY_PLACEMENT_ENDED, take_ended},
        {TRACKING__EVENT__BODY_PLACEMENT_END_CORRECTED, take_end_corrected},
        {TRACKING__EVENT__BODY_PLACEMENT_REOPENED, take_reopened},
        {TRACKING__EVENT__BODY_OUTCOME_RECORDED, take_outcome},
        {TRACKING__EVENT__BODY_CONTACT_RECORDED, take_contact},
        {TRACKING__EVENT__BODY_CONTACT_CORRECTED, take_contact_corrected},
        {TRACKING__EVENT__BODY_PROFESSIONAL_NAMED, take_professional},
        {TRACKING__EVENT__BODY_NAMING_WITHDRAWN, take_naming_withdrawn},
        {TRACKING__EVENT__BODY_PRESENCE_STATED, take_presence},
        {TRACKING__EVENT__BODY_PRESENCE_WITHDRAWN, take_presence_withdrawn},
        {TRACKING__EVENT__BODY_HOURS_SUBMITTED, take_hours},
        {TRACKING__EVENT__BODY_HOURS_RETURNED, take_hours_returned},
        {TRACKING__EVENT__BODY_HOURS_TAKEN_BACK, take_hours_taken_back},
        {TRACKING__EVENT__BODY_HOURS_VALIDATED, take_hours_validated},
        {TRACKING__EVENT__BODY_HOURS_SET_TO_CHECK, take_hours_doubted},
        {TRACKING__EVENT__BODY_PROPOSAL_MADE, take_proposal_made},
        {TRACKING__EVENT__BODY_PROPOSAL_MOVED, take_proposal_moved},
        {TRACKING__EVENT__BODY_PROPOSAL_CORRECTED, take_proposal_corrected},
        {TRACKING__EVENT__BODY_PROPOSAL_COMPANY_CHANGED, take_proposal_company},
};

void following_tracking(struct taking *taking)
{
        const Tracking__Event *event = taking->event->body;
        taking_run(taking, rows, ARRAY_SIZE(rows), (uint32_t)event->body_case, event->beneficiary_referred);
}
