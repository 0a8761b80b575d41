/* doubles.h: persons in the scene by name and birth, and what is asked of two who may be one. */
#ifndef TESTS_UNIT_SERVICES_TRACKING_PERSONS_DOUBLES_H
#define TESTS_UNIT_SERVICES_TRACKING_PERSONS_DOUBLES_H

#include "tests/unit/services/tracking/scene.h"

static inline Tracking__Identity *named(struct scene *s, const char *family, const char *given, struct day born)
{
        Tracking__Identity *identity = pb_new(&tracking__identity__descriptor, &s->f.arena);
        identity->family_name = arena_text(&s->f.arena, family);
        identity->given_name = arena_text(&s->f.arena, given);
        identity->born_on = day_to(&s->f.arena, born);
        return identity;
}

static inline const Tracking__ReferBeneficiaryReply *refer_as(struct scene *s, const Wire__Passport *actor,
                                                              Tracking__Identity *identity, const char *territory)
{
        Tracking__ReferBeneficiary *command = scene_referral(s);
        command->identity = identity;
        command->territory = arena_text(&s->f.arena, territory);
        const Tracking__ReferBeneficiaryReply *reply = fixture_get(&s->f, actor, "ReferBeneficiary", command);
        s->f.world.now_ms_value++;
        return reply;
}

static inline struct id referred(struct scene *s, const char *family, const char *given, const char *territory)
{
        return id_of(refer_as(s, s->facilitator, named(s, family, given, scene_day(1990, 5, 17)), territory)
                             ->beneficiary_id);
}

static inline const Tracking__ProbableDoublesReply *doubles(struct scene *s, const Wire__Passport *actor,
                                                            const char *territory)
{
        Tracking__ProbableDoubles query = TRACKING__PROBABLE_DOUBLES__INIT;
        query.territory = arena_text(&s->f.arena, territory);
        return fixture_get(&s->f, actor, "ProbableDoubles", &query);
}

static inline Tracking__MergePersons *merging(struct scene *s, struct id id, struct id other)
{
        Tracking__MergePersons *command = pb_new(&tracking__merge_persons__descriptor, &s->f.arena);
        command->beneficiary_id = scene_id(s, id);
        command->other_id = scene_id(s, other);
        command->reason = arena_text(&s->f.arena, "même pièce d'identité, vue à l'accueil");
        return command;
}

static inline Tracking__UnmergePersons *unmerging(struct scene *s, struct id id)
{
        Tracking__UnmergePersons *command = pb_new(&tracking__unmerge_persons__descriptor, &s->f.arena);
        command->beneficiary_id = scene_id(s, id);
        command->reason = arena_text(&s->f.arena, "deux sœurs jumelles, après tout");
        return command;
}

static inline const Tracking__BeneficiaryFile *opened_file(struct scene *s, struct id id)
{
        Tracking__OpenBeneficiaryFile command = TRACKING__OPEN_BENEFICIARY_FILE__INIT;
        command.beneficiary_id = scene_id(s, id);
        command.reason = arena_text(&s->f.arena, "relecture du dossier complet");
        command.reason_code = arena_text(&s->f.arena, "PLACEMENT");
        return fixture_get(&s->f, s->facilitator, "OpenBeneficiaryFile", &command);
}

static inline void erased(struct scene *s, struct id id)
{
        Tracking__ErasePerson command = TRACKING__ERASE_PERSON__INIT;
        command.beneficiary_id = scene_id(s, id);
        command.erasure_code = arena_text(&s->f.arena, "PERSON_ASKED");
        (void)fixture_get(&s->f, s->facilitator, "ErasePerson", &command);
}

#endif
