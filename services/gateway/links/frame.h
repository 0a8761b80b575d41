/* frame.h: what all pages of links have: one sheet of style, no script, the number that only a person gives. */
#ifndef SERVICES_GATEWAY_LINKS_FRAME_H
#define SERVICES_GATEWAY_LINKS_FRAME_H

#include "common/base/slice.h"
#include "services/gateway/door/http.h"
#include "services/gateway/links/html.h"

/* What a form says of itself. */
#define FORM_ACT    "acte"
#define FORM_NUMBER "nombre"
#define ACT_DO      "faire"
#define ACT_DISOWN  "pas-moi"

void frame_begin(struct html *html, struct http_request *request, const char *title);
void frame_answer(struct http_request *request, int status, struct html *html);
/* `hash`: of the link's secret. `wrong`: what is wrong with the number that was written; NULL: nothing. */
void frame_put_number(struct html *html, struct slice hash, const char *act, const char *wrong);

#endif
