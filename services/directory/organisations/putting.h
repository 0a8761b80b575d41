/* putting.h: an organisation as somebody puts it: what PutOrganisation is asked, and each row of a list
 * (partners_list.h), by the same rules. Reads one row, records one event; all is in the work's arena. */
#ifndef SERVICES_DIRECTORY_ORGANISATIONS_PUTTING_H
#define SERVICES_DIRECTORY_ORGANISATIONS_PUTTING_H

#include "common/service/work.h"
#include "services/directory/organisations/organisation.h"

struct putting {
        struct id id;
        Directory__Organisation *organisation;
        const Directory__OrganisationView *before; /* NULL: it is new */
        Directory__PutOutcome outcome;
};

/* Security: a facilitator keeps the organisations of her own territories, and those of which none is known. */
bool organisation_may_touch(const Wire__Passport *actor, const Directory__Organisation *organisation);

/* False with *ret_refusal: it may not be kept so, or is not the actor's to keep. */
bool putting_may_be_made(const struct work *work, Directory__Organisation *organisation, struct putting *ret,
                         struct refusal *ret_refusal) ATTR_MUST_CHECK;
/* `batch` NULL: of no list. Where nothing differs there is nothing to record. */
void putting_record(struct work *work, const struct putting *putting, const Types__Id *batch);

#endif
