/* site.h: the files of the page over HTTP, out of the table that was read at the start (pages.h). */
#ifndef SERVICES_GATEWAY_FRONT_SITE_H
#define SERVICES_GATEWAY_FRONT_SITE_H

struct visit;

/* GET /…: from the table of the start, compressed where the asker takes it; 304 where he has it. */
void site_page(struct visit *visit);

#endif
