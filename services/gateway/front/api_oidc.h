/* api_oidc.h: signing in by an identity provider (oidc/oidc.h): to it, back from it, and what becomes of who comes. A
 * browser that fails is led to the page with one of a few words, and never with anything that a provider said. */
#ifndef SERVICES_GATEWAY_FRONT_API_OIDC_H
#define SERVICES_GATEWAY_FRONT_API_OIDC_H

struct visit;

void api_oidc_list(struct visit *visit);     /* GET /v1/oidc */
void api_oidc_start(struct visit *visit);    /* GET /v1/oidc/{provider}/start */
void api_oidc_bind(struct visit *visit);     /* POST /v1/oidc/{provider}/bind */
void api_oidc_callback(struct visit *visit); /* GET /v1/oidc/{provider}/callback */
void api_oidc_code(struct visit *visit);     /* POST /v1/oidc/code */

#endif
