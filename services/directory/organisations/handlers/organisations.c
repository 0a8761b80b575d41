/* Organisations: a page of the directory: of one kind, one territory, one SIRET, or all. Closed ones say so. */
#include <string.h>

#include "common/service/page.h"
#include "directory/calls.h"
#include "services/directory/organisations/organisations_rows.h"

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
