/* api_mail_links.h: the links that mails to who has an account carry. GET shows, POST acts, once; no page has a script.
 *
 *   GET  /e/{token}   an invitation, a link to sign in by, an address to confirm
 *   POST /e/{token}   303 to the page with a session in a cookie; 422 with what is wrong */
#ifndef SERVICES_GATEWAY_FRONT_API_MAIL_LINKS_H
#define SERVICES_GATEWAY_FRONT_API_MAIL_LINKS_H

struct visit;

void api_mail_link(struct visit *visit);

#endif
