/* lists.h: lists of persons in the scene: cells of a row are separated by '|'. */
#ifndef TESTS_UNIT_SERVICES_TRACKING_REFERRALS_LISTS_H
#define TESTS_UNIT_SERVICES_TRACKING_REFERRALS_LISTS_H

#include "tests/unit/services/sent_list.h"
#include "tests/unit/services/tracking/scene.h"

#define PERSONS_HEADER "Nom|Prénom|Né(e) le|Sexe|Téléphone|E-mail"

/* A list of the prescriber of the scene, whole. */
static inline Tracking__ImportBeneficiaries *persons_list(struct scene *s, const char *header)
{
        Tracking__ImportBeneficiaries *command = pb_new(&tracking__import_beneficiaries__descriptor, &s->f.arena);
        command->territory = arena_text(&s->f.arena, "31");
        command->list = sent_list(&s->f.arena, header, "personnes.csv");
        return command;
}

static inline const Types__ListReport *import_persons(struct scene *s, const Tracking__ImportBeneficiaries *command)
{
        const Tracking__ImportBeneficiariesReply *reply =
                fixture_get(&s->f, s->prescriber, "ImportBeneficiaries", command);
        s->f.world.now_ms_value++;
        return reply->report;
}

static inline const Types__ListReport *preview_persons(struct scene *s, const Wire__Passport *actor,
                                                       const Tracking__ImportBeneficiaries *command)
{
        Tracking__PreviewBeneficiaries query = TRACKING__PREVIEW_BENEFICIARIES__INIT;
        query.territory = command->territory;
        query.prescriber = command->prescriber;
        query.need_id = command->need_id;
        query.list = command->list;
        const Tracking__PreviewBeneficiariesReply *reply = fixture_get(&s->f, actor, "PreviewBeneficiaries", &query);
        return reply->report;
}

static inline Tracking__UndoBeneficiariesImport *undo_of(struct scene *s, Types__Id *batch)
{
        Tracking__UndoBeneficiariesImport *command =
                pb_new(&tracking__undo_beneficiaries_import__descriptor, &s->f.arena);
        command->batch_id = batch;
        command->reason = arena_text(&s->f.arena, "mauvais fichier");
        return command;
}

static inline size_t persons(struct scene *s)
{
        Tracking__BeneficiariesRequest query = TRACKING__BENEFICIARIES_REQUEST__INIT;
        const Tracking__BeneficiariesReply *reply = fixture_get(&s->f, s->facilitator, "Beneficiaries", &query);
        return reply->n_beneficiaries;
}

#endif
