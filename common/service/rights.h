/* rights.h: whose. Which thing each id of each request names, and which right to it the request needs: a table of rows
 * in each daemon (services/X/rights.c, in its service_spec), run by the engine before the handler, on the query's
 * snapshot or in the command's transaction.
 *
 *   not there, or not to be told to the one who acts   NOT_FOUND, in the very same words: nobody learns what exists
 *   may be read, not changed, and the row says change  NOT_ALLOWED
 *   may be changed by nobody for the time being        WRONG_STATE
 *
 * So the order of refusals is: first whose (here), then what and how (the handler). A daemon does not start while a
 * field of one of its requests that names a thing has no row: see rights_of_method(). */
#ifndef COMMON_SERVICE_RIGHTS_H
#define COMMON_SERVICE_RIGHTS_H

#include "common/service/work.h"

/* What a field of a request names: `id` of a types.Id, `text` of a text. */
struct named {
        const ProtobufCMessage *request; /* the whole of it: what an id means may depend on its neighbours */
        struct id id;
        const char *text;
};

/* How the one who acts stands to a thing. UNKNOWN: there is none, or she may not know. FROZEN: hers to change, were it
 * anybody's now. */
enum standing { STANDING_UNKNOWN, STANDING_READ, STANDING_FROZEN, STANDING_CHANGE };

/* A kind of thing that can be named. Both texts are French and say the remedy. `unknown` is said of what is not there
 * and of what may not be seen, so it must be true of both. */
struct named_thing {
        enum standing (*standing)(const struct work *work, const struct named *named);
        const char *unknown;
        const char *not_yours; /* NULL: what may be read may be changed */
        const char *frozen;    /* NULL: it never is */
};

enum right { RIGHT_NONE, RIGHT_READ, RIGHT_CHANGE };

/* A field that is empty or absent names nothing: whether it must be there is the handler's to say. Rows of one method
 * stand together, and are run in their order. */
struct right_row {
        const char *method;
        const char *field; /* "need.obligation_id", "winners.organisation": as in the proto file, elements like one */
        enum right right;
        const struct named_thing *thing; /* NULL: nothing to protect… */
        const char *because;             /* …and why */
};

struct rights {
        const struct right_row *rows;
        size_t count;
};

/* The rows of one method. ERR_CONFIG: one names a field that is not there; or a field that names a thing has no row: a
 * types.Id, or a text called siret, territory, territories or readers, or ending so. */
int rights_of_method(const struct rights *all, const char *method, const ProtobufCMessageDescriptor *input,
                     struct rights *ret, struct err_info *info) ATTR_MUST_CHECK;

/* Every row is of a method of the service, as the catalogue has it. 0 or ERR_CONFIG. */
int rights_name_methods(const struct rights *all, const char *service, struct err_info *info) ATTR_MUST_CHECK;

/* Runs the rows. False with *ret_refusal: the first that does not hold. */
bool rights_hold(const struct rights *rights, const struct work *work, const ProtobufCMessage *request,
                 struct refusal *ret_refusal) ATTR_MUST_CHECK;

#endif
