/* fixture.h: links of accounts under test: made by a facilitator, held by a company. */
#ifndef TESTS_UNIT_SERVICES_ACCOUNTS_LINKS_FIXTURE_H
#define TESTS_UNIT_SERVICES_ACCOUNTS_LINKS_FIXTURE_H

#include "tests/unit/services/accounts/fixture.h"

#include "accounts/links.pb-c.h"

static const struct id link_organisation = {.b = {7}}, link_object = {.b = {8}};

static inline Wire__Passport *facilitator_of(struct fixture *f, const char *territories)
{
        return fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, territories);
}

static inline Wire__Passport *service_of(struct fixture *f)
{
        return fixture_actor(f, TYPES__ROLE__SERVICE, NULL, "*");
}

static inline Accounts__MakeLink *a_link(struct fixture *f)
{
        Accounts__MakeLink *make = pb_new(&accounts__make_link__descriptor, &f->arena);
        make->purpose = ACCOUNTS__LINK_PURPOSE__LINK_DECLARE_MONTH;
        make->role = TYPES__ROLE__COMPANY;
        make->organisation_id = id_to(&f->arena, link_organisation);
        make->object_id = id_to(&f->arena, link_object);
        make->month = month_to(&f->arena, month_of_number(680));
        make->territory = arena_text(&f->arena, "31");
        return make;
}

static inline const Accounts__LinkReply *make_link(struct fixture *f)
{
        return fixture_get(f, facilitator_of(f, "31"), "MakeLink", a_link(f));
}

/* Who holds it, as a gateway states. */
static inline Wire__Passport *holder_of(struct fixture *f, const Types__Id *link)
{
        Wire__Passport *actor = fixture_actor(f, TYPES__ROLE__COMPANY, &link_organisation, "31");
        actor->signer = arena_text(&f->arena, "gateway");
        actor->key = actor->account = id_to(&f->arena, id_of(link));
        return actor;
}

static inline const Accounts__LinkView *link_seen(struct fixture *f)
{
        Accounts__LinksRequest query = ACCOUNTS__LINKS_REQUEST__INIT;
        const Accounts__LinksReply *reply = fixture_get(f, facilitator_of(f, "31"), "Links", &query);
        assert_true(reply->n_links > 0);
        return reply->links[0];
}

#endif
