/* lists.h: lists of partners: cells of a row are separated by '|'. */
#ifndef TESTS_UNIT_SERVICES_DIRECTORY_LISTS_H
#define TESTS_UNIT_SERVICES_DIRECTORY_LISTS_H

#include "tests/unit/services/directory/fixture.h"
#include "tests/unit/services/sent_list.h"

#define PARTNERS_HEADER "Structure|SIRET|Type|Code postal|Ville|Téléphone|Référence"

/* Of the GEIQ's network, given in Toulouse, whole. */
static inline Directory__ImportOrganisations *partners_list(struct fixture *f, const char *header)
{
        Directory__ImportOrganisations *command = pb_new(&directory__import_organisations__descriptor, &f->arena);
        command->territory = arena_text(&f->arena, "31");
        command->source = arena_text(&f->arena, "réseau");
        command->list = sent_list(&f->arena, header, "partenaires.csv");
        return command;
}

/* "name|SIRET|kind|postcode|city|phone|reference" */
static inline void partners_row(struct fixture *f, Directory__ImportOrganisations *command, const char *cells)
{
        sent_row(&f->arena, command->list, cells);
}

static inline Wire__Passport *facilitator_of(struct fixture *f, const char *territory)
{
        return fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, territory);
}

static inline const Types__ListReport *import_partners(struct fixture *f, const Directory__ImportOrganisations *command)
{
        const Directory__ImportOrganisationsReply *reply =
                fixture_get(f, facilitator_of(f, "31"), "ImportOrganisations", command);
        f->world.now_ms_value++;
        return reply->report;
}

static inline const Types__ListReport *preview_partners(struct fixture *f,
                                                        const Directory__ImportOrganisations *command)
{
        Directory__PreviewOrganisations query = DIRECTORY__PREVIEW_ORGANISATIONS__INIT;
        query.territory = command->territory;
        query.source = command->source;
        query.kind = command->kind;
        query.list = command->list;
        const Directory__PreviewOrganisationsReply *reply =
                fixture_get(f, facilitator_of(f, "31"), "PreviewOrganisations", &query);
        return reply->report;
}

static inline Directory__UndoOrganisationsImport *undo_of(struct fixture *f, Types__Id *batch)
{
        Directory__UndoOrganisationsImport *command =
                pb_new(&directory__undo_organisations_import__descriptor, &f->arena);
        command->batch_id = batch;
        command->reason = arena_text(&f->arena, "mauvais fichier");
        return command;
}

/* The one of that SIRET; NULL: the directory has none. */
static inline const Directory__OrganisationView *found(struct fixture *f, const char *siret)
{
        const Directory__OrganisationsReply *reply = list(f, siret, "", KIND(ORGANISATION_KIND_UNKNOWN));
        return reply->n_organisations == 0 ? NULL : reply->organisations[0];
}

#endif
