/* purposes.h: what the page of each purpose of a link shows and asks, as data: one row a purpose beside that of
 * common/codec/link_purpose.h, which says what command it is good for. Fields are named as in proto/, their kind is
 * found in the messages; tests/unit/services/gateway/links/test_purposes.c holds the rows against the catalogue. */
#ifndef SERVICES_GATEWAY_LINKS_PURPOSES_H
#define SERVICES_GATEWAY_LINKS_PURPOSES_H

#include <stdbool.h>

#include "common/codec/link_purpose.h"

enum { SHOWN_MAX = 8, ASKED_MAX = 6, CHOICES_MAX = 8 };

/* A line of what is told before anything is asked: "case.proposal.amount" of the answer. An absent one is left out. */
struct link_shown {
        const char *label;
        const char *path; /* "months@.hours": of the element of that list whose `month` is the link's */
};
/* What the person fills in: a field of the command. */
struct link_asked {
        const char *path; /* "responsible.name" */
        const char *label, *help;
        bool required;
        bool long_text;               /* several lines */
        int32_t choices[CHOICES_MAX]; /* values of an enum that may be chosen; 0 behind the last */
};
struct link_page {
        Accounts__LinkPurpose purpose;
        const char *title;    /* of the page; the month follows where there is one */
        const char *intro;    /* what it is about */
        const char *act;      /* on the button */
        const char *done;     /* of a link that was used: what was done; what was given follows */
        const char *question; /* "tracking.PlacementById": shows the object */
        const char
                *object; /* field of it that is the link's object; NULL: a list of the actor's, where it is sought… */
        const char *list, *id; /* …in this field, by this one of its elements */
        struct link_shown shown[SHOWN_MAX];
        struct link_asked asked[ASKED_MAX];
};

const struct link_page *link_page(Accounts__LinkPurpose purpose); /* NULL: there is none */

#endif
