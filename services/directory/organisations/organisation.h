/* organisation.h: the rules of an organisation of the directory. Pure: no store, no clock. Called by the handlers.
 *
 * An organisation is ONE trade of one establishment: its key is (SIRET, kind), since one establishment may carry two
 * trades (a workshop and a temporary-work agency); where the source knows no SIRET, (source, source_id, kind). The id
 * is derived from that key, so importing the same file into an empty store gives the same ids. */
#ifndef SERVICES_DIRECTORY_ORGANISATIONS_ORGANISATION_H
#define SERVICES_DIRECTORY_ORGANISATIONS_ORGANISATION_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/base/day.h"
#include "common/base/id.h"
#include "common/codec/refusal.h"
#include "directory/commands.pb-c.h"
#include "directory/queries.pb-c.h"

/* May this be kept? A SIRET that fails its checksum may: the register itself holds some, and says so in `warnings`. */
bool organisation_check(const Directory__Organisation *organisation, struct refusal *ret);

/* Of an organisation that passed the check. */
struct id organisation_id(const Directory__Organisation *organisation, struct arena *arena);

/* ADDED where `stored` is NULL; SAME where nothing differs, and then nothing is to be recorded. */
Directory__PutOutcome organisation_put_outcome(const Directory__Organisation *stored,
                                               const Directory__Organisation *given, struct arena *arena);

/* May it be closed? `row` may be NULL: not there. */
bool organisation_check_close(const Directory__OrganisationView *row, struct refusal *ret);

#endif
