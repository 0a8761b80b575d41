/* organisations.c: organisations, put, closed and read. */
#include "directory/calls.h"

#include <string.h>

#include "common/service/page.h"
#include "directory/events.pb-c.h"
#include "services/directory/organisations/names_rows.h"
#include "services/directory/organisations/organisation.h"
#include "services/directory/organisations/organisations_rows.h"
#include "services/directory/organisations/putting.h"

/* PutOrganisation: keeps an organisation as its source tells it. Emits OrganisationPut, unless nothing differs: then
 * nothing is recorded. Refuses what organisation_check() refuses, and a facilitator outside of her territories. */
struct reply handle_put_organisation(struct work *work, const ProtobufCMessage *message)
{
        const Directory__PutOrganisation *command = (const Directory__PutOrganisation *)message;
        struct putting putting;
        struct refusal refusal;
        if (!putting_may_be_made(work, command->organisation, &putting, &refusal))
                return reply_refusal(work, &refusal);
        if (putting.outcome != DIRECTORY__PUT_OUTCOME__SAME)
                putting_record(work, &putting, NULL);

        Directory__PutOrganisationReply *reply = pb_new(&directory__put_organisation_reply__descriptor, work->arena);
        reply->organisation_id = id_to(work->arena, putting.id);
        reply->outcome = putting.outcome;
        return reply_ok(work, reply);
}

/* CloseOrganisation: says that an organisation no longer exists. It stays in the directory, as closed. Emits
 * OrganisationClosed. Refuses what organisation_check_close() refuses, and a facilitator outside of her territories. */
struct reply handle_close_organisation(struct work *work, const ProtobufCMessage *message)
{
        const Directory__CloseOrganisation *command = (const Directory__CloseOrganisation *)message;
        const Directory__OrganisationView *row =
                store_find_organisation(work->txn, id_of(command->organisation_id), work->arena);
        struct refusal refusal;
        if (!organisation_check_close(row, &refusal))
                return reply_refusal(work, &refusal);

        Directory__OrganisationClosed closed = DIRECTORY__ORGANISATION_CLOSED__INIT;
        closed.organisation_id = command->organisation_id;
        closed.closed_on = command->closed_on;
        closed.reason = command->reason;
        work_record(work, &closed.base);
        return reply_ok(work, pb_new(&directory__close_organisation_reply__descriptor, work->arena));
}

/* Organisations: a page of the directory: of one kind, one territory, one SIRET, or all. Closed ones say so. */
static bool matches(const struct organisation_filter *filter, const Directory__Organisation *o)
{
        return (filter->territory[0] == '\0' || strcmp(filter->territory, o->territory) == 0) &&
               (filter->kind == DIRECTORY__ORGANISATION_KIND__ORGANISATION_KIND_UNKNOWN || filter->kind == o->kind);
}

struct reply handle_organisations(struct work *work, const ProtobufCMessage *message)
{
        const Directory__OrganisationsRequest *query = (const Directory__OrganisationsRequest *)message;
        const struct organisation_filter filter = {query->siret, query->territory, query->kind};
        Directory__OrganisationsReply *reply = pb_new(&directory__organisations_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct walk walk;
        struct id id;

        store_walk_organisations(work->txn, &filter, page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                Directory__OrganisationView *row = store_find_organisation(work->txn, id, work->arena);
                if (row != NULL && matches(&filter, row->organisation))
                        page_add(&page, row);
        }
        return page_reply(&page);
}

/* FindOrganisations: those whose names or towns have the words that are asked, the best first. */
struct reply handle_find_organisations(struct work *work, const ProtobufCMessage *message)
{
        enum { SHOWN = 20 /* where the question does not say */, SHOWN_MAX = 50 };
        const Directory__FindOrganisations *query = (const Directory__FindOrganisations *)message;
        Directory__FindOrganisationsReply *reply =
                pb_new(&directory__find_organisations_reply__descriptor, work->arena);
        uint32_t limit = query->limit == 0 ? SHOWN : query->limit < SHOWN_MAX ? query->limit : SHOWN_MAX;
        struct names_wish wish = {query->words, query->territory, query->kind, limit};
        struct best best;
        names_find(work->txn, &wish, work->arena, &best);
        reply->organisations = arena_alloc(work->arena, (best.count + 1) * sizeof(*reply->organisations));
        for (size_t i = 0; i < best.count; i++) {
                Directory__OrganisationView *row =
                        store_find_organisation(work->txn, *(const struct id *)best.offers[i].thing, work->arena);
                if (row != NULL)
                        reply->organisations[reply->n_organisations++] = row;
        }
        reply->more = best.more;
        return reply_ok(work, reply);
}

/* OrganisationById: one organisation, open or closed. Refuses one that is not there. */
struct reply handle_organisation_by_id(struct work *work, const ProtobufCMessage *message)
{
        const Directory__OrganisationById *query = (const Directory__OrganisationById *)message;
        const Directory__OrganisationView *row =
                store_find_organisation(work->txn, id_of(query->organisation_id), work->arena);
        if (row == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__NOT_FOUND, "organisation_id",
                                    "Cette organisation n'est pas dans l'annuaire. Vérifiez son identifiant.");
        return reply_ok(work, row);
}

/* CountsByKind: how many organisations of each kind, open and closed, in one territory or in the whole region. */
struct reply handle_counts_by_kind(struct work *work, const ProtobufCMessage *message)
{
        const Directory__CountsByKindRequest *query = (const Directory__CountsByKindRequest *)message;
        Directory__CountsByKindReply *reply = pb_new(&directory__counts_by_kind_reply__descriptor, work->arena);
        store_count_by_kind(work->txn, query->territory, reply, work->arena);
        return reply_ok(work, reply);
}
