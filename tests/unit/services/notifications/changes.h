/* changes.h: what contracts tells when somebody changes what others had decided on, and the boxes of their accounts. */
#ifndef TESTS_UNIT_SERVICES_NOTIFICATIONS_CHANGES_H
#define TESTS_UNIT_SERVICES_NOTIFICATIONS_CHANGES_H

#include "tests/unit/services/notifications/fixture.h"

#include "directory/events.pb-c.h"

enum { FIRST = 11, SECOND, CHANGER, STRANGER, COMPANY, BUYER, CONTRACT = 150 };
#define BUYER_SIRET "21310555400017"

static inline Wire__Passport *with_account(struct fixture *f, Wire__Passport *actor, uint8_t account)
{
        actor->account = id_to(&f->arena, organisation(account));
        return actor;
}

/* A facilitator of the Haute-Garonne. */
static inline Wire__Passport *of_account(struct fixture *f, uint8_t account)
{
        return with_account(f, facilitator(f, "31"), account);
}

/* The clause of a public contract in the Haute-Garonne. */
static inline Types__ChangedByAnother a_change(struct fixture *f)
{
        Types__ChangedByAnother change = TYPES__CHANGED_BY_ANOTHER__INIT;
        change.n_accounts = 2;
        change.accounts = arena_alloc(&f->arena, 2 * sizeof(Types__Id *));
        change.accounts[0] = id_to(&f->arena, organisation(FIRST));
        change.accounts[1] = id_to(&f->arena, organisation(SECOND));
        change.thing = arena_text(&f->arena, "la clause du lot 1, contrat « 2026-17 »");
        change.before = arena_text(&f->arena, "Clause posée sur le lot 1 : 200 h.");
        change.after = arena_text(&f->arena, "Clause posée sur le lot 1 : 10 h.");
        change.reason = arena_text(&f->arena, "erreur de calcul");
        change.n_territories = 1;
        change.territories = arena_alloc(&f->arena, sizeof(char *));
        change.territories[0] = arena_text(&f->arena, "31");
        change.about_contract = id_to(&f->arena, organisation(CONTRACT));
        change.n_buyer_sirets = 1;
        change.buyer_sirets = arena_alloc(&f->arena, sizeof(char *));
        change.buyer_sirets[0] = arena_text(&f->arena, BUYER_SIRET);
        return change;
}

static inline void tell_of(struct fixture *f, Types__ChangedByAnother *change)
{
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        event.body_case = CONTRACTS__EVENT__BODY_CHANGED_BY_ANOTHER;
        event.changed_by_another = change;
        f->world.now_ms_value++;
        feed_contracts(f, &event);
}

/* The contract's kind, set right, with its territory where it is private. */
static inline void set_kind(struct fixture *f, Contracts__ContractKind kind, const char *territory)
{
        Contracts__ContractRecord record = CONTRACTS__CONTRACT_RECORD__INIT;
        Contracts__ContractOpened opened = CONTRACTS__CONTRACT_OPENED__INIT;
        char *one = arena_text(&f->arena, territory);
        record.kind = kind;
        opened.contract_id = id_to(&f->arena, organisation(CONTRACT));
        opened.record = &record;
        opened.territories = &one;
        opened.n_territories = 1;
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        event.body_case = CONTRACTS__EVENT__BODY_CONTRACT_OPENED;
        event.contract_opened = &opened;
        feed_contracts(f, &event);
}

/* The directory tells of an organisation. */
static inline void directory_puts(struct fixture *f, uint8_t n, const char *name, const char *siret)
{
        Directory__Organisation content = DIRECTORY__ORGANISATION__INIT;
        Directory__OrganisationPut put = DIRECTORY__ORGANISATION_PUT__INIT;
        content.name = arena_text(&f->arena, name);
        content.siret = arena_text(&f->arena, siret);
        put.organisation_id = id_to(&f->arena, organisation(n));
        put.organisation = &content;
        Directory__Event event = DIRECTORY__EVENT__INIT;
        event.body_case = DIRECTORY__EVENT__BODY_ORGANISATION_PUT;
        event.organisation_put = &put;
        assert_int_equal(engine_feed(f->engine, "directory-1", engine_source_position(f->engine, "directory-1") + 1,
                                     &event.base),
                         0);
}

/* An import that had added the organisation was undone. */
static inline void directory_takes_back(struct fixture *f, uint8_t n)
{
        Directory__OrganisationTakenBack taken_back = DIRECTORY__ORGANISATION_TAKEN_BACK__INIT;
        taken_back.organisation_id = id_to(&f->arena, organisation(n));
        Directory__Event event = DIRECTORY__EVENT__INIT;
        event.body_case = DIRECTORY__EVENT__BODY_ORGANISATION_TAKEN_BACK;
        event.organisation_taken_back = &taken_back;
        assert_int_equal(engine_feed(f->engine, "directory-1", engine_source_position(f->engine, "directory-1") + 1,
                                     &event.base),
                         0);
}

static inline const Notifications__InboxReply *own(struct fixture *f, const Wire__Passport *actor, bool unread_only)
{
        Notifications__OwnNoticesRequest query = NOTIFICATIONS__OWN_NOTICES_REQUEST__INIT;
        query.unread_only = unread_only;
        return fixture_get(f, actor, "OwnNotices", &query);
}

static inline void mark(struct fixture *f, const Wire__Passport *actor, Types__Id *notice)
{
        Notifications__MarkNoticeRead command = NOTIFICATIONS__MARK_NOTICE_READ__INIT;
        command.notice_id = notice;
        (void)fixture_get(f, actor, "MarkNoticeRead", &command);
}

#endif
