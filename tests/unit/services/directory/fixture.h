/* fixture.h: a directory under test, and organisations to put in it. */
#ifndef TESTS_UNIT_SERVICES_DIRECTORY_FIXTURE_H
#define TESTS_UNIT_SERVICES_DIRECTORY_FIXTURE_H

#include "common/base/siret.h"
#include "tests/lib/engine_fixture.h"

#include "directory/commands.pb-c.h"
#include "directory/events.pb-c.h"
#include "directory/queries.pb-c.h"
#include "services/directory/dispatch.h"

#define KIND(name) DIRECTORY__ORGANISATION_KIND__##name

static inline int setup(void **state)
{
        return fixture_open(state, &directory_spec, NULL);
}

static inline Wire__Passport *operator_of(struct fixture *f)
{
        return fixture_actor(f, TYPES__ROLE__OPERATOR, NULL, "*");
}

static inline const char *siret_numbered(struct fixture *f, unsigned number)
{
        char siret[SIRET_DIGITS + 1];
        siret_make(number, 1, siret);
        return arena_text(&f->arena, siret);
}

/* A structure of Toulouse; change what the test is about. */
static inline Directory__Organisation *structure(struct fixture *f, const char *siret, Directory__OrganisationKind kind)
{
        Directory__Organisation *o = pb_new(&directory__organisation__descriptor, &f->arena);
        o->siret = arena_text(&f->arena, siret);
        o->kind = kind;
        o->name = arena_text(&f->arena, "Les Jardins du Midi");
        o->territory = arena_text(&f->arena, "31");
        o->source = arena_text(&f->arena, "lemarche");
        o->source_id = arena_text(&f->arena, "12");
        return o;
}

static inline struct engine_answer try_put(struct fixture *f, const Wire__Passport *actor, Directory__Organisation *o)
{
        Directory__PutOrganisation command = DIRECTORY__PUT_ORGANISATION__INIT;
        command.organisation = o;
        return fixture_ask(f, actor, "PutOrganisation", &command);
}

static inline const Directory__PutOrganisationReply *put(struct fixture *f, Directory__Organisation *o)
{
        Directory__PutOrganisation command = DIRECTORY__PUT_ORGANISATION__INIT;
        command.organisation = o;
        return fixture_get(f, operator_of(f), "PutOrganisation", &command);
}

static inline void close_organisation(struct fixture *f, Types__Id *id)
{
        Directory__CloseOrganisation command = DIRECTORY__CLOSE_ORGANISATION__INIT;
        command.organisation_id = id;
        command.closed_on = day_to(&f->arena, day_of_civil((struct civil){2026, 9, 30}));
        (void)fixture_get(f, operator_of(f), "CloseOrganisation", &command);
}

static inline const Directory__OrganisationsReply *list(struct fixture *f, const char *siret, const char *territory,
                                                        Directory__OrganisationKind kind)
{
        Directory__OrganisationsRequest query = DIRECTORY__ORGANISATIONS_REQUEST__INIT;
        query.siret = arena_text(&f->arena, siret);
        query.territory = arena_text(&f->arena, territory);
        query.kind = kind;
        return fixture_get(f, operator_of(f), "Organisations", &query);
}

static inline const Directory__CountsByKindReply *counts(struct fixture *f, const char *territory)
{
        Directory__CountsByKindRequest query = DIRECTORY__COUNTS_BY_KIND_REQUEST__INIT;
        query.territory = arena_text(&f->arena, territory);
        return fixture_get(f, operator_of(f), "CountsByKind", &query);
}

#endif
