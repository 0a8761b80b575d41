/* api_sign_in.h: the way in by name and password: what is asked, in clear, of no daemon (passwords/hasher.h).
 *
 *   POST /v1/sign-in  {"name": "…", "password": "…", "code": "…"}
 *     200 {"outcome": "SIGN_IN_OPEN", "ends": "…", "mustEnrol": true} with a cookie; {"outcome": "SIGN_IN_CODE"}
 *     401 name, password or code is wrong: which one is not told. 429 too many failures, or too many who sign in now
 *   POST /v1/sign-in/link {"address": "…"}
 *     204, whether an account has that address or not: a link to sign in by goes there by mail. 429 too many from there
 *   POST /v1/password {"current": "…", "password": "…"}
 *     the same; 400 names what is wrong with the new one. "current" may be left out where there was none.
 *   POST /v1/sign-out
 *     204: the browser forgets the cookie. What it opened ends by accounts.SignOut. */
#ifndef SERVICES_GATEWAY_FRONT_API_SIGN_IN_H
#define SERVICES_GATEWAY_FRONT_API_SIGN_IN_H

struct visit;

void api_sign_in(struct visit *visit);
void api_sign_in_link(struct visit *visit);
void api_password(struct visit *visit);
void api_sign_out(struct visit *visit);

#endif
