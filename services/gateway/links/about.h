/* about.h: who runs this network, as its operator says it in a file (setting `about`): what the law has a public
 * service tell its visitors, and whom they may ask. Read at the start. */
#ifndef SERVICES_GATEWAY_LINKS_ABOUT_H
#define SERVICES_GATEWAY_LINKS_ABOUT_H

#include "common/base/arena.h"
#include "common/base/err.h"

enum about_what {
        ABOUT_PUBLISHER,
        ABOUT_PUBLISHER_ADDRESS,
        ABOUT_PUBLISHER_CONTACT,
        ABOUT_DIRECTOR,
        ABOUT_HOST,
        ABOUT_HOST_ADDRESS,
        ABOUT_HOST_CONTACT,
        ABOUT_CONTROLLER,
        ABOUT_OFFICER_CONTACT,
        ABOUT_ACCESSIBILITY_CONTACT,
        ABOUT_HELP_CONTACT,
        ABOUT_HELP_HOURS,
        ABOUT_COUNT
};

enum { ABOUT_TEXT_MAX = 300 };

struct about {
        const char *texts[ABOUT_COUNT]; /* NULL: the operator has not said it */
};

/* 0, or ERR_CONFIG with the key and what to do. `path` "": nothing is said. Texts are of the arena. */
int about_load(const char *path, struct arena *arena, struct about *ret, struct err_info *info) ATTR_MUST_CHECK;
const char *about_key(enum about_what what); /* its member of the file */
const char *about_label(enum about_what what);

#endif
