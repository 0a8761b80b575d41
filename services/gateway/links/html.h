/* html.h: pages as text. Whatever is not our own markup goes through html_put()'s %s, which is the only place where
 * text is escaped: it stands as well between tags as in a value in double quotes. */
#ifndef SERVICES_GATEWAY_LINKS_HTML_H
#define SERVICES_GATEWAY_LINKS_HTML_H

#include "common/base/arena.h"
#include "common/base/attr.h"
#include "common/base/slice.h"

struct html {
        struct arena *arena;
        char *text;
        size_t used, room;
};

/* `markup` is a literal of ours; it has no other conversion than %s. */
void html_put(struct html *html, const char *markup, ...) ATTR_FORMAT(2, 3);
struct slice html_page(const struct html *html);

#endif
