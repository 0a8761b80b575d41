/* api_demo.h: one click to come in as each role of an invented region, by the setting `demo_sign_ins`, for browsers
 * of the gateway's own machine. No secret stands in an address: a page of our own asks, and gets a cookie.
 *
 *   GET  /v1/demo         {"roles": ["FACILITATOR", …]}; none from elsewhere, without the setting, or where there is no
 *                         region yet
 *   POST /v1/demo/{role}  204 with the cookie; 404 where there is none */
#ifndef SERVICES_GATEWAY_FRONT_API_DEMO_H
#define SERVICES_GATEWAY_FRONT_API_DEMO_H

struct visit;

void api_demo_roles(struct visit *visit);
void api_demo_enter(struct visit *visit);

#endif
