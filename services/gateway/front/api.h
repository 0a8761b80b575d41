/* api.h: /v1: a JSON request becomes a message to the daemon that it is for, its answer becomes JSON again. Generic
 * over the catalogue: there is nothing here about any one method. What may be asked is described from there too. */
#ifndef SERVICES_GATEWAY_FRONT_API_H
#define SERVICES_GATEWAY_FRONT_API_H

struct visit;

/* Who the token is: {"user":…,"role":…,"organisation":…,"territories":[…],"tokenEnds":…} */
void api_session(struct visit *visit);
/* What the account may ask for, as OpenAPI 3.1 (common/codec/description.h): all of it, or one method. */
void api_description(struct visit *visit);
/* The request in the address, or in the body: catalogue_takes_body() says which; the other is refused. */
void api_by_address(struct visit *visit);
void api_by_body(struct visit *visit);

#endif
