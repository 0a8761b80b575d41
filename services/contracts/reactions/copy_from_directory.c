#include "services/contracts/reactions/reactions.h"

#include "common/base/text.h"
#include "directory/events.pb-c.h"
#include "services/contracts/store/store.h"

void copy_from_directory(struct txn *txn, struct arena *arena, const struct event *event)
{
        const Directory__Event *body = event->body;

        (void)arena;
        /* A closed organisation keeps its SIRET here: its contracts stay its own to read. */
        if (body->body_case != DIRECTORY__EVENT__BODY_ORGANISATION_PUT || body->organisation_put->organisation == NULL)
                return;
        const char *siret = body->organisation_put->organisation->siret;
        bool has_one = text_is_digits(siret, SIRET_TEXT_SIZE - 1);
        contracts_organisation_put(txn, id_of(body->organisation_put->organisation_id), has_one ? siret : "");
}
