/* problem.h: a refusal as a problem of RFC 9457: what went wrong as an address, a title, the status, the detail with
 * its remedy, and two members of our own: `code` (types.RefusalCode) and `field` (absent where none is at fault).
 *     {"type":"/v1/problems/NOT_FOUND","title":"Introuvable","status":404,"detail":"…","code":"NOT_FOUND","field":"…"}
 * The address answers the title, and what to do about such a problem. */
#ifndef SERVICES_GATEWAY_FRONT_PROBLEM_H
#define SERVICES_GATEWAY_FRONT_PROBLEM_H

#include <jansson.h>

#include "types.pb-c.h"

#define PROBLEM_ADDRESS "/v1/problems/"

struct visit;

int problem_status(Types__RefusalCode code);                  /* that a problem of this code has by itself */
json_t *problem_json(int status, const Types__Refusal *told); /* a new reference */
/* GET /v1/problems/{code} */
void problem_explain(struct visit *visit);

#endif
