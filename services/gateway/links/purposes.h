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
/* Things of the actor's that one of them is chosen from: a list of a question, of the link's territory. */
struct link_list {
        const char *question;  /* "tracking.WaitingPersons" */
        const char *list, *id; /* the field that holds them, and their ids in it */
        const char *label;     /* what people know them by: "orientée le" */
        const char *path;      /* and the field that is told behind it */
        const char *none;      /* where there is nothing to choose */
};
/* What the person fills in: a field of the command. */
struct link_asked {
        const char *path; /* "responsible.name" */
        const char *label, *help;
        bool required;
        bool long_text;               /* several lines */
        int32_t choices[CHOICES_MAX]; /* values of an enum that may be chosen; 0 behind the last */
        const struct link_list *from; /* of an id */
};
struct link_page {
        Accounts__LinkPurpose purpose;
        const char *title;    /* of the page; the month follows where there is one */
        const char *intro;    /* what it is about */
        const char *act;      /* on the button */
        const char *done;     /* of a link that was used: what was done; what was given follows */
        const char *question; /* "tracking.PlacementById": shows the object */
        const char *object;   /* field of it that is the link's object; NULL: it tells a list… */
        const char *list;     /* …in this field, where the object is sought… */
        const char *id;       /* …by this field of its elements */
        struct link_shown shown[SHOWN_MAX];
        struct link_asked asked[ASKED_MAX];
};

const struct link_page *link_page(Accounts__LinkPurpose purpose); /* NULL: there is none */

#endif
