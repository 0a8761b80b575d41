/* noted.h: contacts and actions as tests of the room record them. Include after scene.h. */
#ifndef TESTS_UNIT_SERVICES_TRACKING_FOLLOWUP_NOTED_H
#define TESTS_UNIT_SERVICES_TRACKING_FOLLOWUP_NOTED_H

#include "tests/unit/services/tracking/scene.h"

#define NOTED_TEXT       "demande à commencer plus tard le lundi, à cause du car"
#define NOTED_CORRECTION "c'était le mardi"

static inline Tracking__FollowUpContact *noted_contact(struct scene *s, int month, int day, const char *kind)
{
        Tracking__FollowUpContact *contact = pb_new(&tracking__follow_up_contact__descriptor, &s->f.arena);
        contact->happened_on = scene_date(s, 2026, month, day);
        contact->kind_code = arena_text(&s->f.arena, kind);
        contact->met_with = TRACKING__CONTACT_WITH__WITH_PERSON;
        contact->result_code = arena_text(&s->f.arena, "MET");
        contact->text = arena_text(&s->f.arena, NOTED_TEXT);
        return contact;
}

/* `placement` zero: of none. */
static inline Tracking__RecordContact *noted_recording(struct scene *s, struct id person, struct id placement,
                                                       Tracking__FollowUpContact *contact)
{
        Tracking__RecordContact *command = pb_new(&tracking__record_contact__descriptor, &s->f.arena);
        command->beneficiary_id = scene_id(s, person);
        command->placement_id = id_is_zero(placement) ? NULL : scene_id(s, placement);
        command->contact = contact;
        return command;
}

static inline struct id noted(struct scene *s, const Tracking__RecordContact *command)
{
        const Tracking__RecordContactReply *reply = fixture_get(&s->f, s->facilitator, "RecordContact", command);
        return id_of(reply->contact_id);
}

static inline const Tracking__FollowUpReply *noted_list(struct scene *s, struct id person)
{
        Tracking__FollowUp query = TRACKING__FOLLOW_UP__INIT;
        query.beneficiary_id = scene_id(s, person);
        return fixture_get(&s->f, s->facilitator, "FollowUp", &query);
}

static inline Tracking__CorrectContact *noted_correction(struct scene *s, struct id person, struct id contact,
                                                         Tracking__FollowUpContact *as)
{
        Tracking__CorrectContact *command = pb_new(&tracking__correct_contact__descriptor, &s->f.arena);
        const Tracking__FollowUpReply *list = noted_list(s, person);
        command->beneficiary_id = scene_id(s, person);
        command->contact_id = scene_id(s, contact);
        command->contact = as;
        command->correction = arena_text(&s->f.arena, NOTED_CORRECTION);
        for (size_t i = 0; i < list->n_contacts; i++)
                if (id_equal(id_of(list->contacts[i]->contact_id), contact))
                        command->seen = list->contacts[i]->version;
        return command;
}

static inline Tracking__OpenFollowUp *noted_reading(struct scene *s, struct id person)
{
        Tracking__OpenFollowUp *command = pb_new(&tracking__open_follow_up__descriptor, &s->f.arena);
        command->beneficiary_id = scene_id(s, person);
        command->reason = arena_text(&s->f.arena, "préparer le point du 12 avec l'entreprise");
        command->reason_code = arena_text(&s->f.arena, "PLACEMENT");
        return command;
}

static inline const Tracking__FollowUpNotes *noted_texts(struct scene *s, struct id person)
{
        return fixture_get(&s->f, s->facilitator, "OpenFollowUp", noted_reading(s, person));
}

static inline const Tracking__FollowUpDueReply *noted_due(struct scene *s, const Wire__Passport *actor, bool visits)
{
        Tracking__FollowUpDue query = TRACKING__FOLLOW_UP_DUE__INIT;
        query.visits = visits;
        return fixture_get(&s->f, actor, "FollowUpDue", &query);
}

#endif
