/* description.h: the interface of the network as data: every method of the catalogue with its request, field by field,
 * as OpenAPI 3.1 (JSON Schema 2020-12). Made from proto/, the field rules (labels, help, bounds, what must be there),
 * the lists of codes, the roles of the dispatch tables, the table of fields (access.h) and the refusals in handlers:
 * nothing of it is written by hand, and a method that is there is described. What the gateway answers besides stands in
 * it too (description_door.h). Served by the gateway, printed by `guichetctl describe`, read by the forms of the page
 * and by its reference; the page's client is generated from it. Where it is made for a role, fields that the role
 * neither reads nor gives are not in it.
 *
 * What OpenAPI has no word for stands in "x-guichet-…": roles and refusals (of a method: code, field, text), labels (of
 * an enum's values, French), codes (the list's name), least and most (of an amount, as its text), day (PAST: today at
 * the latest; NEAR: within ten years back, two ahead), bytes, told (of a text in somebody's own words: the roles that
 * will read it, which its description says too). */
#ifndef COMMON_CODEC_DESCRIPTION_H
#define COMMON_CODEC_DESCRIPTION_H

#include <jansson.h>
#include <stdint.h>

#include "common/base/day.h"
#include "common/codec/codes.h"

struct method_roles {
        const char *method; /* "contracts.PutClause" */
        uint32_t roles;     /* bits of types.Role */
};

/* Of all services, made by the build from their dispatch tables (scripts/roles.awk). For programs that link it. */
extern const struct method_roles method_roles[];
extern const size_t method_roles_count;

struct description {
        const struct method_roles *roles;
        size_t role_count;
        const struct method_refusal *refusals; /* method_refusals.h; NULL: none are told */
        size_t refusal_count;
        const struct code_lists *codes; /* NULL: lists are named, their codes are not */
        struct day today;               /* of the codes */
        uint32_t asker;                 /* bits of roles: only what one of them may ask is described. 0: all */
        const char *method;             /* only this one; NULL: all */
};

/* The OpenAPI document; a new reference. Methods of `runtime`, which are between machines, are not in it. A method that
 * is not there, or not for the asker: its "paths" are empty. */
json_t *description_make(const struct description *wanted);

#endif
