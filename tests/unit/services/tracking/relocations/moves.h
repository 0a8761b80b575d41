/* moves.h: persons of the scene who go from department 31 to 81, and who speaks for each of the two. Include after
 * cmocka.h. */
#ifndef TESTS_UNIT_SERVICES_TRACKING_RELOCATIONS_MOVES_H
#define TESTS_UNIT_SERVICES_TRACKING_RELOCATIONS_MOVES_H

#include "tests/unit/services/tracking/scene.h"

#define MOVED(NAME) TRACKING__RELOCATION_STATE__RELOCATION_##NAME

static inline Wire__Passport *move_of(struct scene *s, const char *territory)
{
        return fixture_actor(&s->f, TYPES__ROLE__FACILITATOR, NULL, territory);
}

static inline Tracking__ProposeRelocation *move_proposal(struct scene *s, struct id person)
{
        Tracking__ProposeRelocation *command = pb_new(&tracking__propose_relocation__descriptor, &s->f.arena);
        command->beneficiary_id = scene_id(s, person);
        command->territory = arena_text(&s->f.arena, "81");
        command->moved_on = scene_date(s, 2026, 9, 1);
        command->agreed_on = scene_date(s, 2026, 10, 12);
        return command;
}

static inline struct id move_proposed(struct scene *s, struct id person)
{
        const Tracking__ProposeRelocationReply *reply =
                fixture_get(&s->f, move_of(s, "31"), "ProposeRelocation", move_proposal(s, person));
        return id_of(reply->relocation_id);
}

static inline Tracking__AcceptRelocation *move_taking(struct scene *s, struct id relocation)
{
        Tracking__AcceptRelocation *command = pb_new(&tracking__accept_relocation__descriptor, &s->f.arena);
        command->relocation_id = scene_id(s, relocation);
        return command;
}

static inline Tracking__DeclineRelocation *move_declining(struct scene *s, struct id relocation)
{
        Tracking__DeclineRelocation *command = pb_new(&tracking__decline_relocation__descriptor, &s->f.arena);
        command->relocation_id = scene_id(s, relocation);
        command->decline_code = arena_text(&s->f.arena, "NOT_HERE");
        return command;
}

static inline Tracking__WithdrawRelocation *move_withdrawal(struct scene *s, struct id relocation)
{
        Tracking__WithdrawRelocation *command = pb_new(&tracking__withdraw_relocation__descriptor, &s->f.arena);
        command->relocation_id = scene_id(s, relocation);
        return command;
}

static inline const Tracking__RelocationsReply *moves(struct scene *s, const Wire__Passport *actor, bool waiting_only)
{
        Tracking__Relocations query = TRACKING__RELOCATIONS__INIT;
        query.waiting_only = waiting_only;
        return fixture_get(&s->f, actor, "Relocations", &query);
}

static inline const Tracking__BeneficiariesReply *move_persons(struct scene *s, const char *territory)
{
        Tracking__BeneficiariesRequest query = TRACKING__BENEFICIARIES_REQUEST__INIT;
        query.territory = arena_text(&s->f.arena, territory);
        return fixture_get(&s->f, s->facilitator, "Beneficiaries", &query);
}

#endif
